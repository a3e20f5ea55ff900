import Foundation
import LockstepEventLoop
import LockstepPostgres
import LockstepRuntime
import LockstepServer
import LockstepTesting
import PlatformAssembly
import PlatformCore
import PlatformTestSupport
import Testing

/// A whole instance over a database of its own, called in process through all its middleware.
struct PlatformFixture: Sendable {
    let client: TestClient
    let platform: Platform
    let recorder: DriftRecorder
    let database: PlatformDatabase

    static let password = "correct horse battery"

    /// Who calls: nobody, or an account of a role.
    enum Caller: String, CaseIterable, Sendable {
        case nobody
        case customer = "CUSTOMER"
        case vendor = "VENDOR"
        case admin = "ADMIN"
    }

    /// The access token of a new account of the role; nil for nobody.
    func token(_ caller: Caller, _ address: String = UUID().uuidString) async throws -> String? {
        guard caller != .nobody else { return nil }
        let email = "\(address)@example.com"
        let body: JSONValue = [
            "email": .string(email), "password": .string(Self.password), "name": "A caller",
        ]
        let response = try await client.post("/api/auth/register", json: body).expect(201)
        if caller != .customer {
            try await database.owner.system.execute(
                "update auth.users set role = \(caller.rawValue) where email = \(email)")
        }
        return try #require(response.json?["data"]?["accessToken"]?.string)
    }

    /// A new payment of the caller; a customer's is completed, a vendor's initiated.
    func payment(_ token: String?, _ caller: Caller, amount: JSONValue = "10.50") async throws -> TestResponse {
        try await client.send(
            .post("/api/payments").bearer(token).header("Idempotency-Key", UUID().uuidString)
                .json(["type": caller == .vendor ? "initiate" : "payment", "amount": amount, "currency": "EUR"]))
    }
}

/// Runs `body` with a fresh instance; then no answer may have differed from the document.
func withPlatform(
    _ variables: [String: String] = [:], services: Set<ServiceName> = Set(ServiceName.allCases),
    _ body: @escaping @Sendable (PlatformFixture) async throws -> Void
) async throws {
    let keys = FileManager.default.temporaryDirectory.appending(path: "platform-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: keys) }
    let group = try EventLoopGroup(count: 1)
    let recorder = DriftRecorder()
    try await PlatformDatabase.with { database in
        var all = [
            "NODE_ENV": "test", "DATABASE_URL": database.url, "BCRYPT_COST": "4", "RATE_PROFILE": "off",
            "DATABASE_POOL_SIZE": "2", "JWT_KEY_FILE": keys.appending(path: "jwt.pem").path(), "LOG_LEVEL": "fatal",
            "DOCS_ASSETS": keys.path(),
        ]
        all.merge(variables) { $1 }
        let configuration = try Configuration.load(all, dotEnv: "/nowhere")
        try await Task(executorPreference: group.loops[0]) {
            let platform = try Platform(
                configuration, services: services, on: group,
                telemetry: Telemetry(output: LogOutput(collecting: 1 << 16), level: .fatal),
                blocking: PlatformDatabase.blocking, recorder: recorder)
            defer { platform.close() }
            try await body(
                PlatformFixture(
                    client: .inProcess(platform.responder), platform: platform, recorder: recorder, database: database))
        }.value
    }
    group.stop()
    try recorder.check()
}
