/// An HTTP response, before the connection frames it.
///
/// `Content-Length`, `Transfer-Encoding`, `Date` and `Connection` belong to the connection: it computes them from
/// ``body``. A response to HEAD keeps its body here; the connection sends the head it implies and no content.
public struct Response: Sendable {
    /// The content of a response.
    public enum Body: Sendable {
        /// No content.
        case none
        /// The whole content.
        case bytes([UInt8])
        /// Content to pull piece by piece; with a length it is sent as it is, without one it is sent in chunks.
        case stream(length: Int?, any BodySource)
    }

    /// The status.
    public var status: HTTPStatus
    /// The header fields, without those that the connection computes.
    public var headers: HTTPFields
    /// The content.
    public var body: Body

    /// A response of these parts.
    public init(_ status: HTTPStatus, headers: HTTPFields = HTTPFields(), body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

extension Response {
    /// A text response in UTF-8.
    public static func text(_ text: String, status: HTTPStatus = 200) -> Response {
        var headers = HTTPFields()
        headers.append("Content-Type", "text/plain; charset=utf-8")
        return Response(status, headers: headers, body: .bytes(Array(text.utf8)))
    }

    /// The number of content bytes, when it is known before sending.
    public var contentLength: Int? {
        switch body {
        case .none: 0
        case .bytes(let bytes): bytes.count
        case .stream(let length, _): length
        }
    }
}
