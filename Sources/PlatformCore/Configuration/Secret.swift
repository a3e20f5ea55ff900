/// Bytes that must not be printed. Its text, in a log or an error, is always `<secret>`.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The bytes; ask for them where they are used and keep no copy.
    public let bytes: [UInt8]

    /// Wraps `bytes`.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Wraps the UTF-8 of `text`.
    public init(_ text: String) { bytes = Array(text.utf8) }

    /// As text, for a library that wants one.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public var description: String { "<secret>" }
    public var debugDescription: String { "<secret>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
