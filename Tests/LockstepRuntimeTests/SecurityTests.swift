import LockstepRuntime
import LockstepTesting
import Testing

@Suite struct SecurityTests {
    private static let noToken = #"{"success":false,"error":{"code":"UNAUTHORIZED","message":"No token provided"}}"#
    private static let invalid = #"{"success":false,"error":{"code":"UNAUTHORIZED","message":"Invalid token"}}"#

    @Test(
        arguments: [
            (nil, 401), ("Bearer ann.ADMIN.", 200), ("bearer ann.ADMIN.", 200), ("Bearer  ann.ADMIN.", 200),
            ("Bearer ann.CUSTOMER.", 403), ("Bearer ann.CUSTOMER+ADMIN.", 200), ("Bearer garbage", 401),
            ("Bearer expired", 401), ("ann.ADMIN.", 401), ("Bearerann.ADMIN.", 401), ("Bearer", 401), ("Bearer ", 401),
            ("Bearer ann.ADMIN. x", 401), ("Bearer ann.ADMIN.\u{E4}", 401), ("Basic YTpvcGVu", 401),
            ("Bearer down", 503),
        ] as [(String?, Int)])
    func checksBearerTokensAndRoles(_ authorization: String?, _ status: Int) async throws {
        var request = TestRequest.get("/admin")
        if let authorization { request = request.header("Authorization", authorization) }
        try await ServiceFixture().client().send(request).expect(HTTPStatus(status))
    }

    @Test func answersWithTheBodiesOfTheCatalogue() async throws {
        let client = try ServiceFixture().client()
        let missing = try await client.get("/admin").expect(401).expect(header: "WWW-Authenticate", "Bearer")
        #expect(missing.text == Self.noToken)
        let raw = try await client.send(.get("/admin").header("Authorization", "ann.ADMIN."))
        #expect(raw.text == Self.noToken)
        let wrong = try await client.get("/admin", bearer: "garbage").expect(401)
        try wrong.expect(header: "WWW-Authenticate", "Bearer error=\"invalid_token\"")
        #expect(wrong.text == Self.invalid)
        let forbidden = try await client.get("/admin", bearer: "ann.VENDOR.").expect(403, .forbidden)
        #expect(forbidden.json?["error"]?["message"] == "Insufficient permissions")
    }

    @Test func refusesTwoAuthorizationFields() async throws {
        let request = TestRequest.get("/admin").bearer("ann.ADMIN.").bearer("ann.ADMIN.")
        try await ServiceFixture().client().send(request).expect(401)
    }

    @Test(
        arguments: [
            ("ann.ADMIN.", nil, 200), ("ann.VENDOR.", nil, 200), ("ann.CUSTOMER.", nil, 403), (nil, "k1", 200),
            ("ann.CUSTOMER.", "k1", 200), (nil, nil, 401), (nil, "k2", 401), ("garbage", nil, 401),
        ] as [(String?, String?, Int)])
    func oneAlternativeIsEnough(_ token: String?, _ key: String?, _ status: Int) async throws {
        var request = TestRequest.get("/either").bearer(token)
        if let key { request = request.header("X-Key", key) }
        try await ServiceFixture().client().send(request).expect(HTTPStatus(status))
    }

    @Test func allSchemesOfAnAlternativeAreNeeded() async throws {
        let client = try ServiceFixture().client()
        try await client.send(.get("/both").bearer("ann..")).expect(401)
        try await client.send(.get("/both").header("X-Key", "k1")).expect(401)
        let both = try await client.send(.get("/both").bearer("ann..").header("X-Key", "k1")).expect(200)
        #expect(both.json?["principal"] == "ann")
        try await client.send(.get("/both").bearer("ann..").header("X-Key", "k1").header("X-Key", "k1")).expect(401)
    }

    @Test func optionalSecurityStillRefusesABadToken() async throws {
        let client = try ServiceFixture().client()
        let anonymous = try await client.get("/optional").expect(200)
        #expect(anonymous.json?["principal"] == nil)
        let known = try await client.get("/optional", bearer: "ann..").expect(200)
        #expect(known.json?["principal"] == "ann")
        try await client.get("/optional", bearer: "expired").expect(401)
    }

    @Test func scopesMustAllBeGranted() async throws {
        let client = try ServiceFixture().client()
        try await client.get("/scoped", bearer: "ann..read+write").expect(200)
        try await client.get("/scoped", bearer: "ann.read+write.read").expect(403)
    }

    @Test func readsBasicCredentials() async throws {
        let client = try ServiceFixture().client()
        let known = try await client.send(.get("/basic").basic("ann", "open")).expect(200)
        #expect(known.json?["principal"] == "ann")
        try await client.send(.get("/basic").basic("ann", "wrong")).expect(401)
        try await client.send(.get("/basic").header("Authorization", "Basic !!!")).expect(401)
        try await client.send(.get("/basic").header("Authorization", "Basic YW5u")).expect(401)
        let missing = try await client.get("/basic").expect(401)
        try missing.expect(header: "WWW-Authenticate", "Basic realm=\"api\", charset=\"UTF-8\"")
    }

    @Test func readsKeysFromTheQuery() async throws {
        let client = try ServiceFixture().client()
        let known = try await client.get("/query-key?key=k%31").expect(200)
        #expect(known.json?["principal"] == "k1")
        try await client.get("/query-key?key=").expect(401)
        try await client.get("/query-key?key=a&key=b").expect(401)
        try await client.get("/query-key?key=a&other=b").expect(400)
    }

    @Test func securityComesBeforeParametersAndBody() async throws {
        let client = try ServiceFixture().client()
        try await client.get("/payments/not-a-uuid").expect(401)
        try await client.get("/payments/not-a-uuid", bearer: "ann..").expect(404)
    }

    @Test func aSchemeWithoutAuthenticatorKeepsTheServiceFromStarting() throws {
        let table = try ServiceFixture().table
        let endpoint = Endpoint(table["admin"]) { _ in Response(200) }
        #expect(throws: ServiceConfigurationError.self) { try APIService([endpoint]) }
        let wrongKind: [String: Authenticator] = ["bearerAuth": .apiKey { _, _ in Principal(subject: "x") }]
        #expect(throws: ServiceConfigurationError.self) { try APIService([endpoint], authenticators: wrongKind) }
    }
}
