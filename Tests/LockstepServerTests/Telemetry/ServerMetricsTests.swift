import LockstepRuntime
import Testing

@testable import LockstepServer

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
}
