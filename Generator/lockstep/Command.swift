/// A command of the tool: what `help`, the completion of shells and the reading of arguments know about it.
struct Command: Sendable {
    let name: String
    /// A few words for lists.
    let summary: String
    let options: [Option]
    let help: String
    /// The answer is the exit code.
    let run: @Sendable (Arguments) -> Int32

    /// The commands that read a document.
    static let all = [GenerateCommand.command, CheckCommand.command, BundleCommand.command]
    /// The names of all that can be called.
    static let names = all.map(\.name) + ["completion", "help", "version"]

    static let exitCodes = """
        exit codes: 0 done, 1 the document has errors or a file cannot be written, 2 wrong use
        """

    /// The options, with those that every command has.
    var allOptions: [Option] { options + [.verbose, .help] }
}
