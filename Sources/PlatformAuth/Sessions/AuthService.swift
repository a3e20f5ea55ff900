public import LockstepPostgres
public import LockstepRuntime
internal import PlatformCore

/// Accounts and sessions: what the operations of `auth.yaml` do. Each ceremony has a file of its own.
public struct AuthService: Sendable {
    /// What the configuration decides.
    public struct Policy: Sendable {
        /// Whether an account can be used without verifying its address.
        public var autoconfirm: Bool
        /// Whether sign-in needs a verified address.
        public var requiresVerifiedEmail: Bool
        /// Seconds that a refresh token lives.
        public var refreshLifetime: Int64
        /// Seconds that a session lives at most, however often it is refreshed.
        public var sessionLifetime: Int64
        /// Seconds in which a second use of a refresh token counts as honest.
        public var leeway: Int64

        /// A policy of these parts.
        public init(
            autoconfirm: Bool, requiresVerifiedEmail: Bool, refreshLifetime: Int64, sessionLifetime: Int64,
            leeway: Int64
        ) {
            self.autoconfirm = autoconfirm
            self.requiresVerifiedEmail = requiresVerifiedEmail
            self.refreshLifetime = refreshLifetime
            self.sessionLifetime = sessionLifetime
            self.leeway = leeway
        }
    }

    /// A pair of tokens and whose they are.
    public struct Grant: Sendable {
        /// For the `Authorization` header.
        public let accessToken: String
        /// For the next refresh.
        public let refreshToken: String
        /// Seconds until the access token expires.
        public let expiresIn: Int64
        /// Whose they are.
        public let account: Account
    }

    let accounts: AccountStore
    let sessions: SessionStore
    let hasher: PasswordHasher
    let accessTokens: AccessTokens
    let refreshTokens: RefreshTokens
    let verified: VerifiedTokens
    let oneTime: OneTimeTokens
    let oneTimeStore: OneTimeTokenStore
    let policy: Policy

    /// The service over these parts.
    public init(
        database: Database, hasher: PasswordHasher, accessTokens: AccessTokens, refreshTokens: RefreshTokens,
        verified: VerifiedTokens, oneTime: OneTimeTokens, policy: Policy
    ) {
        accounts = AccountStore(database: database)
        sessions = SessionStore(database: database)
        self.hasher = hasher
        self.accessTokens = accessTokens
        self.refreshTokens = refreshTokens
        self.verified = verified
        self.oneTime = oneTime
        oneTimeStore = OneTimeTokenStore(database: database)
        self.policy = policy
    }

    /// The account behind a principal, as the database has it now.
    public func account(of principal: Principal) async throws -> Account {
        guard let id = UUID(text: principal.subject), let account = try await accounts.account(of: principal, id) else {
            throw AuthError.unknownAccount
        }
        return account
    }

    /// A session for an account that has just proved who it is.
    nonisolated(nonsending) func openSession(
        for account: Account, isLogin: Bool, from origin: Origin, at now: Timestamp, in runner: some QueryRunner
    ) async throws -> Grant {
        let token = refreshTokens.makeFirst()
        let session = SessionStore.OpenSession(
            id: UUID(), account: account, startedAt: now, expiresAt: now + policy.sessionLifetime)
        try await sessions.open(
            session, tokenHash: refreshTokens.hash(token),
            tokenExpiry: min(now + policy.refreshLifetime, session.expiresAt), isLogin: isLogin, by: origin,
            in: runner)
        return try grant(session, refreshToken: token, at: now)
    }

    /// A signed access token beside a refresh token.
    func grant(_ session: SessionStore.OpenSession, refreshToken: String, at now: Timestamp) throws -> Grant {
        let expiresAt = min(now.seconds + Int64(accessTokens.lifetime), session.expiresAt.seconds)
        let claims = AccessClaims(
            userID: session.account.id, sessionID: session.id, email: session.account.email,
            role: session.account.role.rawValue, tokenID: UUID().text, issuedAt: now.seconds, expiresAt: expiresAt,
            authenticatedAt: session.startedAt.seconds)
        return Grant(
            accessToken: try accessTokens.sign(claims), refreshToken: refreshToken,
            expiresIn: max(1, expiresAt - now.seconds), account: session.account)
    }
}
