/// What `lockstep help` prints.
enum Help {
    static let overview = """
        lockstep: Swift from OpenAPI documents.

        usage: lockstep COMMAND DOCUMENT [OPTIONS]

        \(Command.all.map { line($0.name, $0.summary) }.joined(separator: "\n"))
        \(line("completion", "print a script with which a shell completes all this"))
        \(line("help", "tell more about a command: lockstep help generate"))
        \(line("version", "print the version"))

        \(Command.exitCodes)
        """

    static let completion = """
        usage: lockstep completion bash|zsh|fish

        Prints a script with which a shell completes commands, options, their values, and documents.

          bash   source <(lockstep completion bash)                   in ~/.bashrc
          zsh    lockstep completion zsh > DIR/_lockstep              DIR being one of $fpath
          fish   lockstep completion fish > ~/.config/fish/completions/lockstep.fish

        \(Command.exitCodes)
        """

    /// The text about a command; nothing where there is no such command.
    static func text(for name: String) -> String? {
        switch name {
        case "completion": completion
        case "help", "version": overview
        default: Command.all.first { $0.name == name }?.help
        }
    }

    private static func line(_ name: String, _ summary: String) -> String {
        "  " + name + String(repeating: " ", count: max(2, 13 - name.count)) + summary
    }
}
