import LockstepRuntime
import Testing

@testable import LockstepServer

@Suite("CORS") struct CORSTests {
    private func harness() throws -> MiddlewareHarness {
        let cors = try #require(CORS(origins: ["https://app.example.com", "http://localhost:5173"]))
        return MiddlewareHarness(cors: cors, service: try SmallService.make())
    }

    @Test func aListedOriginMayReadTheResponse() async throws {
        let response = try await harness().send(.get, "/health/live", ["Origin": "https://app.example.com"])
        #expect(response.headers["Access-Control-Allow-Origin"] == "https://app.example.com")
        #expect(response.headers["Access-Control-Allow-Credentials"] == "true")
        #expect(response.headers["Vary"] == "Origin")
        #expect(response.headers.list("Access-Control-Expose-Headers").contains("RateLimit"))
    }

    @Test(arguments: [
        "https://evil.example", "null", "https://app.example.com.evil.example", "https://APP.example.com",
        "http://app.example.com", "https://app.example.com:8443", "https://app.example.com/", "",
    ])
    func anyOtherOriginIsNotNamed(_ origin: String) async throws {
        let response = try await harness().send(.get, "/health/live", ["Origin": origin])
        #expect(!response.headers.contains("Access-Control-Allow-Origin"))
        #expect(!response.headers.contains("Access-Control-Allow-Credentials"))
        #expect(response.headers["Vary"] == "Origin")
        #expect(response.status == 200)
    }

    @Test func responsesVaryByOriginEvenWithoutOne() async throws {
        let response = try await harness().send(.get, "/health/live")
        #expect(response.headers["Vary"] == "Origin")
    }

    @Test func anErrorMayBeReadToo() async throws {
        let response = try await harness().send(.get, "/nowhere", ["Origin": "https://app.example.com"])
        #expect(response.status == 404)
        #expect(response.headers["Access-Control-Allow-Origin"] == "https://app.example.com")
    }

    @Test func aPreflightIsAnsweredFromTheRouteTable() async throws {
        let response = try await harness().send(
            .options, "/api/things/7",
            [
                "Origin": "http://localhost:5173", "Access-Control-Request-Method": "DELETE",
                "Access-Control-Request-Headers": "Authorization, content-type, x-evil",
            ])
        #expect(response.status == 204)
        let methods = response.headers.list("Access-Control-Allow-Methods")
        #expect(methods.contains("DELETE"))
        #expect(methods.contains("GET"))
        #expect(!methods.contains("POST"))
        #expect(response.headers["Access-Control-Allow-Headers"] == "authorization, content-type")
        #expect(response.headers["Access-Control-Max-Age"] == "600")
        #expect(response.headers["Access-Control-Allow-Origin"] == "http://localhost:5173")
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test func aPreflightNeedsNoCredential() async throws {
        let response = try await harness().send(
            .options, "/api/things",
            ["Origin": "http://localhost:5173", "Access-Control-Request-Method": "GET"])
        #expect(response.status == 204)
    }

    @Test func aPreflightFromElsewhereIsGivenNothing() async throws {
        let response = try await harness().send(
            .options, "/api/things/7", ["Origin": "https://evil.example", "Access-Control-Request-Method": "DELETE"])
        #expect(!response.headers.contains("Access-Control-Allow-Methods"))
        #expect(!response.headers.contains("Access-Control-Allow-Origin"))
    }

    @Test(arguments: [
        "*", "null", "app.example.com", "https://", "https://app.example.com/", "https://App.example.com", "ftp://a",
    ])
    func onlyOriginsCanBeListed(_ origin: String) {
        #expect(CORS(origins: [origin]) == nil)
    }
}
