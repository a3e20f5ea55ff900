/// Which passwords an account may have: any composition, long enough to matter, short enough to be hashed. The document
/// says the same for requests; this serves the command line.
public enum PasswordPolicy {
    /// Characters (code points).
    public static let lengths = 8...256

    /// Whether `password` may be used.
    public static func accepts(_ password: String) -> Bool {
        lengths.contains(password.unicodeScalars.count) && !password.unicodeScalars.contains("\0")
    }
}
