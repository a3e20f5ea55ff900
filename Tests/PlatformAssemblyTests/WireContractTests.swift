import Foundation
import LockstepRuntime
import LockstepServer
import LockstepTesting
import PlatformAPI
import PlatformAssembly
import PlatformTestSupport
import Testing

/// What the source documents and their readers say about the wire, byte by byte where they do.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct WireContractTests {
    /// A-19.
    @Test func theTwoUnauthorizedBodiesAreExact() async throws {
        try await withPlatform { platform in
            let none = try await platform.client.get("/api/auth/me")
            #expect(none.status == 401)
            #expect(none.text == #"{"success":false,"error":{"code":"UNAUTHORIZED","message":"No token provided"}}"#)
            #expect(none.headers["WWW-Authenticate"] == "Bearer")
            let wrong = try await platform.client.get("/api/auth/me", bearer: "nonsense")
            #expect(wrong.text == #"{"success":false,"error":{"code":"UNAUTHORIZED","message":"Invalid token"}}"#)
            #expect(wrong.headers["WWW-Authenticate"] == #"Bearer error="invalid_token""#)
            // The source's code took a raw token without the scheme.
            let token = try #require(try await platform.token(.customer))
            let raw = try await platform.client.send(.get("/api/auth/me").header("Authorization", token))
            #expect(raw.status == 401)
        }
    }

    /// A-01: the role is never read from the body.
    @Test func aRoleInARegistrationIsIgnored() async throws {
        try await withPlatform { platform in
            let body = #"{"email":"a@x.io","password":"long enough","name":"A","role":"ADMIN"}"#
            let response = try await platform.client.send(.post("/api/auth/register").json(body)).expect(201)
            #expect(response.json?["data"]?["user"]?["role"]?.string == "CUSTOMER")
            let again = try await platform.client.send(.post("/api/auth/register").json(body))
            #expect(again.status == 409 && again.errorCode == "EMAIL_TAKEN")
        }
    }

    /// N-33: what a visitor sees is the same for a new and a known address.
    @Test func withoutAutoconfirmTheAnswerTellsNothing() async throws {
        try await withPlatform(["AUTH_AUTOCONFIRM": "false", "REQUIRE_VERIFIED_EMAIL": "true"]) { platform in
            var answers: Set<String> = []
            for _ in 0..<2 {
                let response = try await platform.client.post(
                    "/api/auth/register",
                    json: ["email": "ada@example.com", "password": .string(PlatformFixture.password), "name": "Ada"]
                ).expect(202)
                answers.insert(response.text)
            }
            #expect(answers.count == 1)
            let token = String(repeating: "A", count: 43)
            for path in ["verify-email", "reset-password"] {
                var body: JSONValue = ["token": .string(token)]
                if path == "reset-password" { body = ["token": .string(token), "password": "long enough"] }
                let refused = try await platform.client.post("/api/auth/\(path)", json: body)
                #expect(refused.status == 400 && refused.errorCode == "INVALID_TOKEN")
            }
        }
    }

    /// D-A08: nothing in the answer tells an unknown address from a wrong password.
    @Test func aFailedLoginTellsNothing() async throws {
        try await withPlatform { platform in
            _ = try await platform.token(.customer, "known")
            var answers: Set<String> = []
            for (email, password) in [("known", "wrong password"), ("unknown", "wrong password"), ("known", "")] {
                let response = try await platform.client.post(
                    "/api/auth/login",
                    json: ["email": .string("\(email)@example.com"), "password": .string(password)])
                #expect(response.status == 401)
                answers.insert(response.text)
            }
            #expect(answers.count == 1)
        }
    }

    @Test func aSessionLivesAndDies() async throws {
        try await withPlatform { platform in
            let token = try #require(try await platform.token(.customer, "ada"))
            let login = try await platform.client.post(
                "/api/auth/login", json: ["email": "ada@example.com", "password": .string(PlatformFixture.password)]
            ).expect(200)
            let refresh = try #require(login.json?["data"]?["refreshToken"]?.string)
            // N-06: an expired or foreign bearer does not matter to a refresh.
            let next = try await platform.client.send(
                .post("/api/auth/refresh").bearer("expired").json(["refreshToken": .string(refresh)])
            ).expect(200)
            #expect(next.json?["data"]?["refreshToken"]?.string != refresh)
            _ = try await platform.client.send(.post("/api/auth/logout").bearer(token)).expect(200)
            #expect(try await platform.client.get("/api/auth/me", bearer: token).status == 401)
            #expect(try await platform.client.send(.post("/api/auth/logout")).status == 401)
        }
    }

    /// N-04: the same code in the envelope and as RFC 9457, where the client prefers it.
    @Test func errorsAreProblemDetailsWhereTheClientPrefersThem() async throws {
        try await withPlatform { platform in
            let response = try await platform.client.send(
                .get("/api/auth/me").header("Accept", "application/problem+json"))
            #expect(response.status == 401 && response.headers["Content-Type"] == "application/problem+json")
            #expect(response.json?["code"]?.string == "UNAUTHORIZED" && response.json?["status"]?.int == 401)
        }
    }

    /// G-09, G-14: all that is wrong is told, with where it is.
    @Test func everyValidationFailureIsTold() async throws {
        try await withPlatform { platform in
            let response = try await platform.client.post(
                "/api/auth/register", json: ["email": "no address", "password": "short", "unknown": 1]
            ).expect(400, .validation)
            let pointers = response.json?["error"]?["details"]?.array?.compactMap { $0["pointer"]?.string } ?? []
            #expect(Set(pointers).isSuperset(of: ["/email", "/password", "/unknown"]))
            #expect(!response.text.contains("no address"))
        }
    }

    /// N-02, N-02's names, D-F01.
    @Test func theSixthLoginIsRefusedWithItsQuota() async throws {
        try await withPlatform(["RATE_PROFILE": "default"]) { platform in
            let body: JSONValue = ["email": "ada@example.com", "password": "wrong password"]
            for _ in 0..<5 { _ = try await platform.client.post("/api/auth/login", json: body).expect(401) }
            let refused = try await platform.client.post("/api/auth/login", json: body)
            #expect(refused.status == 429 && refused.errorCode == "RATE_LIMITED")
            #expect(refused.headers["Retry-After"] != nil)
            #expect(refused.headers["RateLimit"]?.contains("\"credential\";r=0") == true)
            #expect(refused.headers["RateLimit-Policy"]?.contains("\"credential\";q=5;w=900") == true)
            let other: JSONValue = ["email": "eve@example.com", "password": "wrong password"]
            #expect(try await platform.client.post("/api/auth/login", json: other).status == 401)
        }
    }

    /// N-02: thirty refreshes of a session in five minutes, from wherever they come; other sessions are not held back.
    @Test func aSessionMayRefreshThirtyTimes() async throws {
        try await withPlatform(["RATE_PROFILE": "default"]) { platform in
            func session(_ name: String) async throws -> String {
                let body: JSONValue = [
                    "email": .string("\(name)@example.com"), "password": .string(PlatformFixture.password), "name": "A",
                ]
                let made = try await platform.client.post("/api/auth/register", json: body).expect(201)
                return try #require(made.json?["data"]?["refreshToken"]?.string)
            }
            func refresh(_ token: String) async throws -> TestResponse {
                try await platform.client.post("/api/auth/refresh", json: ["refreshToken": .string(token)])
            }
            var token = try await session("ada")
            for _ in 0..<30 {
                let next = try await refresh(token).expect(200)
                #expect(next.headers["RateLimit-Policy"] == "\"refresh\";q=30;w=300")
                token = try #require(next.json?["data"]?["refreshToken"]?.string)
            }
            #expect(try await refresh(token).status == 429)
            #expect(try await refresh(try await session("eve")).status == 200)
        }
    }

    @Test func theServedDocumentIsTheOneTheCodeCameFrom() async throws {
        try await withPlatform { platform in
            let served = try await platform.client.get("/openapi.json").expect(200)
            let embedded = try JSONDocument.parse(Contract.documentJSON.withUTF8Buffer { Array($0) }).value
            #expect(served.json == embedded)
            let yaml = try await platform.client.get("/openapi.yaml").expect(200)
            #expect(yaml.headers["Content-Type"] == "application/yaml" && yaml.text.hasPrefix("openapi: "))
            let keys = try await platform.client.get("/.well-known/jwks.json").expect(200)
            #expect(keys.json?["keys"]?.array?.count == 1 && !keys.text.contains("\"d\""))
        }
    }

    @Test func theDocsPageNeedsItsAssets() async throws {
        try await withPlatform { platform in
            let page = try await platform.client.get("/docs")
            let script = try await platform.client.get("/docs/docs.js")
            #expect(page.status == 404 && script.status == 404)
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "docs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png"] {
            try Data("asset".utf8).write(to: folder.appending(path: name))
        }
        try await withPlatform(["DOCS_ASSETS": folder.path()]) { platform in
            let page = try await platform.client.get("/docs").expect(200)
            let policy = try #require(page.headers["Content-Security-Policy"])
            #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
            #expect(page.headers.count(of: "Content-Security-Policy") == 1)
            #expect(!page.text.contains("<style") && !page.text.contains("style="))
            for name in ["docs.css", "docs.js", "swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"] {
                #expect(try await platform.client.get("/docs/\(name)").status == 200)
            }
            #expect(try await platform.client.get("/docs/..%2fjwt.pem").status == 404)
        }
    }

    /// `--services`: what an instance does not run, it does not know.
    @Test func anInstanceMayRunSomeServicesOnly() async throws {
        try await withPlatform(services: [.auth]) { platform in
            let token = try await platform.token(.customer)
            #expect(try await platform.client.get("/api/auth/me", bearer: token).status == 200)
            #expect(try await platform.client.get("/api/payments", bearer: token).status == 404)
            #expect(try await platform.client.get("/health/ready").status == 200)
        }
    }

    /// G-17.
    @Test func theVersionedPathsAreTheSame() async throws {
        try await withPlatform { platform in
            let versioned = try await platform.client.get("/api/v1/auth/me")
            #expect(versioned.status == 401)
        }
    }

    /// O-05.
    @Test func theAdminPortCountsActiveUsers() async throws {
        try await withPlatform { platform in
            let tokens = [try await platform.token(.customer), try await platform.token(.vendor)]
            for token in tokens + tokens {
                _ = try await platform.client.get("/api/auth/me", bearer: token).expect(200)
            }
            _ = try await platform.client.get("/api/auth/me", bearer: "nonsense").expect(401)
            let metrics = try await TestClient.inProcess(platform.platform.adminResponder).get("/metrics").expect(200)
            #expect(metrics.text.contains("active_users{window=\"5m\"} 2\n"))
            #expect(metrics.text.contains("active_users{window=\"1h\"} 2\n"))
        }
    }

    @Test func theLogLevelCanBeChangedAtTheAdminPort() async throws {
        try await withPlatform { platform in
            let admin = TestClient.inProcess(platform.platform.adminResponder)
            let telemetry = platform.platform.telemetry
            #expect(try await admin.get("/log-level").text == "fatal\n" && !telemetry.logger.isEnabled(.info))
            let changed = try await admin.send(TestRequest(.put, "/log-level").json("debug\n")).expect(200)
            #expect(changed.text == "debug\n" && telemetry.logger.isEnabled(.debug))
            #expect(!telemetry.logger.isEnabled(.trace))
            #expect(try await admin.send(TestRequest(.put, "/log-level").json("loud")).status == 400)
            #expect(try await admin.send(TestRequest(.delete, "/log-level")).status == 405)
            _ = try await platform.client.get("/health/live").expect(200)
            let log = String(decoding: telemetry.output.take(), as: UTF8.self)
            #expect(log.contains("log level changed") && log.contains(#""route":"/health/live""#))
        }
    }

    @Test func readinessEndsWithTheShutdownAndLivenessDoesNot() async throws {
        try await withPlatform { platform in
            #expect(try await platform.client.get("/health/ready").text == #"{"status":"ready"}"#)
            let health = try await platform.client.get("/health").expect(200)
            #expect(health.json?["services"]?["database"]?.string == "up")
            platform.platform.monitor.beginShutdown()
            #expect(try await platform.client.get("/health/ready").status == 503)
            #expect(try await platform.client.get("/health").json?["status"]?.string == "error")
            #expect(try await platform.client.get("/health/live").text == #"{"status":"ok"}"#)
        }
    }
}
