internal import LockstepPostgres
internal import LockstepRuntime
internal import PlatformCore

/// Accounts in PostgreSQL.
struct AccountStore: Sendable {
    /// What sign-in needs besides the account itself.
    struct Credentials: Sendable {
        let account: Account
        let passwordHash: String?
        let isActive: Bool
    }

    let database: Database

    /// The account of an address, without regard to case.
    func credentials(email: String) async throws -> Credentials? {
        let rows = try await database.system.query(
            """
            select id, email, name, role, email_verified, created_at, updated_at, password_hash,
                status = 'active' and deleted_at is null
            from auth.users where lower(email) = lower(\(email))
            """)
        guard let row = try rows.oneOrNone() else { return nil }
        return Credentials(account: try Account(row), passwordHash: try row[7], isActive: try row[8])
    }

    /// The caller's account, read with the caller's own rights.
    func account(of principal: Principal, _ id: UUID) async throws -> Account? {
        let rows = try await database.scoped(to: principal).read(
            """
            select id, email, name, role, email_verified, created_at, updated_at
            from auth.users where id = \(id) and deleted_at is null
            """)
        return try rows.oneOrNone().map(Account.init)
    }

    /// A new account with its audit row and its event; nil when the address has one already.
    nonisolated(nonsending) func insert(
        email: String, name: String, role: AccountRole, passwordHash: String?, isVerified: Bool, by origin: Origin,
        at now: Timestamp, in runner: some QueryRunner
    ) async throws -> Account? {
        let rows = try await runner.query(
            """
            with made as (
                insert into auth.users (email, name, role, password_hash, email_verified, created_at, updated_at)
                values (\(email), \(name), \(role.rawValue), \(passwordHash), \(isVerified), \(now), \(now))
                on conflict (lower(email)) do nothing
                returning id, email, name, role, email_verified, created_at, updated_at
            ), \(Self.registered(by: origin, at: now))
            select id, email, name, role, email_verified, created_at, updated_at from made
            """)
        return try rows.oneOrNone().map(Account.init)
    }

    /// A registration that its address's owner has to confirm, in one statement whatever is known of the address: a new one gets an
    /// account, a token, an event and mail; a known one gets mail, once an hour at the most.
    func apply(
        email: String, name: String, passwordHash: String, tokenID: UUID, tokenHash: [UInt8], by origin: Origin,
        at now: Timestamp
    ) async throws {
        try await database.system.execute(
            """
            with made as (
                insert into auth.users (email, name, role, password_hash, created_at, updated_at)
                values (\(email), \(name), 'CUSTOMER', \(passwordHash), \(now), \(now))
                on conflict (lower(email)) do nothing
                returning id, email, role
            ), \(Self.registered(by: origin, at: now)), known as (
                select id, email, email_verified from auth.users account
                where lower(email) = lower(\(email)) and status = 'active' and deleted_at is null and not exists (
                    select from auth.mail_outbox mail
                    where mail.user_id = account.id and mail.created_at > \(now - 3_600))
            ), known_audited as (
                insert into admin.audit_logs
                    (user_id, action, resource_type, resource_id, ip_address, user_agent, created_at)
                select null, 'auth.registration_repeated', 'user', id, \(origin.address)::text::inet,
                    \(origin.userAgent), \(now)
                from known
            ), addressed as (
                select id, email, 'verify_email' as template, true as verifies from made
                union all
                select id, email, case when email_verified then 'account_exists' else 'verify_again' end,
                    not email_verified
                from known
            ), token as (
                insert into auth.one_time_tokens (id, user_id, purpose, token_hash, created_at, expires_at)
                select \(tokenID), id, 'verify_email', \(tokenHash), \(now),
                    \(now + OneTimeTokens.Purpose.verifyEmail.lifetime)
                from addressed where verifies
            )
            insert into auth.mail_outbox (user_id, recipient, template, token_id, created_at, next_attempt_at)
            select id, email, template, case when verifies then \(tokenID) end, \(now), \(now) from addressed
            """)
    }

    /// What goes with a new account, as parts of a statement with a part `made`: the audit row and the event.
    private static func registered(by origin: Origin, at now: Timestamp) -> SQL {
        """
        audited as (
            insert into admin.audit_logs
                (user_id, action, resource_type, resource_id, details, ip_address, user_agent, created_at)
            select id, 'auth.registered', 'user', id, jsonb_build_object('role', role), \(origin.address)::text::inet,
                \(origin.userAgent), \(now)
            from made
        ), told as (
            insert into events.outbox (type, aggregate_id, payload, traceparent, occurred_at)
            select 'auth:user:registered', id, jsonb_build_object('userId', id, 'email', email, 'role', role),
                \(origin.traceparent), \(now)
            from made
        )
        """
    }

    /// Replaces a hash that is below today's policy, unless the password has changed meanwhile.
    func replaceHash(of id: UUID, _ old: String, with new: String) async throws {
        try await database.system.execute(
            "update auth.users set password_hash = \(new) where id = \(id) and password_hash = \(old)")
    }

    /// Gives the account of an address another role; false when there is none.
    func setRole(of email: String, to role: AccountRole, by origin: Origin, at now: Timestamp) async throws -> Bool {
        let rows = try await database.system.query(
            """
            with known as (
                select id, role from auth.users where lower(email) = lower(\(email)) and deleted_at is null for update
            ), changed as (
                update auth.users account set role = \(role.rawValue) from known where account.id = known.id
                returning account.id, known.role as old_role
            ), audited as (
                insert into admin.audit_logs
                    (action, resource_type, resource_id, details, ip_address, user_agent, created_at)
                select 'auth.role_changed', 'user', id,
                    jsonb_build_object('from', old_role, 'role', \(role.rawValue)::text),
                    \(origin.address)::text::inet, \(origin.userAgent), \(now)
                from changed
            )
            select id from changed
            """)
        return !rows.isEmpty
    }
}

extension Account {
    /// From the columns id, email, name, role, email_verified, created_at, updated_at.
    init(_ row: Row) throws {
        self.init(
            id: try row[0], email: try row[1], name: try row[2], role: try AccountRole(stored: try row[3]),
            isEmailVerified: try row[4], createdAt: try row[5], updatedAt: try row[6])
    }
}

extension AccountRole {
    /// The table's check allows no other value.
    init(stored text: String) throws {
        guard let role = AccountRole(rawValue: text) else { throw UnknownRole() }
        self = role
    }

    struct UnknownRole: Error {}
}
