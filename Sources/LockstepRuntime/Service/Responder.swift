/// Something that answers requests: a service, a router, a middleware with what follows it.
public protocol Responder: Sendable {
    /// Answers one request.
    ///
    /// An error that leaves the outermost responder is answered by ``ProblemRenderer``.
    func respond(to request: Request, _ context: RequestContext) async throws -> Response
}

/// A responder from a closure.
public struct ClosureResponder: Responder {
    private let body: @Sendable (Request, RequestContext) async throws -> Response

    /// A responder that calls `body`.
    public init(_ body: @escaping @Sendable (Request, RequestContext) async throws -> Response) {
        self.body = body
    }

    /// Calls the closure.
    public func respond(to request: Request, _ context: RequestContext) async throws -> Response {
        try await body(request, context)
    }
}
