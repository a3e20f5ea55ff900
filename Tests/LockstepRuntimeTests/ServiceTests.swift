import LockstepRuntime
import LockstepTesting
import Testing

@Suite struct ServiceTests {
    private static let id = "0f8fad5b-d9cb-469f-a165-70867728950e"

    @Test func routesByMethodAndPath() async throws {
        let fixture = try ServiceFixture()
        let client = try fixture.client()
        try await client.get("/health").expect(200)
        try await client.get("/nothing").expect(404, .notFound)
        try await client.send(.post("/health")).expect(405, .methodNotAllowed)
            .expect(header: "Allow", "GET, HEAD, OPTIONS")
        try await client.send(.options("/payments")).expect(204).expect(header: "Allow", "GET, POST, HEAD, OPTIONS")
        try await client.send(TestRequest(.trace, "/health")).expect(405)
        try await client.send(.options("*")).expect(204)
        try await client.get("/health%zz").expect(400, .badRequest)
        try await client.get("/payments/reports").expect(200)
        try await client.get("/v1/reports").expect(200)
        let head = try await client.send(.head("/health")).expect(200).expect(
            header: "Content-Type", "application/json")
        #expect(head.body.isEmpty)
        try fixture.recorder.check()
    }

    @Test(
        arguments: [
            ("/payments?limit=5", "limit", JSONValue.int(5)),
            ("/payments?status=PAID&status=OPEN", "status", ["PAID", "OPEN"]),
            ("/payments?filter%5Bmin%5D=2.50", "filter", ["min": .number("2.50")]),
            ("/payments?where=%7B%22a%22:1%7D", "where", ["a": 1]), ("/payments?unknown=1", "limit", nil),
        ] as [(String, String, JSONValue?)])
    func givesParametersToTheHandler(_ target: String, _ name: String, _ value: JSONValue?) async throws {
        let response = try await ServiceFixture().client().get(target).expect(200)
        #expect(response.json?[name] == value)
    }

    @Test func readsHeadersAndCookies() async throws {
        let client = try ServiceFixture().client()
        let request = TestRequest.get("/payments").header("x-trace", "ab").header("Cookie", "a=1; theme=d%61rk")
        let response = try await client.send(request).expect(200)
        #expect(response.json?["X-Trace"] == "ab")
        #expect(response.json?["theme"] == "dark")
        let twice = try await client.send(request.header("X-Trace", "c")).expect(400, .validation)
        #expect(twice.failures == ["header /X-Trace duplicate"])
    }

    @Test func reportsEveryFailureAtOnce() async throws {
        let request = TestRequest.get("/payments?limit=0&status=PAID&status=NO&filter[max]=1&where=x&where=y")
            .header("X-Trace", "abcde")
        let response = try await ServiceFixture().client().send(request).expect(400, .validation)
        #expect(
            Set(response.failures) == [
                "query /limit minimum", "query /status/1 enum", "query /filter/max additionalProperties",
                "query /where duplicate", "header /X-Trace maxLength",
            ])
        #expect(!response.text.contains("abcde"))
    }

    @Test(arguments: [
        ("/payments?limit=abc", "query /limit type"), ("/payments?limit=1&limit=2", "query /limit duplicate"),
        ("/payments?limit=%zz", "query /limit encoding"), ("/payments?where=%7B", "query /where type"),
        ("/payments?where=%7B%7D", "query /where required"), ("/payments?limit=101", "query /limit maximum"),
        ("/payments?limit=1.5", "query /limit type"), ("/payments?limit=", "query /limit type"),
    ])
    func refusesWrongParameters(_ target: String, _ failure: String) async throws {
        let response = try await ServiceFixture().client().get(target).expect(400, .validation)
        #expect(response.failures == [failure])
    }

    @Test func anUnfitPathParameterIsNotFoundWhereThatIsDeclared() async throws {
        let client = try ServiceFixture().client()
        try await client.get("/payments/7", bearer: "ann..").expect(404, .notFound)
        let declaresNo404 = try await client.get("/codes/x").expect(400, .validation)
        #expect(declaresNo404.failures == ["path /n type"])
        try await client.get("/codes/%ff").expect(400, .validation)
        let found = try await client.get("/codes/12").expect(200)
        #expect(found.json?["n"] == 12)
    }

    @Test func unknownQueryParametersAreRefusedWhereTheDocumentSaysSo() async throws {
        let client = try ServiceFixture().client()
        try await client.get("/strict?x=1").expect(200)
        let response = try await client.get("/strict?x=1&y/=2").expect(400, .validation)
        #expect(response.failures == ["query /y~1 additionalProperties"])
    }

    @Test func conditionalRequestsAreAnsweredWithoutContent() async throws {
        let client = try ServiceFixture().client()
        let fresh = try await client.get("/payments/\(Self.id)", bearer: "ann..").expect(200)
        try fresh.expect(header: "ETag", "\"v7\"")
        #expect(fresh.json == .string(Self.id))
        let request = TestRequest.get("/payments/\(Self.id)").bearer("ann..")
        let same = try await client.send(request.header("If-None-Match", "\"v1\", W/\"v7\"")).expect(304)
        #expect(same.body.isEmpty)
        try same.expect(header: "ETag", "\"v7\"")
        #expect(same.headers["Content-Type"] == nil)
        try await client.send(request.header("If-None-Match", "\"v8\"")).expect(200)
    }

    @Test func privateAnswersAreNotStored() async throws {
        let client = try ServiceFixture().client()
        try await client.get("/admin", bearer: "ann.ADMIN.").expect(200).expect(header: "Cache-Control", "no-store")
        try await client.get("/payments/\(Self.id)", bearer: "ann..").expect(
            header: "Cache-Control", "private, no-cache")
        try await client.send(.put("/note")).expect(header: "Cache-Control", "no-store")
        try await client.get("/admin").expect(401).expect(header: "Cache-Control", "no-store")
        let open = try await client.get("/health")
        #expect(open.headers["Cache-Control"] == nil)
    }

    @Test func aFailureNamesItsLimit() async throws {
        let response = try await ServiceFixture().client().get("/payments?limit=101").expect(400)
        let expected: JSONValue = [
            "in": "query", "pointer": "/limit", "keyword": "maximum", "expected": "100",
            "message": "must be at most 100",
        ]
        #expect(response.json?["error"]?["details"] == .array([expected]))
    }

    @Test func errorBodiesStaySmall() async throws {
        let client = try ServiceFixture().client()
        let response = try await client.get("/choice?one=x").expect(400, .validation)
        #expect(response.body.count < 700)
        let long = String(repeating: "n", count: 5_000)
        let named = try await client.get("/strict?\(long)=1").expect(400, .validation)
        #expect(named.body.count < 400)
    }

    @Test(arguments: [
        ("application/json", 200, "application/json"), ("text/csv", 200, "text/csv"), ("*/*", 200, "application/json"),
        ("text/*", 200, "text/csv"), ("image/png", 406, "application/json"), ("text/csv;q=0", 406, "application/json"),
        ("application/problem+json", 200, "application/json"),
    ])
    func answersInAnAcceptableMediaType(_ accept: String, _ status: Int, _ contentType: String) async throws {
        let request = TestRequest.get("/report").header("Accept", accept)
        try await ServiceFixture().client().send(request).expect(HTTPStatus(status))
            .expect(header: "Content-Type", contentType)
    }

    @Test func errorsAreProblemsWhereTheClientAsks() async throws {
        let request = TestRequest.get("/payments?limit=0").header("Accept", "application/problem+json")
        let fixture = try ServiceFixture()
        let response = try await fixture.client().send(request).expect(400, .validation)
        try response.expect(header: "Content-Type", "application/problem+json")
        #expect(response.json?["status"] == 400)
        #expect(response.failures == ["query /limit minimum"])
        try fixture.recorder.check()
    }

    @Test func handlersErrorsBecomeResponses() async throws {
        let fixture = try ServiceFixture()
        let client = try fixture.client()
        let problem = try await client.get("/fail?mode=problem").expect(409, .conflict)
        try problem.expect(header: "Retry-After", "3")
        try await client.get("/fail?mode=cancelled").expect(503, .unavailable)
        try await client.get("/fail?mode=notImplemented").expect(501, .notImplemented)
        let unexpected = try await client.get("/fail?mode=x").expect(500, .internal)
        #expect(unexpected.json?["error"]?["requestId"] == "test-4")
        #expect(!unexpected.text.contains("hunter2"))
        #expect(fixture.sink.text.contains("Boom"))
    }

    @Test func aPassedDeadlineIsAnsweredWithoutTheHandler() async throws {
        let fixture = try ServiceFixture()
        let service = try APIService([Endpoint(fixture.table["health"]) { _ in Response(200) }])
        let context = RequestContext(deadline: fixture.time.monotonicNow, time: fixture.time)
        let response = await service.respond(to: Request(.get, "/health"), context)
        #expect(response.status == 503)
        #expect(context.route?.operationID == "health")
    }

    @Test func admissionIsAskedForEveryRequestAndMarksEveryAnswer() async throws {
        struct Odd: Admission {
            func admit(_ request: Request, to route: Route?, _ context: RequestContext) async throws -> HTTPFields {
                if request.headers.contains("X-Refuse") { throw Problem(429, .tooManyRequests, "Too many requests") }
                return ["X-Seen": route?.operationID ?? "none"]
            }

            func admit(
                _ request: Request, to route: Route, by principal: Principal, _ context: RequestContext
            ) async throws -> HTTPFields { ["X-Caller": principal.subject] }
        }
        let client = try ServiceFixture().client { $0.admission = Odd() }
        try await client.get("/health").expect(200).expect(header: "X-Seen", "health")
        try await client.get("/nothing").expect(404).expect(header: "X-Seen", "none")
        try await client.send(.post("/health")).expect(405).expect(header: "X-Seen", "none")
        try await client.get("/admin").expect(401).expect(header: "X-Seen", "admin")
        try await client.get("/admin", bearer: "ann..").expect(403).expect(header: "X-Seen", "admin")
        let known = try await client.get("/admin", bearer: "ann.ADMIN.").expect(200)
        try known.expect(header: "X-Caller", "ann")
        try await client.send(.get("/admin").header("X-Refuse", "1")).expect(429, .tooManyRequests)
        try await client.send(.get("/nothing").header("X-Refuse", "1")).expect(429, .tooManyRequests)
    }

    @Test func theContextLearnsRouteAndPrincipal() async throws {
        let fixture = try ServiceFixture()
        let service = try APIService(
            [Endpoint(fixture.table["admin"]) { _ in Response(200) }], authenticators: ServiceFixture.authenticators)
        let context = RequestContext()
        let request = Request(.get, "/admin", headers: ["Authorization": "Bearer ann.ADMIN."])
        _ = await service.respond(to: request, context)
        #expect(context.route?.template == "/admin")
        #expect(context.principal?.subject == "ann")
    }
}
