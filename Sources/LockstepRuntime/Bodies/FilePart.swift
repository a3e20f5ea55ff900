/// A file of a multipart form.
public struct FilePart: Sendable {
    /// The field's name.
    public let name: String
    /// The name that the client gave the file. Never a path to write to.
    public let filename: String?
    /// The media type that the client claims.
    public let contentType: MediaType?
    /// The content.
    public let bytes: [UInt8]

    /// A file of these parts.
    public init(name: String, filename: String?, contentType: MediaType?, bytes: [UInt8]) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
        self.bytes = bytes
    }
}
