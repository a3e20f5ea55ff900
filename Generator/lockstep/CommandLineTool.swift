import LockstepDocument
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
        case "help", "--help", "-h": return help(rest)
        case "completion": return completion(rest)
        case "version", "--version":
            Console.print("lockstep \(Generator.version)")
            return ExitCode.success
        default:
            guard let command = Command.all.first(where: { $0.name == name }) else { return unknown(name) }
            return run(command, rest)
        }
    }

    private static func run(_ command: Command, _ words: [String]) -> Int32 {
        if !Set(words).isDisjoint(with: Option.help.names) {
            Console.print(command.help)
            return ExitCode.success
        }
        do {
            return command.run(try Arguments(words, options: command.allOptions))
        } catch {
            Console.printError(
                "lockstep: \(error.message)\n'lockstep help \(command.name)' tells what '\(command.name)' takes")
            return ExitCode.usage
        }
    }

    private static func help(_ words: [String]) -> Int32 {
        guard let name = words.first else {
            Console.print(Help.overview)
            return ExitCode.success
        }
        guard let text = Help.text(for: name) else { return unknown(name) }
        Console.print(text)
        return ExitCode.success
    }

    private static func completion(_ words: [String]) -> Int32 {
        if !Set(words).isDisjoint(with: Option.help.names) {
            Console.print(Help.completion)
            return ExitCode.success
        }
        guard words.count == 1, let shell = Completion(rawValue: words[0]) else {
            let shells = Completion.allCases.map(\.rawValue).joined(separator: ", ")
            Console.printError("lockstep: for which shell? One of \(shells)")
            return ExitCode.usage
        }
        Console.printText(shell.script)
        return ExitCode.success
    }

    private static func unknown(_ name: String) -> Int32 {
        let hint = NearMiss.hint(name, among: Command.names)
        Console.printError(
            "lockstep: there is no command '\(name)'\(hint.map { "; \($0)" } ?? "")\n'lockstep help' lists them")
        return ExitCode.usage
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
