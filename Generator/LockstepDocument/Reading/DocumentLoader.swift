/// Where the bytes of a document and of the files it refers to come from.
public protocol DocumentLoader: Sendable {
    /// The bytes of the file `name`: a path relative to the folder of the entry document, `/` between the parts, with no
    /// part `.`, and `..` only in front.
    func load(_ name: String) throws(DocumentLoadError) -> [UInt8]
}

/// Why a file could not be given. The reader turns it into a diagnostic at the `$ref` that asked for it.
public struct DocumentLoadError: Error, Sendable {
    /// What is wrong: `no such file`.
    public var message: String
    /// What to do about it.
    public var hint: String?

    /// Makes an error.
    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
