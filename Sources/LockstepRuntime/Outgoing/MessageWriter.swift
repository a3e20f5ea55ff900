import LockstepJSON
public import LockstepSchema

/// Builds the request of a webhook or callback from typed values, and holds it against the document.
///
/// Generated code uses it for each message:
///
/// ```swift
/// message.parameter(0, attempt)
/// message.json(body)
/// ```
public struct MessageWriter: Sendable {
    let message: Route
    private var parameters: [JSONMember] = []
    private var query: [String] = []
    private var cookies: [String] = []
    private var headers = HTTPFields()
    private var body: [UInt8]?
    private var issues: [ValidationIssue] = []

    /// The request of a message, without anything in it yet.
    public init(_ message: Route) {
        self.message = message
    }

    // MARK: Parameters

    /// The i-th parameter in document order.
    public mutating func parameter(_ index: Int, _ value: some JSONCoded) {
        let definition = message.parameters[index]
        var json = JSONWriter(capacity: 64)
        value.write(to: &json)
        guard !json.isFaulty, let document = try? JSONDocument.parse(json.bytes) else {
            return report(definition, "json", "is no JSON value")
        }
        parameters.append(JSONMember(key: definition.key, value: document.value))
        do {
            try write(document.value, definition)
        } catch {
            report(definition, "style", error.message)
        }
    }

    /// The i-th parameter in document order, left out when nil.
    public mutating func parameter<Value: JSONCoded>(_ index: Int, _ value: Value?) {
        if let value { parameter(index, value) }
    }

    private mutating func write(_ value: JSONValue, _ definition: ParameterDefinition) throws(StyleWriter.Failure) {
        switch definition.location {
        case .query, .form:
            query += try StyleWriter.pairs(value, definition).map { "\($0.name)=\($0.value)" }
        case .cookie:
            cookies += try StyleWriter.pairs(value, definition).map { "\($0.name)=\($0.value)" }
        case .header:
            headers.append(definition.name, try StyleWriter.headerText(value, definition))
        case .path: break  // a message has no path of its own
        }
    }

    private mutating func report(_ definition: ParameterDefinition, _ keyword: String, _ text: String) {
        issues.append(
            ValidationIssue(
                in: definition.location.rawValue, pointer: ValidationIssue.pointer(definition.name), keyword: keyword,
                message: text))
    }

    // MARK: Content

    /// The content as JSON: the i-th media type in document order.
    public mutating func json(_ value: some JSONCoded, as index: Int = 0) {
        guard let document = checked(value, index) else { return }
        content(document.bytes, index)
    }

    /// The content as a form: the i-th media type in document order.
    public mutating func form(_ value: some JSONCoded, as index: Int = 0) {
        guard let document = checked(value, index), let definition = message.body?.contents[index] else { return }
        var pairs: [String] = []
        for (name, value) in document.document.root.members {
            let field = definition.fields.first { $0.name == name } ?? StyleWriter.plainField(name)
            do {
                pairs += try StyleWriter.pairs(value.value, field).map { "\($0.name)=\($0.value)" }
            } catch {
                issues.append(
                    ValidationIssue(
                        in: "body", pointer: ValidationIssue.pointer(name), keyword: "style", message: error.message))
            }
        }
        content(Array(pairs.joined(separator: "&").utf8), index)
    }

    /// The content as text in UTF-8: the i-th media type in document order.
    public mutating func text(_ text: String, as index: Int = 0) {
        content(Array(text.utf8), index)
    }

    /// The content as it is: the i-th media type in document order.
    public mutating func bytes(_ bytes: [UInt8], as index: Int = 0) {
        content(bytes, index)
    }

    private mutating func content(_ bytes: [UInt8], _ index: Int) {
        guard let content = message.body?.contents[index] else { return }
        let type = content.mediaType
        let name = type.isExact ? type.description : "application/octet-stream"
        headers.set("Content-Type", type.isText ? name + "; charset=utf-8" : name)
        body = bytes
    }

    /// The value as JSON that its schema takes; what it does not take is noted.
    private mutating func checked(_ value: some JSONCoded, _ index: Int) -> (bytes: [UInt8], document: JSONDocument)? {
        var json = JSONWriter(capacity: 512)
        value.write(to: &json)
        let bytes = json.bytes
        guard !json.isFaulty, let document = try? JSONDocument.parse(bytes) else {
            issues.append(ValidationIssue(in: "body", pointer: "", keyword: "json", message: "is no JSON value"))
            return nil
        }
        let validator = message.body?.contents[index].validator
        let failures = validator?.validate(document, maximumFailures: ValidationIssue.maximumCount).failures ?? []
        issues += failures.map(ValidationIssue.init(body:))
        return (bytes, document)
    }

    // MARK: Finishing

    /// The request; an error that names every place, and no value, if the document does not allow it.
    func request(
        to url: OutgoingURL, policy: OutgoingPolicy, timeout: Duration, maximumResponseSize: Int
    ) throws(OutgoingError) -> OutgoingRequest {
        let issues = issues + parameterIssues()
        guard issues.isEmpty else { throw Self.invalid(message, issues) }
        var headers = headers
        if !cookies.isEmpty { headers.append("Cookie", cookies.joined(separator: "; ")) }
        if !headers.contains("Accept") {
            let types = message.produces.map(\.description).joined(separator: ", ")
            headers.append("Accept", types.isEmpty ? "*/*" : types)
        }
        return OutgoingRequest(
            operationID: message.operationID, message.method, url.appending(query: query.joined(separator: "&")),
            headers: headers, body: body, policy: policy, timeout: timeout, maximumResponseSize: maximumResponseSize)
    }

    private func parameterIssues() -> [ValidationIssue] {
        let document = JSONDocument(.object(parameters))
        let result = message.parameterValidator?.validate(document, maximumFailures: ValidationIssue.maximumCount)
        return (result?.failures ?? []).map(ValidationIssue.init(parameters:))
    }

    private static func invalid(_ message: Route, _ issues: [ValidationIssue]) -> OutgoingError {
        let texts = issues.prefix(8).map { "\($0.location) \($0.pointer): \($0.message) [\($0.keyword)]" }
        return OutgoingError(
            .invalidMessage,
            "the message \(message.operationID) does not match the document: " + texts.joined(separator: "; "))
    }
}
