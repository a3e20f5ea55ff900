import LockstepSchema

/// Answers the operations of a document.
///
/// In this order: route → security → acceptable? → parameters → body → handler → response. Security is decided before
/// anything else of the request is looked at, and the body is read last; what is wrong with both is answered at once. Every error becomes a response here, so
/// `respond` does not throw. Where HTTP leaves a choice:
/// - 503 `TIMEOUT` when the request's deadline has passed before the handler is called, or cancelled it; 504 is left
///   to handlers whose own upstream is late.
/// - 406 is decided before the handler runs, so that nothing is changed for an answer that the client will not read.
///   A client that accepts `application/problem+json` is taken to accept JSON.
/// - What caches may do with an answer that does not say so itself is written at `CachePolicy`.
/// - A response to HEAD keeps its body; the connection (or the in-process client) does not send it.
public struct APIService: Responder {
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
            bound.append(try BoundEndpoint(endpoint, security: security))
        }
        do {
            router = try Router(bound, base: configuration.basePath, aliases: configuration.pathAliases)
        } catch {
            throw ServiceConfigurationError(error.description)
        }
        self.configuration = configuration
    }

    /// Answers one request.
    public func respond(to request: Request, _ context: RequestContext) async -> Response {
        switch router.match(request.method, request.path) {
        case .endpoint(let endpoint, let captures):
            return await respond(to: request, context, endpoint, captures)
        case .options(let allow):
            return Response(204, headers: ["Allow": allow])
        case .methodNotAllowed(let allow):
            return await refuse(request, context, .methodNotAllowed(allow: allow))
        case .notFound:
            if request.method == .options, request.path == "*" { return Response(204) }
            return await refuse(request, context, .notFound)
        case .malformed:
            return await refuse(request, context, .badRequest("Malformed percent-encoding in the path"))
        }
    }

    private nonisolated(nonsending) func respond(
        to request: Request, _ context: RequestContext, _ endpoint: BoundEndpoint, _ captures: PathCaptures
    ) async -> Response {
        context.begin(endpoint.route, request)
        var response: Response
        var admitted = HTTPFields()
        do {
            response = try await run(endpoint, request, captures, context, &admitted)
            if endpoint.declaresNotModified {
                response = ConditionalResponse.apply(response, to: request)
            }
        } catch {
            response = renderer.response(for: error, to: request, context)
            if let admission = configuration.admission, (400..<500).contains(response.status.code) {
                let problem = ProblemRenderer.problem(for: error, context)
                await admission.refused(request, to: endpoint.route, with: problem, context)
            }
        }
        CachePolicy.apply(to: &response, isPrivate: !endpoint.security.isOpen, request.method)
        response.headers.append(contentsOf: admitted)
        if configuration.validatesResponses { check(response, endpoint.route, context) }
        return response
    }

    /// Answers a request that belongs to no operation; such requests are limited too.
    private nonisolated(nonsending) func refuse(
        _ request: Request, _ context: RequestContext, _ problem: Problem
    ) async -> Response {
        do {
            let admitted = try await configuration.admission?.admit(request, to: nil, context)
            var response = renderer.response(for: problem, to: request, context)
            if let admitted { response.headers.append(contentsOf: admitted) }
            return response
        } catch {
            return renderer.response(for: error, to: request, context)
        }
    }

    private nonisolated(nonsending) func run(
        _ endpoint: BoundEndpoint, _ request: Request, _ captures: PathCaptures, _ context: RequestContext,
        _ admitted: inout HTTPFields
    ) async throws -> Response {
        if let admission = configuration.admission {
            admitted = try await admission.admit(request, to: endpoint.route, context)
        }
        var principal: Principal?
        if !endpoint.security.isOpen {
            principal = try await caller(endpoint, request, context, &admitted)
            context.principal = principal
        }
        if let admission = configuration.admission, let principal {
            admitted.append(
                contentsOf: try await admission.admit(request, to: endpoint.route, by: principal, context))
        }
        guard Negotiation.canAnswer(endpoint.route, request.headers) else { throw Problem.notAcceptable }
        var parameters = ValidParameters(values: nil)
        if endpoint.readsParameters {
            var reader = ParameterReader(endpoint, request, captures)
            do {
                parameters = try reader.read()
            } catch {
                throw await joined(error, request, endpoint.route)
            }
        }
        let content = try await content(of: request, endpoint.route)
        if context.isPastDeadline { throw Problem.deadlineExceeded }
        return try await endpoint.respond(
            ValidRequest(
                request: request, context: context, route: endpoint.route, parameters: parameters,
                principal: principal, content: content))
    }

    private nonisolated(nonsending) func content(of request: Request, _ route: Route) async throws -> ValidContent {
        guard let body = route.body else { return ValidContent() }
        let reader = BodyReader(
            route: route, definition: body, maximumSize: configuration.maximumBodySize,
            jsonLimits: configuration.jsonLimits, maximumItemSize: configuration.maximumItemSize)
        return try await reader.read(request)
    }

    /// What is wrong with the parameters together with what is wrong with the body. A body that handlers read themselves
    /// is left alone, and one that cannot be judged (413, 415) changes nothing.
    private nonisolated(nonsending) func joined(_ problem: Problem, _ request: Request, _ route: Route) async -> Problem
    {
        guard !problem.issues.isEmpty, let body = route.body, !body.isStreaming else { return problem }
        do {
            _ = try await content(of: request, route)
        } catch let other as Problem where !other.issues.isEmpty {
            return .validation(problem.issues + other.issues)
        } catch {
            return problem
        }
        return problem
    }

    private nonisolated(nonsending) func caller(
        _ endpoint: BoundEndpoint, _ request: Request, _ context: RequestContext, _ admitted: inout HTTPFields
    ) async throws -> Principal? {
        do {
            if let principal = try await endpoint.security.principal(for: request, context) { return principal }
        } catch let error where ProblemRenderer.problem(for: error, context).status == 401 {
            try await admitWithoutCaller(endpoint, request, context, &admitted)
            throw error
        }
        try await admitWithoutCaller(endpoint, request, context, &admitted)
        return nil
    }

    private nonisolated(nonsending) func admitWithoutCaller(
        _ endpoint: BoundEndpoint, _ request: Request, _ context: RequestContext, _ admitted: inout HTTPFields
    ) async throws {
        guard let admission = configuration.admission else { return }
        admitted.append(contentsOf: try await admission.admitUnauthorized(request, to: endpoint.route, context))
    }

    private func check(_ response: Response, _ route: Route, _ context: RequestContext) {
        let check = ResponseCheck(route: route)
        report(check.violations(of: response), of: response.status, route, context)
        let status = response.status
        check.observeItems(of: response) { report($0, of: status, route, context) }
    }

    private func report(
        _ violations: [ResponseViolation], of status: HTTPStatus, _ route: Route, _ context: RequestContext
    ) {
        for violation in violations {
            context.logger.error(
                "RESPONSE DOES NOT MATCH THE DOCUMENT",
                [
                    "route": .string(route.description), "status": .int(status.code),
                    "violation": .string(violation.description),
                ])
        }
        configuration.recorder?.record(
            ResponseObservation(route: route, status: status, violations: violations))
    }
}
