import LockstepRuntime

@testable import LockstepServer

/// A service behind the standard middleware, with a clock that stands still and a log that can be read.
struct MiddlewareHarness: Sendable {
    let time = ManualTime(Timestamp(seconds: 1_795_248_000))
    let output = LogOutput(collecting: 1 << 20)
    let telemetry: Telemetry
    let responder: any Responder

    init(
        cors: CORS = CORS(), proxies: TrustedProxies = TrustedProxies(), level: LogLevel = .info,
        service: any Responder = ClosureResponder { _, _ in .text("hello") }
    ) {
        telemetry = Telemetry(output: output, level: level, time: time)
        let middleware = StandardMiddleware(
            telemetry: telemetry, security: SecurityHeaders(), cors: cors, proxies: proxies,
            identifiers: IdentifierSource(seed: 1))
        responder = service.wrapped(in: [middleware])
    }

    func send(
        _ method: HTTPMethod, _ target: String, _ headers: HTTPFields = [:], body: RequestBody = .empty,
        from address: String = "192.0.2.1", isSecure: Bool = false
    ) async throws -> Response {
        let request = Request(
            method, target, headers: headers, body: body, remoteAddress: address, isSecure: isSecure)
        let context = RequestContext(remoteAddress: address, logger: telemetry.logger, time: time)
        return try await responder.respond(to: request, context)
    }

    /// The log lines so far, each a JSON object.
    func logLines() throws -> [JSONDocument] {
        try output.take().split(separator: UInt8(ascii: "\n")).map { try JSONDocument.parse(Array($0)) }
    }
}
