internal import LockstepPostgres
internal import LockstepRuntime
internal import PlatformCore

/// Sessions and their refresh tokens in PostgreSQL. Each change is one statement, and so atomic, with its audit row in it.
struct SessionStore: Sendable {
    /// A refresh token's row, with what decides about its use.
    struct TokenState: Sendable {
        let sessionID: UUID
        let expiresAt: Timestamp
        let usedAt: Timestamp?
        let isSuccessorUnused: Bool
        let isSessionOpen: Bool
    }

    /// An open session and whose it is.
    struct OpenSession: Sendable {
        let id: UUID
        let account: Account
        let startedAt: Timestamp
        let expiresAt: Timestamp
    }

    let database: Database

    /// Opens a session with its first refresh token. A login is told to others; the session of a registration is part
    /// of that event.
    nonisolated(nonsending) func open(
        _ session: OpenSession, tokenHash: [UInt8], tokenExpiry: Timestamp, isLogin: Bool, by origin: Origin,
        in runner: some QueryRunner
    ) async throws {
        let now = session.startedAt
        try await runner.execute(
            """
            with session as (
                insert into auth.sessions (id, user_id, created_at, expires_at, ip_address, user_agent)
                values (\(session.id), \(session.account.id), \(now), \(session.expiresAt),
                    \(origin.address)::text::inet, \(origin.userAgent))
                returning id, user_id
            ), audited as (
                insert into admin.audit_logs
                    (user_id, action, resource_type, resource_id, ip_address, user_agent, created_at)
                select user_id, 'auth.login', 'session', id, \(origin.address)::text::inet, \(origin.userAgent), \(now)
                from session
            ), told as (
                insert into events.outbox (type, aggregate_id, payload, traceparent, occurred_at)
                select 'auth:user:logged_in', user_id,
                    jsonb_build_object('userId', user_id, 'email', \(session.account.email)::text,
                        'role', \(session.account.role.rawValue)::text, 'sessionId', id),
                    \(origin.traceparent), \(now)
                from session where \(isLogin)
            )
            insert into auth.refresh_tokens
                (session_id, user_id, token_hash, created_at, expires_at, ip_address, user_agent)
            select id, user_id, \(tokenHash), \(now), \(tokenExpiry), \(origin.address)::text::inet, \(origin.userAgent)
            from session
            """)
    }

    /// Uses a refresh token up and puts its successor in its place; nil unless it was valid and unused. Of several that
    /// try at once, one succeeds.
    func rotate(
        _ hash: [UInt8], to successor: [UInt8], id: UUID, now: Timestamp, successorExpiry: Timestamp,
        by origin: Origin
    ) async throws -> OpenSession? {
        let rows = try await database.system.query(
            """
            with used as (
                update auth.refresh_tokens token set used_at = \(now), replaced_by = \(id)
                from auth.sessions session, auth.users account
                where token.token_hash = \(hash) and token.used_at is null and token.expires_at > \(now)
                    and session.id = token.session_id and session.revoked_at is null and session.expires_at > \(now)
                    and account.id = token.user_id and account.status = 'active' and account.deleted_at is null
                returning account.id as user_id, account.email, account.name, account.role, account.email_verified,
                    account.created_at, account.updated_at, session.id as session_id,
                    session.created_at as started_at, session.expires_at
            ), made as (
                insert into auth.refresh_tokens
                    (id, session_id, user_id, token_hash, created_at, expires_at, ip_address, user_agent)
                select \(id), session_id, user_id, \(successor), \(now), least(\(successorExpiry), expires_at),
                    \(origin.address)::text::inet, \(origin.userAgent) from used
            )
            select * from used
            """)
        return try rows.oneOrNone().map(OpenSession.init)
    }

    /// How a refresh token stands; nil for one that was never issued.
    func state(of hash: [UInt8], now: Timestamp) async throws -> TokenState? {
        let rows = try await database.system.query(
            """
            select token.session_id, token.expires_at, token.used_at,
                successor.id is not null and successor.used_at is null,
                session.revoked_at is null and session.expires_at > \(now)
                    and account.status = 'active' and account.deleted_at is null
            from auth.refresh_tokens token
            join auth.sessions session on session.id = token.session_id
            join auth.users account on account.id = token.user_id
            left join auth.refresh_tokens successor on successor.id = token.replaced_by
            where token.token_hash = \(hash)
            """)
        return try rows.oneOrNone().map { row in
            TokenState(
                sessionID: try row[0], expiresAt: try row[1], usedAt: try row[2], isSuccessorUnused: try row[3],
                isSessionOpen: try row[4])
        }
    }

    /// The session of a refresh token, used or not; nil for one that was never issued.
    func session(of hash: [UInt8]) async throws -> UUID? {
        let rows = try await database.system.query(
            "select session_id from auth.refresh_tokens where token_hash = \(hash)")
        return try rows.oneOrNone().map { row in try row[0] }
    }

    /// The session, if it is open and its account may be used.
    func openSession(_ id: UUID, now: Timestamp) async throws -> OpenSession? {
        let rows = try await database.system.read(
            """
            select account.id, account.email, account.name, account.role, account.email_verified, account.created_at,
                account.updated_at, session.id, session.created_at, session.expires_at
            from auth.sessions session join auth.users account on account.id = session.user_id
            where session.id = \(id) and session.revoked_at is null and session.expires_at > \(now)
                and account.status = 'active' and account.deleted_at is null
            """)
        return try rows.oneOrNone().map(OpenSession.init)
    }

    /// Ends a session, once; says under `action` why.
    func revoke(_ id: UUID, _ action: RevocationCause, by origin: Origin, at now: Timestamp) async throws {
        try await database.system.execute(
            """
            with ended as (
                update auth.sessions set revoked_at = \(now), revoke_reason = \(action.rawValue)
                where id = \(id) and revoked_at is null
                returning id, user_id
            ), told as (
                insert into events.outbox (type, aggregate_id, payload, traceparent, occurred_at)
                select 'auth:user:logged_out', user_id,
                    jsonb_build_object('userId', user_id, 'sessionId', id, 'reason', \(action.rawValue)::text),
                    \(origin.traceparent), \(now)
                from ended
            )
            insert into admin.audit_logs
                (user_id, action, resource_type, resource_id, ip_address, user_agent, created_at)
            select user_id, \("auth." + action.rawValue), 'session', id, \(origin.address)::text::inet,
                \(origin.userAgent), \(now)
            from ended
            """)
    }

    /// Records a failed sign-in, for a known account or an unknown one.
    func recordFailure(for user: UUID?, by origin: Origin, at now: Timestamp) async throws {
        try await database.system.execute(
            """
            insert into admin.audit_logs
                (user_id, action, resource_type, resource_id, ip_address, user_agent, created_at)
            values (\(user), 'auth.login_failed', 'user', \(user), \(origin.address)::text::inet,
                \(origin.userAgent), \(now))
            """)
    }
}

/// Why a session ended; with `auth.` before it, also the audit row's action.
enum RevocationCause: String, Sendable {
    case logout
    case tokenReuse = "token_reuse"
}

extension SessionStore.OpenSession {
    /// From the account's seven columns, then the session's id, start and end.
    init(_ row: Row) throws {
        self.init(
            id: try row[7], account: try Account(row), startedAt: try row[8], expiresAt: try row[9])
    }
}
