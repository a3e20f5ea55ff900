import GoldenSecurity
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated security")
struct SecurityTests {
    private func service() throws -> TestClient {
        try client(
            (Handler() as any UsersAPI).endpoints + (Handler() as any SystemAPI).endpoints, Gate().authenticators)
    }

    @Test("an operation is closed by default, and its handler knows the caller")
    func token() async throws {
        let client = try service()
        _ = try await client.get("/me").expect(401)
        _ = try await client.get("/me", bearer: "eve").expect(401)
        #expect(try await client.get("/me", bearer: "bob").expect(200).text == "bob")
    }

    @Test("roles, and another scheme instead")
    func alternatives() async throws {
        let client = try service()
        _ = try await client.send(.delete("/users").bearer("bob")).expect(403)
        _ = try await client.send(.delete("/users").bearer("ada")).expect(204)
        _ = try await client.send(.delete("/users").basic("ada", "secret")).expect(204)
        _ = try await client.send(.delete("/users").basic("ada", "wrong")).expect(401)
    }

    @Test("credentials are optional where the document says so, and not asked for where it needs none")
    func optional() async throws {
        let client = try service()
        #expect(try await client.get("/greeting").expect(200).text == "Hello stranger")
        #expect(try await client.send(.get("/greeting").header("X-Key", "abc")).expect(200).text == "Hello key 3")
        _ = try await client.get("/health").expect(204)
    }
}
