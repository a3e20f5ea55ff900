/// A route with what answers it. Generated code makes one for each operation:
///
/// ```swift
/// Endpoint(Contract.routes["createPayment"], self, CreatePayment.respond)
/// ```
public struct Endpoint: Sendable {
    /// The operation.
    public let route: Route
    /// Calls the handler with a request that has passed every check.
    public let respond: @Sendable (ValidRequest) async throws -> Response

    /// An endpoint that calls `respond`.
    public init(_ route: Route, respond: @escaping @Sendable (ValidRequest) async throws -> Response) {
        self.route = route
        self.respond = respond
    }

    /// An endpoint that calls a generated dispatcher with the API that implements the operation.
    public init<API: Sendable>(
        _ route: Route, _ api: API, _ respond: @escaping @Sendable (API, ValidRequest) async throws -> Response
    ) {
        self.route = route
        self.respond = { try await respond(api, $0) }
    }
}
