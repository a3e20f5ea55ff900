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

    @Test("any scheme of HTTP: its function is given what follows the scheme")
    func otherSchemes() async throws {
        let client = try service()
        func report(_ authorization: String) -> TestRequest {
            .get("/report").header("Authorization", authorization)
        }
        try await client.get("/report").expect(401).expect(header: "WWW-Authenticate", "Digest")
        #expect(try await client.send(report(#"digest a="b", response="right""#)).expect(200).text == "Digest")
        try await client.send(report(#"Digest a="b", response="wrong""#)).expect(401)
        try await client.send(report("Digest")).expect(401)
        try await client.send(report(#"Digester response="right""#)).expect(401)
        try await client.send(report("Bearer ada")).expect(401)
    }

    @Test("a client certificate: without one, without a name that is known, and without the role")
    func certificates() async throws {
        let client = try service()
        try await client.get("/status").expect(401).expect(header: "WWW-Authenticate", "ClientCertificate")
        let known = ClientCertificate(subject: "CN=a,OU=other", dnsNames: ["a.example"])
        let reporter = ClientCertificate(subject: "CN=b,OU=reports", dnsNames: ["b.example"])
        try await client.send(.get("/status").certificate(known)).expect(204)
        try await client.send(.get("/status").certificate(ClientCertificate(subject: "CN=c"))).expect(401)
        try await client.send(.get("/report").certificate(known)).expect(403)
        #expect(try await client.send(.get("/report").certificate(reporter)).expect(200).text == "b.example")
    }

    @Test("credentials are optional where the document says so, and not asked for where it needs none")
    func optional() async throws {
        let client = try service()
        #expect(try await client.get("/greeting").expect(200).text == "Hello stranger")
        #expect(try await client.send(.get("/greeting").header("X-Key", "abc")).expect(200).text == "Hello key 3")
        _ = try await client.get("/health").expect(204)
    }
}
