import LockstepJSON
public import LockstepSchema

/// Builds a response: header fields as typed values, content straight to bytes.
///
/// Generated code uses it for each declared response:
///
/// ```swift
/// var response = ResponseWriter(201, for: request)
/// response.header("Location", location)
/// response.json(body)
/// return response.finish()
/// ```
public struct ResponseWriter: Sendable {
    private let status: HTTPStatus
    private var headers: HTTPFields
    private var body: Response.Body = .none
    private var isFaulty = false

    /// A response with this status.
    public init(_ status: HTTPStatus, for request: ValidRequest) {
        self.init(status)
    }

    /// A response with this status.
    public init(_ status: HTTPStatus) {
        self.status = status
        // Room for what the server adds as well: security headers and ids.
        headers = HTTPFields(reservingBytes: 1_024, fields: 24)
    }

    /// Adds a header field.
    public mutating func header(_ name: String, _ value: String) {
        headers.append(name, value)
    }

    /// Adds a header field, unless there is no value.
    public mutating func header(_ name: String, _ value: String?) {
        if let value { headers.append(name, value) }
    }

    /// Adds a header field with a value in the `simple` style: items joined by commas, members as `name,value`.
    public mutating func header(_ name: String, _ value: some JSONCoded, explode: Bool = false) {
        var json = JSONWriter(capacity: 64)
        value.write(to: &json)
        guard let document = try? JSONDocument.parse(json.bytes) else { return }
        headers.append(name, SimpleStyle.text(document.root, explode: explode))
    }

    /// Adds a header field with a value in the `simple` style, unless there is no value.
    public mutating func header<Value: JSONCoded>(_ name: String, _ value: Value?, explode: Bool = false) {
        if let value { header(name, value, explode: explode) }
    }

    /// The content, as JSON.
    public mutating func json(_ value: some JSONCoded, as mediaType: String = "application/json") {
        var json = JSONWriter(capacity: 512)
        value.write(to: &json)
        isFaulty = isFaulty || json.isFaulty
        bytes(json.bytes, as: mediaType)
    }

    /// The content, as text in UTF-8.
    public mutating func text(_ text: String, as mediaType: String = "text/plain; charset=utf-8") {
        bytes(Array(text.utf8), as: mediaType)
    }

    /// The content, as bytes.
    public mutating func bytes(_ bytes: [UInt8], as mediaType: String = "application/octet-stream") {
        headers.append("Content-Type", mediaType)
        body = .bytes(bytes)
    }

    /// The content, as a stream.
    public mutating func stream(
        _ source: any BodySource, length: Int? = nil, as mediaType: String = "application/octet-stream"
    ) {
        headers.append("Content-Type", mediaType)
        body = .stream(length: length, source)
    }

    /// The content, whole or as a stream.
    public mutating func content(_ content: Response.Body, as mediaType: String) {
        if case .none = content {} else { headers.append("Content-Type", mediaType) }
        body = content
    }

    /// The content, as a sequence of items that are pulled, encoded and sent one by one.
    ///
    /// An event stream is not stored, and not held back by proxies that gather what comes (nginx understands
    /// `X-Accel-Buffering`): an event is of use when it happens.
    public mutating func items<Element: JSONCoded>(
        _ items: ItemSequence<Element>, as mediaType: String, for request: ValidRequest
    ) {
        let type = MediaType(mediaType)
        let contents = request.route.response(for: status)?.contents ?? []
        let declared = type.flatMap { contents.closest(to: $0) }.flatMap { contents[$0].items }
        guard let framing = declared?.framing ?? type.flatMap({ ItemFraming($0) }) else {
            preconditionFailure("\(mediaType) is no sequence of items; build again from the document")
        }
        if case .events = framing {
            if !headers.contains("Cache-Control") { headers.append("Cache-Control", "no-store") }
            if !headers.contains("X-Accel-Buffering") { headers.append("X-Accel-Buffering", "no") }
        }
        stream(ItemBody(items, framing, request.context), as: mediaType)
    }

    /// The response; 500 if the content holds a number that JSON cannot (infinite or not a number).
    public consuming func finish() -> Response {
        if isFaulty {
            return ProblemRenderer().response(for: Problem(500, .internal, "Internal server error"))
        }
        return Response(status, headers: headers, body: body)
    }
}
