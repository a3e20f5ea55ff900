import LockstepRuntime
import Testing

@testable import LockstepServer

@Suite("Access log") struct AccessLogTests {
    @Test func aRequestIsOneLineWithWhatSupportNeeds() async throws {
        let harness = MiddlewareHarness(service: try SmallService.make())
        let response = try await harness.send(
            .get, "/api/things?secret=1", ["X-Key": "user1", "User-Agent": "probe/1.0", "Cookie": "session=abc"])
        let lines = try harness.logLines()
        #expect(lines.count == 1)
        let line = try #require(lines.first?.root)
        #expect(line["time"]?.string == "2026-11-21T08:00:00.000Z")
        #expect(line["level"]?.string == "info")
        #expect(line["message"]?.string == "request")
        #expect(line["requestId"]?.string == response.headers["X-Request-Id"])
        #expect(line["traceId"]?.string == response.headers["X-Request-Id"])
        #expect(line["method"]?.string == "GET")
        #expect(line["route"]?.string == "/api/things")
        #expect(line["status"]?.int64 == 200)
        #expect(line["durationMs"]?.numberText == "0.000")
        #expect(line["bytes"]?.int64 == 0)
        #expect(line["user"]?.string == "user1")
        #expect(line["ip"]?.string == "192.0.2.1")
        #expect(line["userAgent"]?.string == "probe/1.0")
        #expect(line["cookie"] == nil)
        #expect(line["path"] == nil)
    }

    @Test func durationsComeFromTheMonotonicClock() async throws {
        let time = ManualTime(Timestamp(seconds: 0))
        let output = LogOutput(collecting: 1 << 16)
        let slow = ClosureResponder { _, _ in
            time.advance(by: .microseconds(12_345))
            return Response(204)
        }
        let middleware = StandardMiddleware(telemetry: Telemetry(output: output, time: time))
        let context = RequestContext(time: time)
        _ = try await slow.wrapped(in: [middleware]).respond(to: Request(.get, "/"), context)
        let line = try JSONDocument.parse(output.take().dropLast())
        #expect(line.root["durationMs"]?.numberText == "12.345")
        #expect(line.root["time"]?.string == "1970-01-01T00:00:00.012Z")
    }

    @Test func pathsWithoutARouteAreShortenedAndLoseTheirQuery() async throws {
        let harness = MiddlewareHarness(service: try SmallService.make())
        _ = try await harness.send(.get, "/reset?token=abc")
        _ = try await harness.send(.get, "/" + String(repeating: "a", count: 5000))
        let lines = try harness.logLines()
        #expect(lines[0].root["path"]?.string == "/reset")
        #expect(lines[0].root["status"]?.int64 == 404)
        #expect(try #require(lines[1].root["path"]?.string).count == 201)
    }

    @Test func whatAClientSendsCannotForgeALine() async throws {
        let harness = MiddlewareHarness()
        let nasty = "a\"}\n{\"level\":\"fatal\"}\r\n\u{1B}[31mred\u{7F}\u{85}\u{2028}\u{2029}\u{202E}\\"
        // A received head cannot hold CR or LF; appending replaces them, so the field goes in as raw text here.
        let access = AccessLog(harness.output)
        access.write(
            AccessRecord(
                time: harness.time.now, requestID: "r", traceID: nil, method: HTTPMethod("EVIL\n"), route: nil,
                target: "/" + nasty, status: 200, nanoseconds: 1, responseBytes: nil, user: nasty, address: "::1"),
            headers: ["User-Agent": nasty])
        let bytes = harness.output.take()
        #expect(bytes.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        #expect(!bytes.contains { $0 < 0x20 && $0 != UInt8(ascii: "\n") || $0 == 0x7F })
        let text = String(decoding: bytes, as: UTF8.self)
        for scalar in ["\u{2028}", "\u{2029}", "\u{85}", "\u{202E}"] {
            #expect(!text.unicodeScalars.contains(Unicode.Scalar(scalar)!))
        }
        let line = try JSONDocument.parse(bytes.dropLast())
        #expect(line.root["user"]?.string == nasty)
        #expect(line.root["method"]?.string == "_OTHER")
    }

    @Test func failuresOfThisSideAreErrorsAndAreLoggedAtEveryLevel() async throws {
        let service = ClosureResponder { _, _ in throw SmallService.SecretError() }
        let harness = MiddlewareHarness(level: .warning, service: service)
        _ = try await harness.send(.get, "/")
        let lines = try harness.logLines()
        #expect(lines.map { $0.root["message"]?.string } == ["request failed", "request"])
        #expect(lines[1].root["level"]?.string == "error")
        let quiet = MiddlewareHarness(level: .warning)
        _ = try await quiet.send(.get, "/")
        #expect(try quiet.logLines().isEmpty)
    }
}

@Suite("Log redaction by look") struct LogPatternTests {
    private func redacted(_ text: String) -> String {
        var bytes = Array(text.utf8)
        LogPatterns.redact(&bytes, from: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    private let token =
        "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.tyh-VfuzIxCyGYDlkBA7DfyjrqmSHu6pQ2hoZuFqUSLPNY2N0mpHb3nk5K17HWP_3cYHBw7AhHale5wky6-sVA"

    @Test func tokensAreBlottedOutWhereverTheyStand() {
        #expect(redacted(#"{"path":"/a/\#(token)/b"}"#) == #"{"path":"/a/[redacted]/b"}"#)
        #expect(redacted(#"{"m":"x=\#(token)","n":"\#(token)"}"#) == #"{"m":"x=[redacted]","n":"[redacted]"}"#)
        #expect(redacted(#"{"m":"eyJ is how tokens begin"}"#) == #"{"m":"eyJ is how tokens begin"}"#)
    }

    @Test func credentialsAreBlottedOut() {
        #expect(redacted(#"{"m":"got Bearer abcdef123456 there"}"#) == #"{"m":"got [redacted] there"}"#)
        #expect(redacted(#"{"m":"basic dXNlcjpwYXNz"}"#) == #"{"m":"[redacted]"}"#)
        #expect(redacted(#"{"m":"basic idea"}"#) == #"{"m":"basic idea"}"#)
    }

    @Test(arguments: [
        "4111111111111111", "4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005", "6011000990139424",
    ])
    func cardNumbersAreBlottedOut(_ number: String) {
        #expect(redacted("{\"m\":\"card \(number).\"}") == "{\"m\":\"card [redacted].\"}")
    }

    @Test(arguments: [
        "4111111111111112", "2026-11-21T08:00:00.000Z", "0af7651916cd43dd8448eb211c80319c",
        "12345678-1234-1234-1234-123456789012", "a4111111111111111", "41111111111111111111111",
    ])
    func otherNumbersStay(_ number: String) {
        #expect(redacted("{\"m\":\"\(number)\"}") == "{\"m\":\"\(number)\"}")
    }

    @Test func numbersOutsideStringsStaySoThatTheLineStaysJSON() {
        #expect(
            redacted(#"{"n":4111111111111111,"s":"\"4111111111111111"}"#)
                == #"{"n":4111111111111111,"s":"\"[redacted]"}"#)
    }

    @Test func onlyTheNewLineIsLookedAt() {
        var bytes = Array("{\"m\":\"4111111111111111\"}\n{\"m\":\"4111111111111111\"}".utf8)
        LogPatterns.redact(&bytes, from: 25)
        #expect(String(decoding: bytes, as: UTF8.self) == "{\"m\":\"4111111111111111\"}\n{\"m\":\"[redacted]\"}")
    }
}
