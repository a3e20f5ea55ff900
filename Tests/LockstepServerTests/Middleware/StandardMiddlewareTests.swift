import LockstepRuntime
import Testing

@testable import LockstepServer

@Suite("Standard middleware") struct StandardMiddlewareTests {
    // MARK: Identity

    @Test func aRequestWithoutIdsGetsOneThatIsTheTraceId() async throws {
        let harness = MiddlewareHarness()
        let response = try await harness.send(.get, "/")
        let id = try #require(response.headers["X-Request-Id"])
        #expect(id.count == 32)
        let trace = try #require(response.headers["traceparent"])
        #expect(trace.hasPrefix("00-\(id)-"))
        #expect(trace.hasSuffix("-01"))
        let second = try await harness.send(.get, "/")
        #expect(second.headers["X-Request-Id"] != id)
    }

    @Test(arguments: ["order-4711_a.b", "0af7651916cd43dd8448eb211c80319c", String(repeating: "a", count: 128)])
    func harmlessRequestIdsAreKept(_ id: String) async throws {
        let response = try await MiddlewareHarness().send(.get, "/", ["X-Request-Id": id])
        #expect(response.headers["X-Request-Id"] == id)
    }

    @Test(arguments: [
        "short", "with space", "semi;colon1", "quote\"quote", "new\u{B}line", "{json:1234}", "ünïcödé-1234",
    ])
    func otherRequestIdsAreReplaced(_ id: String) async throws {
        let response = try await MiddlewareHarness().send(.get, "/", ["X-Request-Id": id])
        #expect(response.headers["X-Request-Id"]?.count == 32)
        let long = String(repeating: "a", count: 129)
        let other = try await MiddlewareHarness().send(.get, "/", ["X-Request-Id": long])
        #expect(other.headers["X-Request-Id"]?.count == 32)
    }

    @Test func aTraceIsContinuedWithANewSpan() async throws {
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"
        let response = try await MiddlewareHarness().send(
            .get, "/", ["traceparent": parent, "tracestate": "vendor=a b,other@x=1"])
        let trace = try #require(response.headers["traceparent"])
        #expect(trace.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-"))
        #expect(trace.hasSuffix("-00"))
        #expect(!trace.contains("00f067aa0ba902b7"))
        #expect(response.headers["tracestate"] == "vendor=a b,other@x=1")
    }

    @Test(arguments: [
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7", "0-1-2-3", "",
    ])
    func malformedTracesAreNotContinued(_ parent: String) async throws {
        let response = try await MiddlewareHarness().send(.get, "/", ["traceparent": parent, "tracestate": "a=b"])
        let trace = try #require(response.headers["traceparent"])
        #expect(!trace.contains("4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(!trace.contains("00000000000000000000000000000000"))
        #expect(response.headers["tracestate"] == nil)
    }

    @Test func laterVersionsOfTheTraceFieldAreUnderstood() {
        let value = Array("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03-more".utf8)
        #expect(TraceParent.parse(value[...])?.isSampled == true)
    }

    @Test func traceStatesAreReadStrictly() {
        #expect(TraceParent.isValid(state: "a=1, b@c=2 ,,d=x y"))
        for state in [
            "", "a", "A=1", "a=1,a=2", "a=\u{7F}", "a=b=c", "=1", "a=", String(repeating: "a", count: 300) + "=1",
        ] {
            #expect(!TraceParent.isValid(state: state), "\(state)")
        }
        #expect(!TraceParent.isValid(state: (0..<33).map { "k\($0)=1" }.joined(separator: ",")))
    }

    // MARK: Security headers

    private static let helmet = [
        "Content-Security-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Origin-Agent-Cluster",
        "Referrer-Policy", "X-Content-Type-Options", "X-DNS-Prefetch-Control", "X-Download-Options", "X-Frame-Options",
        "X-Permitted-Cross-Domain-Policies", "X-XSS-Protection",
    ]

    @Test(arguments: [HTTPStatus(200), 404, 413, 429, 500])
    func everyResponseHasTheWholeSet(_ status: HTTPStatus) async throws {
        let service = ClosureResponder { _, _ in
            if status == 200 { return .text("ok") }
            if status == 500 { throw SmallService.SecretError() }
            throw Problem(status, .badRequest, "no")
        }
        let response = try await MiddlewareHarness(service: service).send(.get, "/")
        #expect(response.status == status)
        for name in Self.helmet { #expect(response.headers.count(of: name) == 1, "\(name)") }
        #expect(response.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'")
        #expect(response.headers["X-XSS-Protection"] == "0")
        for name in ["Server", "X-Powered-By", "Strict-Transport-Security"] {
            #expect(!response.headers.contains(name))
        }
    }

    @Test func strictTransportIsSentOverTLSOnly() async throws {
        let response = try await MiddlewareHarness().send(.get, "/", isSecure: true)
        #expect(response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload")
    }

    @Test func aPageKeepsItsOwnContentSecurityPolicy() async throws {
        let service = ClosureResponder { _, _ in
            Response(200, headers: ["Content-Security-Policy": "default-src 'self'", "X-Frame-Options": "DENY"])
        }
        let response = try await MiddlewareHarness(service: service).send(.get, "/docs")
        #expect(response.headers.values("Content-Security-Policy") == ["default-src 'self'"])
        #expect(response.headers.values("X-Frame-Options") == ["DENY"])
        for name in Self.helmet { #expect(response.headers.count(of: name) == 1, "\(name)") }
    }

    // MARK: Errors

    @Test func whatAHandlerThrowsIsAnsweredWithoutItsInternals() async throws {
        let service = ClosureResponder { _, _ in throw SmallService.SecretError() }
        let harness = MiddlewareHarness(service: service)
        let response = try await harness.send(.get, "/")
        #expect(response.status == 500)
        guard case .bytes(let bytes) = response.body else { return #expect(Bool(false), "no body") }
        let body = String(decoding: bytes, as: UTF8.self)
        #expect(!body.contains("SecretError"))
        #expect(body.contains(try #require(response.headers["X-Request-Id"])))
    }

    // MARK: Client addresses

    private func loggedAddress(
        _ trusted: [String], _ headers: HTTPFields, from peer: String
    ) async throws -> String? {
        let proxies = try #require(TrustedProxies(trusted))
        let harness = MiddlewareHarness(proxies: proxies)
        _ = try await harness.send(.get, "/", headers, from: peer)
        return try harness.logLines().first?.root["ip"]?.string
    }

    @Test func aForgedForwardedAddressIsIgnored() async throws {
        let forged: HTTPFields = ["X-Forwarded-For": "203.0.113.9"]
        #expect(try await loggedAddress([], forged, from: "192.0.2.1") == "192.0.2.1")
        #expect(try await loggedAddress(["10.0.0.0/8"], forged, from: "192.0.2.1") == "192.0.2.1")
    }

    @Test func aTrustedProxyIsBelievedAboutItsPeerOnly() async throws {
        let fields: HTTPFields = ["X-Forwarded-For": "198.51.100.1, 203.0.113.9", "x-forwarded-for": "10.1.1.1"]
        #expect(try await loggedAddress(["10.0.0.0/8"], fields, from: "10.0.0.1") == "203.0.113.9")
        #expect(
            try await loggedAddress(["fd00::/8"], ["X-Forwarded-For": "2001:db8::1"], from: "fd00::2") == "2001:db8::1")
        #expect(try await loggedAddress(["10.0.0.1"], ["X-Forwarded-For": "junk"], from: "10.0.0.1") == "10.0.0.1")
        #expect(
            try await loggedAddress(["10.0.0.0/8"], ["X-Forwarded-For": "1.2.3.4, junk, 10.0.0.9"], from: "10.0.0.1")
                == "10.0.0.9")
    }

    @Test func aProxySaysWhetherTheClientUsedTLS() async throws {
        let proxies = try #require(TrustedProxies(["10.0.0.1"]))
        let harness = MiddlewareHarness(proxies: proxies)
        let secure = try await harness.send(.get, "/", ["X-Forwarded-Proto": "https"], from: "10.0.0.1")
        #expect(secure.headers.contains("Strict-Transport-Security"))
        let forged = try await harness.send(.get, "/", ["X-Forwarded-Proto": "https"], from: "10.0.0.2")
        #expect(!forged.headers.contains("Strict-Transport-Security"))
    }

    @Test(arguments: [
        "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "localhost", "", "::1/129", "10.0.0.1/8/8", "1.2.3.4/x",
    ])
    func malformedProxyRangesAreRefused(_ range: String) {
        #expect(TrustedProxies([range]) == nil)
    }
}
