public import LockstepJSON

/// Answers the operations of a document: route → security → parameters → body → handler → response.
///
/// Security is decided before the body is read and before parameters are looked at. Every error becomes a response
/// here, so `respond` does not throw.
public struct APIService: Responder {
    /// What can be chosen about a service.
    public struct Configuration: Sendable {
        /// Path prefixes served as if they were those of the document: `["/api/v1": "/api"]`.
        public var pathAliases: [String: String] = [:]
        /// The most bytes of a body, where the document sets no limit.
        public var maximumBodySize = 1 << 20
        /// Nesting and size of JSON bodies.
        public var jsonLimits: JSONLimits = .default
        /// Whether each response is checked against the document; for development and tests.
        public var validatesResponses = false
        /// Is told of each checked response.
        public var recorder: (any ResponseRecorder)?

        /// The defaults.
        public init() {}
    }

    private let router: Router
    private let configuration: Configuration
    private let renderer = ProblemRenderer()

    /// A service over these endpoints.
    ///
    /// - Throws: if an endpoint needs a security scheme without authenticator, or two endpoints claim one path.
    public init(
        _ endpoints: [Endpoint], authenticators: [String: Authenticator] = [:],
        configuration: Configuration = Configuration()
    ) throws(ServiceConfigurationError) {
        var bound: [BoundEndpoint] = []
        for endpoint in endpoints {
            let security = try SecurityCheck(endpoint.route, authenticators: authenticators)
            bound.append(BoundEndpoint(endpoint, security: security))
        }
        do {
            router = try Router(bound, aliases: configuration.pathAliases)
        } catch {
            throw ServiceConfigurationError(error.description)
        }
        self.configuration = configuration
    }

    /// Answers one request.
    public func respond(to request: Request, _ context: RequestContext) async -> Response {
        switch router.match(request.method, request.path) {
        case .endpoint(let endpoint, let captures):
            context.route = endpoint.route
            do {
                return try await run(endpoint, request, captures, context)
            } catch {
                return renderer.response(for: error, to: request, context)
            }
        case .options(let allow): return Response(204, headers: ["Allow": allow])
        case .methodNotAllowed(let allow):
            return renderer.response(for: Problem.methodNotAllowed(allow: allow), to: request, context)
        case .notFound: return renderer.response(for: Problem.notFound, to: request, context)
        case .malformed:
            return renderer.response(
                for: Problem.badRequest("Malformed percent-encoding in the path"), to: request, context)
        }
    }

    private func run(
        _ endpoint: BoundEndpoint, _ request: Request, _ captures: PathCaptures, _ context: RequestContext
    ) async throws -> Response {
        var principal: Principal?
        if !endpoint.security.isOpen {
            principal = try await endpoint.security.principal(for: request, context)
            context.principal = principal
        }
        let valid = ValidRequest(
            request: request, context: context, route: endpoint.route, parameters: ValidParameters(values: nil),
            optionalPrincipal: principal, content: ValidContent())
        return try await endpoint.respond(valid)
    }
}
