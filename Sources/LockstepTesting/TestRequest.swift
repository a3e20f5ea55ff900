public import LockstepRuntime

/// A request that a test sends, built step by step:
///
/// ```swift
/// let response = try await client.send(.post("/api/payments").bearer(token).json(#"{"amount":"1.00"}"#))
/// ```
public struct TestRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The target as it goes on the wire, percent-encoding included.
    public var target: String
    /// The header fields.
    public var headers: HTTPFields
    /// The content; `nil` for none.
    public var body: [UInt8]?
    /// The verified certificate of the connection, where the request is sent in process.
    public var clientCertificate: ClientCertificate?

    /// A request without header fields and content.
    public init(_ method: HTTPMethod, _ target: String) {
        self.method = method
        self.target = target
        headers = HTTPFields()
    }

    /// A GET request.
    public static func get(_ target: String) -> TestRequest { TestRequest(.get, target) }
    /// A HEAD request.
    public static func head(_ target: String) -> TestRequest { TestRequest(.head, target) }
    /// A POST request.
    public static func post(_ target: String) -> TestRequest { TestRequest(.post, target) }
    /// A PUT request.
    public static func put(_ target: String) -> TestRequest { TestRequest(.put, target) }
    /// A PATCH request.
    public static func patch(_ target: String) -> TestRequest { TestRequest(.patch, target) }
    /// A DELETE request.
    public static func delete(_ target: String) -> TestRequest { TestRequest(.delete, target) }
    /// An OPTIONS request.
    public static func options(_ target: String) -> TestRequest { TestRequest(.options, target) }

    /// With one more header field.
    public func header(_ name: String, _ value: String) -> TestRequest {
        changed { $0.headers.append(name, value) }
    }

    /// With a bearer token; without one if it is `nil`.
    public func bearer(_ token: String?) -> TestRequest {
        guard let token else { return self }
        return header("Authorization", "Bearer \(token)")
    }

    /// With a user name and password.
    public func basic(_ username: String, _ password: String) -> TestRequest {
        header("Authorization", "Basic \(Base64(Array("\(username):\(password)".utf8)).encoded)")
    }

    /// With a client certificate that the server has verified. Only in process: a live client would have to own its key.
    public func certificate(_ certificate: ClientCertificate) -> TestRequest {
        changed { $0.clientCertificate = certificate }
    }

    /// With JSON content.
    public func json(_ text: String) -> TestRequest {
        content(Array(text.utf8), as: "application/json")
    }

    /// With JSON content.
    public func json(_ value: JSONValue) -> TestRequest {
        json(value.text)
    }

    /// With form content, already encoded.
    public func form(_ text: String) -> TestRequest {
        content(Array(text.utf8), as: "application/x-www-form-urlencoded")
    }

    /// With this content.
    public func content(_ bytes: [UInt8], as mediaType: String) -> TestRequest {
        changed {
            $0.body = bytes
            $0.headers.set("Content-Type", mediaType)
        }
    }

    private func changed(_ change: (inout TestRequest) -> Void) -> TestRequest {
        var copy = self
        change(&copy)
        return copy
    }
}
