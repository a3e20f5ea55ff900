import Glibc

/// The standard streams of the tools.
public enum Console {
    /// Writes a line to the standard output.
    public static func print(_ line: String) {
        write(line + "\n", to: STDOUT_FILENO)
    }

    /// Writes text to the standard output as it is.
    public static func printText(_ text: String) {
        write(text, to: STDOUT_FILENO)
    }

    /// Writes a line to the standard error.
    public static func printError(_ line: String) {
        write(line + "\n", to: STDERR_FILENO)
    }

    /// Ends the process.
    public static func exit(_ code: Int32) -> Never {
        Glibc.exit(code)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { start += count } else if errno != EINTR { return }
        }
    }
}
