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

    @Test func requestsWithoutAValidCredentialCountAsAnonymousAndHoldNobodyElseBack() async throws {
        let harness = try harness()
        for attempt in 0..<100 {
            let headers: HTTPFields = attempt % 2 == 0 ? [:] : ["X-Key": "wrong"]
            let response = try await harness.send(.get, "/api/things", headers)
            #expect(response.status == 401)
            #expect(response.headers["RateLimit-Policy"] == "\"anonymous\";q=100;w=900")
        }
        #expect(try await harness.send(.get, "/api/things", ["X-Key": "wrong"]).status == 429)
        #expect(try await harness.send(.get, "/api/things", ["X-Key": "user1"]).status == 200)
        #expect(try await harness.send(.get, "/api/things", from: "192.0.2.77").status == 401)
    }

    /// A handler that knows its caller only sometimes: without one there is no caller's quota to take from.
    @Test func anOptionalCallerThatIsMissingCountsAsAnonymous() async throws {
        let harness = try harness()
        for _ in 0..<100 { #expect(try await harness.send(.get, "/api/maybe").status == 200) }
        #expect(try await harness.send(.get, "/api/maybe").status == 429)
        #expect(try await harness.send(.get, "/api/maybe", ["X-Key": "user1"]).status == 200)
    }

    /// G-04: ten wrong passwords use up what fifty right ones do.
    @Test func failuresWeighMoreOnAnAddress() async throws {
        let harness = try harness()
        func wrong(_ attempt: Int) async throws -> Int {
            try await harness.send(
                .post, "/api/auth/login", ["X-Wrong": "1"], body: .bytes(Array(#"{"email":"\#(attempt)@x.io"}"#.utf8))
            ).status.code
        }
        for attempt in 0..<10 { #expect(try await wrong(attempt) == 401) }
        #expect(try await wrong(10) == 429)
        #expect(try await login(harness, "somebody@example.com").status == 429)
        #expect(try await login(harness, "somebody@example.com", from: "192.0.2.2").status == 200)
    }

    /// G-04: a try every three minutes is within the five of a quarter of an hour, but not within the ten failures of an hour.
    @Test func failuresWeighMoreOnAnAccount() async throws {
        func tries(_ headers: HTTPFields) async throws -> [Int] {
            let harness = try harness()
            var answers: [Int] = []
            for _ in 0..<20 {
                let response = try await harness.send(
                    .post, "/api/auth/login", headers, body: .bytes(Array(#"{"email":"a@x.io"}"#.utf8)))
                answers.append(response.status.code)
                harness.time.advance(by: .seconds(180))
            }
            return answers
        }
        #expect(try await tries([:]) == Array(repeating: 200, count: 20))
        // One is regained every six minutes: nineteen failures in 54 minutes have used up ten and the nine regained.
        #expect(try await tries(["X-Wrong": "1"]) == Array(repeating: 401, count: 19) + [429])
    }

    /// N-02.
    @Test func refreshesAreCountedBySession() async throws {
        let limiter = RateLimiter(session: { request in request.headers["X-Session"] })
        let harness = MiddlewareHarness(service: try SmallService.make(limiter))
        for _ in 0..<30 {
            #expect(try await harness.send(.post, "/api/auth/refresh", ["X-Session": "a"]).status == 200)
        }
        let refused = try await harness.send(.post, "/api/auth/refresh", ["X-Session": "a"], from: "192.0.2.2")
        #expect(refused.status == 429)
        #expect(refused.headers["RateLimit-Policy"] == "\"refresh\";q=30;w=300")
        #expect(try await harness.send(.post, "/api/auth/refresh", ["X-Session": "b"]).status == 200)
        // Tokens that were never issued share the place of their address.
        for _ in 0..<30 { _ = try await harness.send(.post, "/api/auth/refresh") }
        #expect(try await harness.send(.post, "/api/auth/refresh").status == 429)
        #expect(try await harness.send(.post, "/api/auth/refresh", from: "192.0.2.2").status == 200)
    }

    @Test func aChargeTakesNoMoreThanThereIsAndALookTakesNothing() async {
        let store = LocalRateLimitStore()
        let policy = RateLimitPolicy("p", quota: 5, seconds: 50, by: .address)
        let key = RateLimitKey(policy: "p", client: "a")
        let now = MonotonicTime(nanoseconds: 1)
        #expect(await store.take(key, of: policy, 0, at: now).isAllowed)
        #expect(await store.take(key, of: policy, 2, at: now).remaining == 3)
        await store.charge(key, of: policy, 100, at: now)
        let look = await store.take(key, of: policy, 0, at: now)
        #expect(!look.isAllowed && look.seconds == 10)
        #expect(await store.take(key, of: policy, 1, at: MonotonicTime(nanoseconds: 10_000_000_001)).isAllowed)
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
            let state = await store.take(key, of: policy, 1, at: MonotonicTime(nanoseconds: 1))
            #expect(state.isAllowed)
        }
        #expect(store.count <= 1600)
        let later = MonotonicTime(nanoseconds: 100_000_000_000)
        for client in 0..<1600 {
            _ = await store.take(RateLimitKey(policy: "p", client: "new\(client)"), of: policy, 1, at: later)
        }
        #expect(store.count <= 1600)
    }
}
