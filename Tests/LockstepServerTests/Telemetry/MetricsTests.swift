import LockstepRuntime
import Testing

@testable import LockstepServer

@Suite("Metrics") struct MetricsTests {
    private func text(_ harness: MiddlewareHarness) -> String {
        String(decoding: harness.telemetry.metrics.text(), as: UTF8.self)
    }

    @Test func requestsAreCountedByTemplateMethodAndStatus() async throws {
        let harness = MiddlewareHarness(service: try SmallService.make())
        for id in 0..<3 { _ = try await harness.send(.get, "/api/things/\(id)") }
        _ = try await harness.send(.get, "/api/things")
        let text = text(harness)
        let labels = #"method="GET",route="/api/things/{id}",status="200""#
        #expect(text.contains("http_server_request_duration_seconds_count{\(labels)} 3\n"))
        #expect(text.contains("http_server_request_duration_seconds_bucket{\(labels),le=\"+Inf\"} 3\n"))
        #expect(text.contains(#"_count{method="GET",route="/api/things",status="401"} 1"#))
        #expect(text.contains("\nhttp_server_active_requests 0\n"))
    }

    @Test func durationsFallIntoCumulativeBuckets() {
        let metrics = HTTPMetrics()
        for milliseconds in [0, 1, 2, 30, 99_000] as [Int64] {
            metrics.begin().record(
                route: nil, method: .get, status: 200, nanoseconds: milliseconds * 1_000_000, bytes: 10)
        }
        var bytes: [UInt8] = []
        metrics.render(into: &bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        let name = "http_server_request_duration_seconds"
        let labels = #"method="GET",route="unmatched",status="200""#
        for (bound, count) in [
            ("0.0005", 1), ("0.001", 2), ("0.0025", 3), ("0.025", 3), ("0.05", 4), ("10", 4), ("+Inf", 5),
        ] {
            #expect(text.contains("\(name)_bucket{\(labels),le=\"\(bound)\"} \(count)\n"), "\(bound)")
        }
        #expect(text.contains("\(name)_sum{\(labels)} 99.033\n"))
        #expect(text.contains("http_server_response_body_bytes_total{\(labels)} 50\n"))
    }

    @Test func tenThousandRandomURLsMakeNoNewSeries() async throws {
        let harness = MiddlewareHarness(service: try SmallService.make())
        _ = try await harness.send(.get, "/nowhere")
        _ = try await harness.send(.get, "/api/things/0")
        _ = try await harness.send(HTTPMethod("BREW"), "/nowhere")
        let before = text(harness).split(separator: "\n").count
        var random = SeededGenerator(seed: 7)
        for _ in 0..<10_000 {
            let word = String(random.next(), radix: 36)
            _ = try await harness.send(.get, random.next() % 2 == 0 ? "/\(word)" : "/api/things/\(word)")
            _ = try await harness.send(HTTPMethod("M" + word), "/\(word)")
        }
        #expect(text(harness).split(separator: "\n").count == before)
    }

    @Test func theTextIsWellFormed() async throws {
        let harness = MiddlewareHarness(service: try SmallService.make())
        _ = try await harness.send(.get, "/api/things/1")
        harness.telemetry.metrics.add(.gauge, "quoted", "A label with \"quotes\".", labels: ["a": "x\"y\\z\nw"]) { 1.5 }
        var types: [String: String] = [:]
        for line in text(harness).split(separator: "\n") {
            if line.hasPrefix("# TYPE ") {
                let words = line.split(separator: " ")
                #expect(
                    types.updateValue(String(words[3]), forKey: String(words[2])) == nil, "type given twice: \(line)")
            } else if !line.hasPrefix("#") {
                let name = line.prefix { $0 != "{" && $0 != " " }
                var family = String(name)
                for suffix in ["_bucket", "_sum", "_count"] where types[family] == nil && family.hasSuffix(suffix) {
                    family.removeLast(suffix.count)
                }
                #expect(types[family] != nil, "no type for \(line)")
                #expect(Double(line.split(separator: " ").last ?? "") != nil, "no number in \(line)")
            }
        }
        #expect(text(harness).contains(#"quoted{a="x\"y\\z\nw"} 1.5"#))
        #expect(types["process_cpu_seconds_total"] == "counter")
        #expect(types["http_server_request_duration_seconds"] == "histogram")
    }

    @Test func theAdminPortAnswersMetricsOnly() async throws {
        let registry = MetricsRegistry()
        registry.counter("events_total", "Events.", labels: ["kind": "a"]).add(2)
        let responder = MetricsResponder(registry)
        let context = RequestContext()
        let response = try await responder.respond(to: Request(.get, "/metrics"), context)
        #expect(response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        guard case .bytes(let bytes) = response.body else { return #expect(Bool(false), "no body") }
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "# HELP events_total Events.\n# TYPE events_total counter\nevents_total{kind=\"a\"} 2\n")
        await #expect(throws: Problem.self) { try await responder.respond(to: Request(.get, "/"), context) }
        await #expect(throws: Problem.self) { try await responder.respond(to: Request(.post, "/metrics"), context) }
    }
}
