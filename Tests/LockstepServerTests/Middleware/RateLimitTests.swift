import LockstepRuntime
import Testing

@testable import LockstepServer

@Suite("Rate limits") struct RateLimitTests {
    private func harness(
        _ profile: RateLimitProfile = .standard, metrics: MetricsRegistry? = nil
    ) throws -> MiddlewareHarness {
        MiddlewareHarness(service: try SmallService.make(RateLimiter(profile: profile, metrics: metrics)))
    }

    private func login(_ harness: MiddlewareHarness, _ email: String, from address: String = "192.0.2.1") async throws
        -> Response
    {
        try await harness.send(
            .post, "/api/auth/login", body: .bytes(Array(#"{"email":"\#(email)"}"#.utf8)), from: address)
    }

    @Test func theSixthLoginOfAnAccountIsRefused() async throws {
        let harness = try harness()
        for left in (0..<5).reversed() {
            let response = try await login(harness, "a@example.com")
            #expect(response.status == 200)
            #expect(response.headers["RateLimit"]?.hasPrefix("\"credential\";r=\(left);t=") == true)
        }
        let refused = try await login(harness, "A@example.com")
        #expect(refused.status == 429)
        #expect(refused.headers["Retry-After"] == "180")
        #expect(refused.headers["RateLimit"] == "\"credential\";r=0;t=180")
        #expect(refused.headers["RateLimit-Policy"] == "\"credential\";q=5;w=900")
        guard case .bytes(let bytes) = refused.body else { return #expect(Bool(false), "no body") }
        let body = try JSONDocument.parse(bytes).root
        #expect(body["success"]?.bool == false)
        #expect(body["error"]?["code"]?.string == "RATE_LIMITED")
        #expect(body["error"]?["message"]?.string == "Too many authentication attempts, please try again later.")
        #expect(try await login(harness, "b@example.com").status == 200)
        #expect(try await login(harness, "a@example.com", from: "192.0.2.2").status == 200)
    }

    @Test func aRefusedClientIsServedAgainAfterTheTimeItWasTold() async throws {
        let harness = try harness()
        for _ in 0..<5 { _ = try await login(harness, "a@example.com") }
        harness.time.advance(by: .seconds(179))
        #expect(try await login(harness, "a@example.com").status == 429)
        harness.time.advance(by: .seconds(1))
        #expect(try await login(harness, "a@example.com").status == 200)
        #expect(try await login(harness, "a@example.com").status == 429)
    }

    @Test func changingTheAccountDoesNotHelpAnAddressForever() async throws {
        let harness = try harness()
        var refused = 0
        for attempt in 0..<60 where try await login(harness, "user\(attempt)@example.com").status == 429 {
            refused += 1
        }
        #expect(refused == 10)
    }

    @Test func leavingTheAccountOutSharesOnePlace() async throws {
        let harness = try harness()
        for _ in 0..<5 { _ = try await harness.send(.post, "/api/auth/login") }
        #expect(try await harness.send(.post, "/api/auth/login", body: .bytes([1, 2, 3])).status == 429)
    }

    @Test func callersAreCountedByWhoTheyAre() async throws {
        let harness = try harness()
        for _ in 0..<100 {
            #expect(try await harness.send(.get, "/api/things", ["X-Key": "user1"]).status == 200)
        }
        let refused = try await harness.send(.get, "/api/things", ["X-Key": "user1"], from: "192.0.2.99")
        #expect(refused.status == 429)
        #expect(refused.headers["RateLimit-Policy"] == "\"authenticated\";q=100;w=60")
        #expect(try await harness.send(.get, "/api/things", ["X-Key": "user2"]).status == 200)
    }

    @Test func pollingEveryFiveSecondsIsNeverRefused() async throws {
        let harness = try harness()
        for _ in 0..<360 {
            #expect(try await harness.send(.get, "/api/things", ["X-Key": "user1"]).status == 200)
            harness.time.advance(by: .seconds(5))
        }
    }

    @Test func anonymousRequestsAreCountedByAddressWithIPv6By64() async throws {
        let harness = try harness()
        for host in 0..<100 {
            #expect(try await harness.send(.get, "/api/things/1", from: "2001:db8::\(host)").status == 200)
        }
        #expect(try await harness.send(.get, "/api/things/1", from: "2001:db8::ffff").status == 429)
        #expect(try await harness.send(.get, "/api/things/1", from: "2001:db8:0:1::1").status == 200)
    }

    @Test func pathsThatLeadNowhereAreCountedToo() async throws {
        let harness = try harness()
        for scan in 0..<100 { #expect(try await harness.send(.get, "/scan\(scan)").status == 404) }
        #expect(try await harness.send(.get, "/scan").status == 429)
    }

    @Test func anOperationMayHaveALimitOfItsOwn() async throws {
        let harness = try harness()
        #expect(try await harness.send(.put, "/api/own").headers["RateLimit"] == "\"own\";r=1;t=5")
        #expect(try await harness.send(.put, "/api/own").status == 200)
        let refused = try await harness.send(.put, "/api/own")
        #expect(refused.status == 429)
        #expect(refused.headers["Retry-After"] == "5")
    }

    @Test func operationsThatSayNoneHaveNone() async throws {
        let harness = try harness()
        for _ in 0..<500 {
            let response = try await harness.send(.get, "/health/live")
            #expect(response.status == 200)
            #expect(!response.headers.contains("RateLimit"))
        }
    }

    @Test func tooManyRequestsIsSaidBeforeUnauthorized() async throws {
        let harness = try harness(.poc2)
        for _ in 0..<100 { #expect(try await harness.send(.get, "/api/things").status == 401) }
        #expect(try await harness.send(.get, "/api/things").status == 429)
    }

    @Test func theProofOfConceptProfileHasItsLiteralNumbers() async throws {
        let harness = try harness(.poc2)
        for attempt in 0..<5 { #expect(try await login(harness, "\(attempt)").status == 200) }
        let refused = try await login(harness, "other")
        #expect(refused.status == 429)
        #expect(refused.headers["RateLimit-Policy"] == "\"auth\";q=5;w=900")
    }

    @Test func theProfileOffLimitsNothing() async throws {
        let harness = try harness(.off)
        for _ in 0..<300 { #expect(try await login(harness, "a").status == 200) }
        #expect(RateLimitProfile.named("offf") == nil)
        #expect(RateLimitProfile.named("default") != nil)
    }

    @Test func refusalsAreAMetric() async throws {
        let metrics = MetricsRegistry()
        let harness = try harness(metrics: metrics)
        for _ in 0..<4 { _ = try await harness.send(.put, "/api/own") }
        #expect(String(decoding: metrics.text(), as: UTF8.self).contains("http_server_rate_limited_total 2\n"))
    }

    @Test func preflightsAreNotCounted() async throws {
        let harness = try harness()
        for _ in 0..<200 { #expect(try await harness.send(.options, "/api/things/1").status == 204) }
    }

    @Test func theStoreIsBoundedAndForgetsThoseWhoseQuotaIsWhole() async {
        let store = LocalRateLimitStore(capacity: 1600)
        let policy = RateLimitPolicy("p", quota: 10, seconds: 10, by: .address)
        for client in 0..<20_000 {
            let key = RateLimitKey(policy: "p", client: "\(client)")
            let state = await store.take(key, of: policy, at: MonotonicTime(nanoseconds: 1))
            #expect(state.isAllowed)
        }
        #expect(store.count <= 1600)
        let later = MonotonicTime(nanoseconds: 100_000_000_000)
        for client in 0..<1600 {
            _ = await store.take(RateLimitKey(policy: "p", client: "new\(client)"), of: policy, at: later)
        }
        #expect(store.count <= 1600)
    }
}
