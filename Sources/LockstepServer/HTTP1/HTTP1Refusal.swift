/// Why the server refuses to understand a request.
///
/// A refusal never carries input: its text is fixed, so that it can be shown to the peer and logged.
public struct HTTP1Refusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// The status of the answer.
    public let status: UInt16
    /// Stable name of the reason, for logs and metrics: a small, fixed set.
    public let reason: String
    /// One sentence for the peer.
    public let message: String

    private init(_ status: UInt16, _ reason: String, _ message: String) {
        self.status = status
        self.reason = reason
        self.message = message
    }

    /// The fixed sentence; never the peer's bytes.
    public var description: String { "\(reason): \(message)" }
}

// RFC 9112 section 2.2 and 3: lines and the request line.
extension HTTP1Refusal {
    static let bareLineFeed = Self(400, "bare-lf", "A line must end in CR LF.")
    static let bareCarriageReturn = Self(400, "bare-cr", "A carriage return must be followed by a line feed.")
    static let controlCharacter = Self(400, "control-character", "The head contains a control character.")
    static let leadingWhitespace = Self(400, "leading-whitespace", "The request line starts with whitespace.")
    static let malformedRequestLine = Self(
        400, "request-line", "The request line must be method, target and version, separated by single spaces.")
    static let malformedVersion = Self(400, "version-syntax", "The HTTP version is malformed.")
    static let unsupportedVersion = Self(505, "version", "Only HTTP/1.1 and HTTP/1.0 are spoken here.")
    static let requestLineTooLong = Self(414, "request-line-too-long", "The request line is too long.")
    static let malformedMethod = Self(400, "method-syntax", "The method is not a token.")
    static let unknownMethod = Self(501, "method", "The method is not implemented.")
    static let forbiddenMethod = Self(405, "method-refused", "TRACE and CONNECT are not offered.")
    static let malformedTarget = Self(400, "target", "The request target is malformed.")
    static let targetForm = Self(400, "target-form", "This form of request target does not go with the method.")
    static let targetHostMismatch = Self(400, "target-host", "The target's authority differs from the Host field.")
    static let targetScheme = Self(400, "target-scheme", "The target's scheme must be http or https.")
}

// RFC 9112 section 5, RFC 9110 section 5 and 7.2: fields.
extension HTTP1Refusal {
    static let foldedField = Self(400, "obs-fold", "Folded header fields are not accepted.")
    static let whitespaceBeforeFields = Self(
        400, "whitespace-before-fields", "Whitespace between the request line and the first field.")
    static let whitespaceBeforeColon = Self(400, "whitespace-before-colon", "Whitespace between field name and colon.")
    static let malformedFieldName = Self(400, "field-name", "A field name is not a token.")
    static let missingColon = Self(400, "field-colon", "A header line has no colon.")
    static let headTooLarge = Self(431, "head-too-large", "The request's head is too large.")
    static let tooManyFields = Self(431, "too-many-fields", "The request has too many header fields.")
    static let missingHost = Self(400, "host-missing", "HTTP/1.1 requires a Host field.")
    static let duplicateHost = Self(400, "host-duplicate", "More than one Host field.")
    static let malformedHost = Self(400, "host", "The Host field is malformed.")
    static let unsupportedExpectation = Self(417, "expect", "Only the expectation 100-continue is understood.")
    static let malformedConnection = Self(400, "connection", "The Connection field is malformed.")
}

// RFC 9112 section 6 and 7: message body length, chunked coding.
extension HTTP1Refusal {
    static let lengthAndCoding = Self(
        400, "length-and-coding", "Transfer-Encoding and Content-Length must not be combined.")
    static let duplicateLength = Self(400, "length-duplicate", "More than one Content-Length.")
    static let malformedLength = Self(400, "length", "Content-Length must be decimal digits.")
    static let duplicateCoding = Self(400, "coding-duplicate", "More than one Transfer-Encoding field.")
    static let unsupportedCoding = Self(501, "coding", "The only transfer coding understood is chunked.")
    static let malformedCoding = Self(400, "coding-syntax", "Transfer-Encoding must be exactly chunked.")
    static let codingInHTTP10 = Self(400, "coding-http10", "Transfer-Encoding does not exist in HTTP/1.0.")
    static let bodyTooLarge = Self(413, "body-too-large", "The request body is too large.")
    static let malformedChunkSize = Self(400, "chunk-size", "A chunk size must be hexadecimal digits.")
    static let chunkSizeOverflow = Self(400, "chunk-size-overflow", "A chunk size is too large.")
    static let malformedChunkExtension = Self(400, "chunk-extension", "A chunk extension is malformed.")
    static let chunkExtensionTooLong = Self(400, "chunk-extension-too-long", "A chunk extension is too long.")
    static let chunkOverhead = Self(400, "chunk-overhead", "The body is cut into too many small chunks.")
    static let malformedChunkEnd = Self(400, "chunk-end", "Chunk data must end in CR LF.")
    static let trailerTooLarge = Self(431, "trailer-too-large", "The trailer section is too large.")
    static let forbiddenTrailer = Self(400, "trailer", "A field that frames or routes the request came as a trailer.")
}

// Deadlines.
extension HTTP1Refusal {
    static let headTimeout = Self(408, "head-timeout", "The request's head did not arrive in time.")
    static let bodyTimeout = Self(408, "body-timeout", "The request's body did not arrive in time.")
}
