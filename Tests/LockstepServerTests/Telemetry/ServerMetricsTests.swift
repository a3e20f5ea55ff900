import LockstepRuntime
import Testing

@testable import LockstepServer
import ProcessTestSupport

private struct HelloResponder: Responder {
    func respond(to request: Request, _ context: RequestContext) async throws -> Response { Response(204) }
}

@Suite("Metrics of a live server") struct ServerMetricsTests {
    @Test func protocolErrorsAndConnectionsAreMetrics() async throws {
        let telemetry = Telemetry(output: LogOutput(collecting: 1 << 16))
        try await withServer(
            { $0.refusalHeaders = SecurityHeaders().fields(isSecure: false) }, responder: { _, _ in Response(204) }
        ) { fixture in
            telemetry.observe(fixture.server)
            let client = try await fixture.connect()
            try await client.send("GET / HTTP/1.1\nHost: a\n\n")
            let response = try await client.response()
            #expect(response.status == 400)
            #expect(response.headers["x-content-type-options"] == "nosniff")
            #expect(response.headers["content-security-policy"] != nil)
            #expect(response.text.hasPrefix(#"{"success":false,"error":{"code":"BAD_REQUEST""#))
            let text = String(decoding: telemetry.metrics.text(), as: UTF8.self)
            #expect(text.contains("http_server_protocol_errors_total{reason=\"bare-lf\"} 1\n"))
            #expect(text.contains("http_server_connections_accepted_total 1\n"))
            client.close()
        }
    }

    /// Whether Prometheus' own checker is here; the tests do not install it.
    private static let hasPromtool: Bool = {
        let isHere = (try? ChildProcess.run("promtool", ["--version"]).status) == 0
        if !isHere { print("SKIPPED: no promtool on the PATH (Debian package prometheus)") }
        return isHere
    }()

    @Test(.enabled(if: hasPromtool)) func prometheusOwnCheckerFindsNothingToSay() async throws {
        let telemetry = Telemetry(output: LogOutput(collecting: 1 << 16))
        let middleware = StandardMiddleware(telemetry: telemetry)
        let service = HelloResponder().wrapped(in: [middleware])
        try await withServer(responder: { try await service.respond(to: $0, $1) }) { fixture in
            telemetry.observe(fixture.server)
            let client = try await fixture.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\nHost: a\n\n")
            #expect(try await client.response().status == 204)
            #expect(try await client.response().status == 400)
            let text = String(decoding: telemetry.metrics.text(), as: UTF8.self)
            let result = try await BlockingPool(threads: 1).run {
                try ChildProcess.run("promtool", ["check", "metrics"], input: text)
            }
            #expect(result.status == 0, "\(result.text)\(result.errors)")
            #expect(result.errors.isEmpty && result.text.isEmpty, "\(result.text)\(result.errors)")
            client.close()
        }
    }

    @Test func eachLoopHasItsFigures() async throws {
        let telemetry = Telemetry(output: LogOutput(collecting: 1 << 16))
        try await withServer(responder: { _, _ in Response(204) }) { fixture in
            telemetry.observe(fixture.server)
            let client = try await fixture.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.response().status == 204)
            let text = String(decoding: telemetry.metrics.text(), as: UTF8.self)
            #expect(text.contains("# TYPE event_loop_turns_total counter\nevent_loop_turns_total{loop=\"0\"} "))
            #expect(text.contains("\nevent_loop_busy_seconds_total{loop=\"0\"} "))
            #expect(fixture.server.connectionsPerLoop.reduce(0, +) == 1)
            #expect(text.contains("\nhttp_server_loop_connections{loop=\"0\"} "))
            client.close()
            try await fixture.waitForConnections(0)
            #expect(fixture.server.connectionsPerLoop.reduce(0, +) == 0)
        }
    }
}
