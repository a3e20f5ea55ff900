internal import LockstepPostgres
internal import LockstepRuntime
internal import PlatformCore

/// Tokens for one use in PostgreSQL. Each use is one statement with its effect, so that of several one succeeds.
struct OneTimeTokenStore: Sendable {
    let database: Database

    /// A token for an account.
    nonisolated(nonsending) func insert(
        _ id: UUID, for user: UUID, _ purpose: OneTimeTokens.Purpose, hash: [UInt8], at now: Timestamp,
        in runner: some QueryRunner
    ) async throws {
        try await runner.execute(
            """
            insert into auth.one_time_tokens (id, user_id, purpose, token_hash, created_at, expires_at)
            values (\(id), \(user), \(purpose.rawValue), \(hash), \(now), \(now + purpose.lifetime))
            """)
    }

    /// Whether a token could be used now.
    func isValid(_ hash: [UInt8], for purpose: OneTimeTokens.Purpose, at now: Timestamp) async throws -> Bool {
        let rows = try await database.system.query(
            """
            select from auth.one_time_tokens
            where token_hash = \(hash) and purpose = \(purpose.rawValue) and used_at is null and expires_at > \(now)
            """)
        return !rows.isEmpty
    }

    /// Uses a token up: its account's address is verified. False if it cannot be used.
    func verifyEmail(_ hash: [UInt8], by origin: Origin, at now: Timestamp) async throws -> Bool {
        let rows = try await database.system.query(
            """
            with used as (
                update auth.one_time_tokens set used_at = \(now)
                where token_hash = \(hash) and purpose = 'verify_email' and used_at is null and expires_at > \(now)
                returning user_id
            ), verified as (
                update auth.users account set email_verified = true from used
                where account.id = used.user_id and account.status = 'active' and account.deleted_at is null
                returning account.id
            ), audited as (
                insert into admin.audit_logs
                    (user_id, action, resource_type, resource_id, ip_address, user_agent, created_at)
                select id, 'auth.email_verified', 'user', id, \(origin.address)::text::inet, \(origin.userAgent), \(now)
                from verified
            )
            select id from verified
            """)
        return !rows.isEmpty
    }

    /// Uses a token up: its account has this password now, and no session and no other such token any more. Returns the account; nil
    /// if the token cannot be used.
    func setPassword(
        _ hash: [UInt8], passwordHash: String, by origin: Origin, at now: Timestamp
    ) async throws -> UUID? {
        let rows = try await database.system.query(
            """
            with used as (
                update auth.one_time_tokens set used_at = \(now)
                where token_hash = \(hash) and purpose = 'set_password' and used_at is null and expires_at > \(now)
                returning id, user_id
            ), changed as (
                update auth.users account set password_hash = \(passwordHash) from used
                where account.id = used.user_id and account.status = 'active' and account.deleted_at is null
                returning account.id
            ), others as (
                update auth.one_time_tokens token set used_at = \(now) from changed, used
                where token.user_id = changed.id and token.purpose = 'set_password' and token.used_at is null
                    and token.id <> used.id
            ), ended as (
                update auth.sessions session set revoked_at = \(now), revoke_reason = 'password_reset' from changed
                where session.user_id = changed.id and session.revoked_at is null
            ), audited as (
                insert into admin.audit_logs
                    (user_id, action, resource_type, resource_id, ip_address, user_agent, created_at)
                select id, 'auth.password_reset', 'user', id, \(origin.address)::text::inet, \(origin.userAgent), \(now)
                from changed
            ), told as (
                insert into events.outbox (type, aggregate_id, payload, traceparent, occurred_at)
                select 'auth:password:changed', id, jsonb_build_object('userId', id), \(origin.traceparent), \(now)
                from changed
            )
            select id from changed
            """)
        return try rows.oneOrNone().map { row in try row[0] }
    }

    /// Removes tokens that expired before `time`, some at a time.
    func removeExpired(before time: Timestamp) async throws {
        try await database.system.execute(
            """
            delete from auth.one_time_tokens
            where id in (select id from auth.one_time_tokens where expires_at < \(time) limit 1000)
            """)
    }
}
