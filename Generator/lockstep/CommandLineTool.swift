import LockstepEmit

/// Chooses the command.
enum CommandLineTool {
    /// Runs with the arguments after the program's name; the answer is the exit code.
    static func run(_ words: [String]) -> Int32 {
        guard let name = words.first else {
            Console.printError(Help.overview)
            return ExitCode.usage
        }
        let rest = Array(words.dropFirst())
        switch name {
        case "generate": return run(rest, GenerateCommand.help, GenerateCommand.options, GenerateCommand.run)
        case "check": return run(rest, CheckCommand.help, CheckCommand.options, CheckCommand.run)
        case "bundle": return run(rest, BundleCommand.help, BundleCommand.options, BundleCommand.run)
        case "help", "--help", "-h":
            Console.print(Help.text(for: rest.first))
            return ExitCode.success
        case "--version", "version":
            Console.print("lockstep \(Generator.version)")
            return ExitCode.success
        default:
            Console.printError("lockstep: there is no command '\(name)'\n\n\(Help.overview)")
            return ExitCode.usage
        }
    }

    private static func run(
        _ words: [String], _ help: String, _ options: [String: Bool], _ command: (Arguments) -> Int32
    ) -> Int32 {
        if words.contains("--help") || words.contains("-h") {
            Console.print(help)
            return ExitCode.success
        }
        do {
            return command(try Arguments(words, options: options))
        } catch {
            Console.printError("lockstep: \(error.message)\n\n\(help)")
            return ExitCode.usage
        }
    }
}

/// The exit codes of all commands.
enum ExitCode {
    static let success: Int32 = 0
    /// The document has errors, or a file cannot be written.
    static let failure: Int32 = 1
    /// The command was called in a way that it does not understand.
    static let usage: Int32 = 2
}
