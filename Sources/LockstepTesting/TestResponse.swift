public import LockstepRuntime

/// A response that a test looks at.
public struct TestResponse: Sendable {
    /// The status.
    public let status: HTTPStatus
    /// The header fields.
    public let headers: HTTPFields
    /// The whole content.
    public let body: [UInt8]

    /// A response of these parts.
    public init(status: HTTPStatus, headers: HTTPFields, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The content as text.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The content as JSON; `nil` if it is none.
    public var json: JSONValue? { try? JSONDocument.parse(body).value }

    /// The `code` of an error, in the envelope or in problem JSON.
    public var errorCode: String? { (json?["error"]?["code"] ?? json?["code"])?.string }

    /// The failures of a validation error, as `in pointer keyword`.
    public var failures: [String] {
        let details = json?["error"]?["details"] ?? json?["errors"]
        return (details?.array ?? []).map { failure in
            ["in", "pointer", "keyword"].map { failure[$0]?.string ?? "?" }.joined(separator: " ")
        }
    }
}

extension TestResponse {
    /// Fails unless the status is this one, with the content in the error.
    @discardableResult
    public func expect(_ status: HTTPStatus) throws(ResponseMismatch) -> TestResponse {
        guard self.status == status else {
            throw ResponseMismatch("expected \(status), got \(self.status): \(text.prefix(1000))")
        }
        return self
    }

    /// Fails unless there is one header field of this name with this value.
    @discardableResult
    public func expect(header name: String, _ value: String) throws(ResponseMismatch) -> TestResponse {
        let values = headers.values(name)
        guard values == [value] else { throw ResponseMismatch("expected \(name): \(value), got \(values)") }
        return self
    }

    /// Fails unless the content is this error.
    @discardableResult
    public func expect(_ status: HTTPStatus, _ code: ProblemCode) throws(ResponseMismatch) -> TestResponse {
        try expect(status)
        guard errorCode == code.rawValue else {
            throw ResponseMismatch("expected the code \(code), got: \(text.prefix(1000))")
        }
        return self
    }
}

/// A response is not what the test expects.
public struct ResponseMismatch: Error, Sendable, CustomStringConvertible {
    /// What was expected and what came.
    public let description: String

    init(_ description: String) { self.description = description }
}
