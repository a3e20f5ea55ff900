import LockstepPostgres
import LockstepRuntime
import PlatformAuth
import PlatformCore
import PlatformTestSupport
import Testing

/// what happened is told in the transaction in which it happens.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct OutboxTests {
    private static let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    private func types(_ auth: AuthFixture) async throws -> [String] {
        try await auth.database.owner.system.query("select type::text from events.outbox order by position")
            .map { row in try row[0] }
    }

    @Test func registrationLoginAndLogoutAreTold() async throws {
        try await withAuth { auth in
            let registered = try await auth.register()
            let origin = Origin(address: "192.0.2.7", userAgent: "test", traceparent: Self.trace)
            let grant = try await auth.service.login(
                email: "ada@example.com", password: AuthFixture.password, from: origin, at: auth.now)
            let principal = try await auth.service.authenticate(grant.accessToken, at: auth.now)
            for _ in 0..<2 {  // a second logout changes nothing
                try await auth.service.logout(principal, refreshToken: nil, from: origin, at: auth.now)
            }
            #expect(
                try await types(auth) == ["auth:user:registered", "auth:user:logged_in", "auth:user:logged_out"])
            let rows = try await auth.database.owner.system.query(
                """
                select aggregate_id, payload, traceparent::text, occurred_at, published_at is null from events.outbox
                where type = 'auth:user:logged_in'
                """)
            let row = try rows.one()
            let id: UUID = try row[0]
            let payload: JSONValue = try row[1]
            let trace: String? = try row[2]
            let at: Timestamp = try row[3]
            let waits: Bool = try row[4]
            #expect(id == registered.account.id && trace == Self.trace && at == auth.now && waits)
            #expect(payload["userId"]?.string == id.text && payload["email"]?.string == "ada@example.com")
            #expect(payload["role"]?.string == "CUSTOMER")
        }
    }

    @Test func whatIsRefusedIsNotTold() async throws {
        try await withAuth { auth in
            _ = try await auth.register()
            await #expect(throws: AuthError.emailTaken) { try await auth.register() }
            await #expect(throws: AuthError.wrongCredentials) {
                try await auth.service.login(
                    email: "ada@example.com", password: "wrong password", from: auth.origin, at: auth.now)
            }
            #expect(try await types(auth) == ["auth:user:registered"])
        }
    }

    /// The last statement of a registration fails: nothing of it may be left, in any table.
    @Test func aRegistrationThatRollsBackLeavesNothing() async throws {
        try await withAuth { auth in
            let owner = auth.database.owner.system
            try await owner.execute(
                "alter table auth.refresh_tokens add constraint refuse_all check (user_agent = 'nobody') not valid")
            await #expect(throws: PostgresError.self) {
                try await auth.service.register(
                    email: "ada@example.com", password: AuthFixture.password, name: "Ada",
                    from: Origin(address: "", userAgent: "test"), at: auth.now)
            }
            func left() async throws -> Int {
                try await owner.query(
                    """
                    select (select count(*) from auth.users) + (select count(*) from auth.sessions)
                        + (select count(*) from events.outbox) + (select count(*) from admin.audit_logs)
                    """
                ).one()[0]
            }
            #expect(try await left() == 0)
            try await owner.execute("alter table auth.refresh_tokens drop constraint refuse_all")
            _ = try await auth.register()
            #expect(try await left() == 5)  // account, session, event, two audit rows
        }
    }

    @Test func aServiceTellsOfItsOwnAffairsOnlyAndCannotTakeItBack() async throws {
        try await withAuth { auth in
            _ = try await auth.register()
            let refused: [(Database, SQL)] = [
                (
                    auth.database.payments,
                    """
                    insert into events.outbox (type, aggregate_id, payload, occurred_at)
                    values ('auth:user:registered', gen_random_uuid(), '{}', now())
                    """
                ),
                (auth.database.auth, "delete from events.outbox"),
                (auth.database.auth, "update events.outbox set published_at = now()"),
                (auth.database.auth, "select payload from events.outbox"),
            ]
            for (service, sql) in refused {
                do {
                    _ = try await service.system.query(sql)
                    Issue.record("allowed: \(sql)")
                } catch let error as PostgresError {
                    #expect(error.sqlState == .insufficientPrivilege)
                }
            }
        }
    }

    /// Bounded, and free of what a terminal or a log reader would obey.
    @Test func aUserAgentIsCleanedAndKept() async throws {
        let agent = "Mozilla\u{1B}[31m/5.0\r\n\u{0}\u{202E}" + String(repeating: "x", count: 600)
        let origin = Origin(address: "2001:db8::7", userAgent: agent)
        #expect(origin.userAgent?.hasPrefix("Mozilla[31m/5.0xxx") == true && origin.userAgent?.count == 500)
        #expect(Origin(address: "", userAgent: "\u{7F}\n").userAgent == nil)
        try await withAuth { auth in
            let registration = try await auth.service.register(
                email: "ada@example.com", password: AuthFixture.password, name: "Ada", from: origin, at: auth.now)
            guard case .open(let grant) = registration else { throw AuthError.noCredential }
            _ = try await auth.service.refresh(grant.refreshToken, from: origin, at: auth.now)
            let rows = try await auth.database.owner.system.query(
                """
                select host(ip_address), user_agent::text from auth.sessions
                union all select host(ip_address), user_agent::text from auth.refresh_tokens
                union all select host(ip_address), user_agent from admin.audit_logs
                """)
            let found: [(String?, String?)] = try rows.map { row in (try row[0], try row[1]) }
            #expect(found.count == 5)  // a session, two tokens, two acts
            for (address, name) in found { #expect(address == "2001:db8::7" && name == origin.userAgent) }
        }
    }
}
