import LockstepEventLoop
import LockstepPostgres
import LockstepRuntime
import PlatformAuth
import PlatformCore
import PlatformTestSupport

/// An auth service over a database of its own, cheap hashes, and a time that stands still.
struct AuthFixture: Sendable {
    let database: PlatformDatabase
    let service: AuthService
    let verified: VerifiedTokens
    let accessTokens: AccessTokens
    let hasher: PasswordHasher
    let oneTime = OneTimeTokens(key: Secret("the one-time key of these tests, 32 b."))
    let now = Timestamp(seconds: 1_767_225_600)
    let origin = Origin(address: "192.0.2.7")

    static let password = "correct horse battery"

    init(
        _ database: PlatformDatabase, autoconfirm: Bool = true, requiresVerifiedEmail: Bool = false, leeway: Int64 = 10
    ) throws {
        self.database = database
        hasher = PasswordHasher(
            pool: PlatformDatabase.blocking, cost: 4, pepper: Secret("the pepper of these tests, 32 b."))
        accessTokens = AccessTokens(
            signature: .es256(KeyRing(active: try SigningKey.generate())), issuer: "test", audience: "test",
            lifetime: 900)
        verified = VerifiedTokens(limit: 64)
        verified.setTold(true)
        service = AuthService(
            database: database.auth, hasher: hasher, accessTokens: accessTokens,
            refreshTokens: RefreshTokens(secret: Secret("the refresh secret of these tests")), verified: verified,
            oneTime: oneTime,
            policy: AuthService.Policy(
                autoconfirm: autoconfirm, requiresVerifiedEmail: requiresVerifiedEmail, refreshLifetime: 604_800,
                sessionLifetime: 2_592_000, leeway: leeway))
    }

    /// A registered account's first tokens.
    func register(_ email: String = "ada@example.com") async throws -> AuthService.Grant {
        let registration = try await service.register(
            email: email, password: Self.password, name: "Ada", from: origin, at: now)
        guard case .open(let grant) = registration else { throw AuthError.noCredential }
        return grant
    }

    /// How many audit rows have this action.
    func audited(_ action: String) async throws -> Int {
        let rows = try await database.owner.system.query(
            "select count(*)::int8 from admin.audit_logs where action = \(action)")
        return try rows.one()[0]
    }
}

/// Runs `body` with a fresh service.
func withAuth(
    autoconfirm: Bool = true, requiresVerifiedEmail: Bool = false, leeway: Int64 = 10,
    _ body: @escaping @Sendable (AuthFixture) async throws -> Void
) async throws {
    try await PlatformDatabase.with { database in
        try await body(
            try AuthFixture(
                database, autoconfirm: autoconfirm, requiresVerifiedEmail: requiresVerifiedEmail, leeway: leeway))
    }
}
