public import LockstepRuntime

/// Answers `/health`, `/health/live` and `/health/ready`; everything else goes on.
public struct HealthResponder: Responder {
    private let monitor: HealthMonitor
    private let environment: String?
    private let next: any Responder

    /// The health endpoints in front of `next`.
    ///
    /// - Parameter environment: shown by `/health`; leave it out in production (ASVS 13.4.6).
    public init(_ monitor: HealthMonitor, environment: String? = nil, next: any Responder) {
        self.monitor = monitor
        self.environment = environment
        self.next = next
    }

    /// Answers one request.
    public func respond(to request: Request, _ context: RequestContext) async throws -> Response {
        guard request.method == .get || request.method == .head else {
            return try await next.respond(to: request, context)
        }
        switch request.path {
        case "/health/live": return Self.response(200, Array(#"{"status":"ok"}"#.utf8))
        case "/health/ready":
            let report = await monitor.report()
            let body = report.isReady ? #"{"status":"ready"}"# : #"{"status":"unready"}"#
            return Self.response(report.isReady ? 200 : 503, Array(body.utf8))
        case "/health":
            let report = await monitor.report()
            return Self.response(report.isReady ? 200 : 503, body(report))
        default: return try await next.respond(to: request, context)
        }
    }

    private func body(_ report: HealthReport) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("status")
        json.string(report.isReady ? "ok" : "error")
        json.key("timestamp")
        json.string(report.timestamp.description)
        if let environment {
            json.key("environment")
            json.string(environment)
        }
        json.key("services")
        json.beginObject()
        for service in report.services {
            json.key(service.name)
            json.string(service.isUp ? "up" : "down")
        }
        json.endObject()
        json.endObject()
        return json.bytes
    }

    private static func response(_ status: HTTPStatus, _ body: [UInt8]) -> Response {
        Response(
            status, headers: ["Content-Type": "application/json", "Cache-Control": "no-store"], body: .bytes(body))
    }
}

/// Answers the admin port: `/metrics`, and nothing else.
public struct MetricsResponder: Responder {
    private let metrics: MetricsRegistry

    /// The metrics endpoint.
    public init(_ metrics: MetricsRegistry) {
        self.metrics = metrics
    }

    /// Answers one request.
    public func respond(to request: Request, _ context: RequestContext) async throws -> Response {
        guard request.path == "/metrics" else { throw Problem.notFound }
        guard request.method == .get || request.method == .head else {
            throw Problem.methodNotAllowed(allow: "GET, HEAD")
        }
        return Response(
            200, headers: ["Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store"],
            body: .bytes(metrics.text()))
    }
}
