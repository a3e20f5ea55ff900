/// A step around the rest of the request's way: it may answer itself, change the request, or change the response.
public protocol Middleware: Sendable {
    /// Answers the request, usually by calling `next`.
    func respond(to request: Request, _ context: RequestContext, next: any Responder) async throws -> Response
}

extension Responder {
    /// This responder with middleware around it; the first middleware is the outermost.
    public func wrapped(in middleware: [any Middleware]) -> any Responder {
        var inner: any Responder = self
        for step in middleware.reversed() {
            inner = MiddlewareStep(middleware: step, next: inner)
        }
        return inner
    }
}

/// One middleware bound to what follows it, so that a request allocates nothing on its way through the chain.
final class MiddlewareStep: Responder {
    private let middleware: any Middleware
    private let next: any Responder

    init(middleware: any Middleware, next: any Responder) {
        self.middleware = middleware
        self.next = next
    }

    func respond(to request: Request, _ context: RequestContext) async throws -> Response {
        try await middleware.respond(to: request, context, next: next)
    }
}
