import LockstepJSON
public import LockstepSchema

/// The answer to a webhook or callback, held against the document: generated code reads the case of `Output` from it.
public struct ReceivedResponse: Sendable {
    /// Which of the message's outcomes it is: its responses in document order, one a media type; -1 for none of them.
    public let choice: Int
    /// The status.
    public let status: HTTPStatus
    /// The content of a response with JSON.
    public let body: ValidJSON
    /// The declared header fields.
    public let headers: ValidJSON
    /// The answer as it came, with what is wrong with it.
    public let undocumented: UndocumentedResponse

    /// The content of a response with text.
    public var text: String { String(decoding: undocumented.body, as: UTF8.self) }
    /// The content as bytes.
    public var bytes: [UInt8] { undocumented.body }
    /// The media type of the content, as the receiver says it.
    public var contentType: String { undocumented.headers["Content-Type"] ?? "" }

    init(_ response: OutgoingResponse, to message: Route) {
        var matcher = ResponseMatcher(response, message)
        matcher.match()
        let isDocumented = matcher.violations.isEmpty
        choice = isDocumented ? matcher.choice : -1
        status = response.status
        body = matcher.body
        headers = matcher.headers
        undocumented = UndocumentedResponse(
            status: response.status, headers: response.headers, body: response.body, violations: matcher.violations)
    }
}

/// An answer to a webhook or callback that the document does not describe: another status, or other content.
public struct UndocumentedResponse: Sendable {
    /// The status.
    public let status: HTTPStatus
    /// The header fields.
    public let headers: HTTPFields
    /// The whole content.
    public let body: [UInt8]
    /// How it differs from the document.
    public let violations: [ResponseViolation]
}

/// Finds what a document says of a response, and reads the response by it.
private struct ResponseMatcher {
    let response: OutgoingResponse
    let message: Route
    var choice = -1
    var body = ValidJSON.absent
    var headers = ValidJSON.absent
    var violations: [ResponseViolation] = []

    init(_ response: OutgoingResponse, _ message: Route) {
        self.response = response
        self.message = message
    }

    mutating func match() {
        guard let definition = message.response(for: response.status) else {
            return add(.undocumentedStatus, "\(response.status.code) is not declared")
        }
        var first = 0
        for other in message.responses {
            if other.status == definition.status { break }
            first += max(1, other.contents.count)
        }
        choice = first
        // Content where none is declared is left alone: many receivers say "ok".
        if !definition.contents.isEmpty { matchContent(definition, first) }
        guard !definition.headers.isEmpty else { return }
        var reader = HeaderReader(definition)
        if let valid = reader.read(response.headers) { headers = valid }
        violations += reader.violations
    }

    private mutating func matchContent(_ definition: ResponseDefinition, _ first: Int) {
        guard let value = response.headers.bytes(of: "Content-Type"), let type = ContentType(value) else {
            return add(.mediaType, "no Content-Type")
        }
        guard let index = definition.contents.closest(to: type.mediaType) else {
            return add(.mediaType, "the media type is not declared")
        }
        choice = first + index
        let content = definition.contents[index]
        guard let validator = content.validator else {
            let isText = content.mediaType.isText
            if isText, String(validating: response.body, as: UTF8.self) == nil { add(.content, "not UTF-8") }
            return
        }
        guard let document = try? JSONDocument.parse(response.body) else { return add(.content, "not JSON") }
        switch validator.validate(document, maximumFailures: 16) {
        case .valid(let json): body = json
        case .invalid(let failures):
            for failure in failures {
                add(
                    .content,
                    "\(failure.pointer.isEmpty ? "/" : failure.pointer) \(failure.message) [\(failure.keyword)]")
            }
        }
    }

    private mutating func add(_ kind: ResponseViolation.Kind, _ message: String) {
        violations.append(ResponseViolation(kind: kind, message: message))
    }
}
