public import LockstepRuntime

/// What stands around every service, in one step, because each step of its own would cost a call per request.
///
/// In this order: client address (trusted proxies) → request id and trace → access log and metrics → security headers →
/// CORS → service. Rate limits follow inside the service, where the route and then the caller are known
/// (``RateLimiter`` is its ``Admission``), and so do authentication and error mapping. Responses pass the same steps back, so
/// an error of any kind has its id, its log line and its headers.
public struct StandardMiddleware: Middleware {
    private let telemetry: Telemetry
    private let proxies: TrustedProxies
    private let security: SecurityHeaders
    private let cors: CORS
    private let identity: RequestIdentity
    private let renderer = ProblemRenderer()

    /// The steps with their settings.
    public init(
        telemetry: Telemetry, security: SecurityHeaders = SecurityHeaders(), cors: CORS = CORS(),
        proxies: TrustedProxies = TrustedProxies()
    ) {
        self.init(
            telemetry: telemetry, security: security, cors: cors, proxies: proxies, identifiers: IdentifierSource())
    }

    init(
        telemetry: Telemetry, security: SecurityHeaders, cors: CORS, proxies: TrustedProxies,
        identifiers: IdentifierSource
    ) {
        self.telemetry = telemetry
        self.security = security
        self.cors = cors
        self.proxies = proxies
        identity = RequestIdentity(identifiers)
    }

    /// Answers one request; never throws.
    public func respond(
        to request: Request, _ context: RequestContext, next: any Responder
    ) async throws -> Response {
        guard let client = proxies.client(of: request) else {
            return await answer(request, context, next)
        }
        let forwarded = RequestContext(
            remoteAddress: client.address, deadline: context.deadline, logger: context.logger, time: context.time)
        return await answer(
            request.with(remoteAddress: client.address, isSecure: client.isSecure), forwarded, next)
    }

    private nonisolated(nonsending) func answer(_ request: Request, _ context: RequestContext, _ next: any Responder)
        async -> Response
    {
        let start = context.time.monotonicNow
        let shard = telemetry.requests.begin()
        let ids = identity.identify(request, context)
        var response: Response
        do {
            response = try await next.respond(to: request, context)
        } catch {
            response = renderer.response(for: error, to: request, context)
        }
        if cors.isPreflight(request) { response = cors.preflight(response, request) }
        cors.finish(&response, request)
        security.finish(&response, isSecure: request.isSecure)
        identity.finish(&response, request.headers, ids)
        let duration = (context.time.monotonicNow.nanoseconds) - start.nanoseconds
        record(request, context, response, duration, shard, ids)
        return response
    }

    private func record(
        _ request: Request, _ context: RequestContext, _ response: Response, _ duration: Int64, _ shard: MetricsShard,
        _ ids: (requestID: String, trace: TraceContext)
    ) {
        let route = context.route
        let bytes = response.contentLength
        shard.record(
            route: route, method: request.method, status: response.status.code, nanoseconds: duration, bytes: bytes)
        telemetry.accessLog.write(
            AccessRecord(
                time: context.now, requestID: ids.requestID, traceID: ids.trace.traceID,
                method: request.method, route: route, target: request.target, status: response.status.code,
                nanoseconds: duration, responseBytes: bytes, user: context.principal?.subject,
                address: context.remoteAddress),
            headers: request.headers)
    }
}
