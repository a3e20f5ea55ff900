/// How the program ends; the numbers are those of sysexits.h.
public enum ExitCode: Int32, Sendable {
    case ok = 0
    /// The command line is not understood.
    case usage = 64
    /// The migrations cannot be applied, or have not been.
    case migration = 65
    /// An account that is named does not exist, or exists already.
    case account = 67
    /// The database does not answer.
    case database = 69
    /// Something went wrong that has no number of its own.
    case software = 70
    /// The port is taken or may not be used.
    case port = 71
    /// The configuration is wrong.
    case configuration = 78
}

/// An error with one line for people and a number for scripts.
struct CommandFailure: Error {
    let code: ExitCode
    let line: String

    init(_ code: ExitCode, _ line: String) {
        self.code = code
        self.line = line
    }
}
