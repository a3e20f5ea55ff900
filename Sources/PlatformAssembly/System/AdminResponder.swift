internal import LockstepRuntime
internal import LockstepServer

/// Answers the admin port: `/metrics`, and `/log-level`, which `PUT` changes while the platform runs.
struct AdminResponder: Responder {
    private let metrics: MetricsResponder
    private let threshold: LogThreshold
    private let logger: Logger

    init(_ telemetry: Telemetry) {
        metrics = MetricsResponder(telemetry.metrics)
        threshold = telemetry.threshold
        logger = telemetry.logger
    }

    func respond(to request: Request, _ context: RequestContext) async throws -> Response {
        guard request.path == "/log-level" else { return try await metrics.respond(to: request, context) }
        switch request.method {
        case .get, .head: break
        case .put:
            let text = String(decoding: try await request.body.collect(limit: 16), as: UTF8.self)
            guard let level = LogLevel(name: text.filter { !$0.isWhitespace }) else {
                throw Problem.badRequest("The body must be one of " + Self.names)
            }
            threshold.level = level
            // At a level that is always written, so that the log says why it changes.
            logger.fatal("log level changed", ["to": .string(level.rawValue)])
        default: throw Problem.methodNotAllowed(allow: "GET, HEAD, PUT")
        }
        return Response(
            200, headers: ["Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"],
            body: .bytes(Array("\(threshold.level.rawValue)\n".utf8)))
    }

    private static let names = LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
}
