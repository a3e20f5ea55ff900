public import LockstepRuntime

/// Sends requests to a service, in process or over a socket: the same test body runs against both.
///
/// In process there is no HTTP framing: limits, deadlines and malformed requests of the connection are not covered.
public struct TestClient: Sendable {
    private let transport: any TestTransport

    /// A client over a transport of your own.
    public init(_ transport: any TestTransport) {
        self.transport = transport
    }

    /// A client that calls a responder directly.
    public static func inProcess(
        _ responder: any Responder, logger: Logger = .disabled, time: any TimeSource = SystemTime()
    ) -> TestClient {
        TestClient(InProcessTransport(responder: responder, logger: logger, time: time))
    }

    /// A client that opens a connection for each request. `host` is an IPv4 address.
    public static func live(host: String = "127.0.0.1", port: UInt16) -> TestClient {
        TestClient(SocketTransport(host: host, port: port))
    }

    /// Sends a request and waits for the whole response.
    public func send(_ request: TestRequest) async throws -> TestResponse {
        try await transport.send(request)
    }

    /// Sends a GET request.
    public func get(_ target: String, bearer token: String? = nil) async throws -> TestResponse {
        try await send(.get(target).bearer(token))
    }

    /// Sends JSON with POST.
    public func post(_ target: String, json: JSONValue, bearer token: String? = nil) async throws -> TestResponse {
        try await send(.post(target).bearer(token).json(json))
    }
}

/// How a ``TestClient`` reaches a service.
public protocol TestTransport: Sendable {
    /// Sends a request and waits for the whole response.
    func send(_ request: TestRequest) async throws -> TestResponse
}
