import LockstepPostgres
import LockstepRuntime
import PlatformAuth
import PlatformCore
import PlatformTestSupport
import Synchronization
import Testing

/// Keeps what is sent, or refuses it.
private final class TestMail: MailSender {
    private let state = Mutex<(sent: [MailMessage], error: MailError?)>(([], nil))

    var sent: [MailMessage] { state.withLock { $0.sent } }

    func refuse(with error: MailError?) { state.withLock { $0.error = error } }

    func send(_ message: MailMessage) async throws(MailError) {
        let error: MailError? = state.withLock { state in
            if state.error == nil { state.sent.append(message) }
            return state.error
        }
        if let error { throw error }
    }
}

/// A-01, N-33, D-A08: registration where the address's owner has to confirm it.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct MailRegistrationTests {
    private func dispatcher(_ auth: AuthFixture, _ sender: any MailSender) -> MailDispatcher {
        MailDispatcher(
            auth.database.auth, oneTime: auth.oneTime, sender: sender,
            links: PublicLinks(site: "https://app.example.com"),
            from: "no-reply@example.com")
    }

    private func apply(_ auth: AuthFixture, _ email: String = "ada@example.com", at now: Timestamp? = nil) async throws
    {
        let outcome = try await auth.service.register(
            email: email, password: AuthFixture.password, name: "Ada", from: auth.origin, at: now ?? auth.now)
        guard case .accepted = outcome else {
            Issue.record("a session was opened")
            return
        }
    }

    private func token(in mail: MailMessage) throws -> String {
        let start = try #require(mail.text.firstRange(of: "https://app.example.com/verify-email#token="))
        return String(mail.text[start.upperBound...].prefix(43))
    }

    @Test func theMailsLinkConfirmsTheAddressOnceAndThenLoginWorks() async throws {
        try await withAuth(autoconfirm: false, requiresVerifiedEmail: true) { auth in
            let mail = TestMail()
            try await apply(auth)
            func login() async throws -> AuthService.Grant {
                try await auth.service.login(
                    email: "ada@example.com", password: AuthFixture.password, from: auth.origin, at: auth.now)
            }
            await #expect(throws: AuthError.emailNotVerified) { try await login() }
            #expect(try await dispatcher(auth, mail).drain(at: auth.now) == .init(sent: 1, failed: 0))
            #expect(try await dispatcher(auth, mail).drain(at: auth.now + 7_200) == .init(sent: 0, failed: 0))
            let message = try #require(mail.sent.first)
            #expect(message.to == "ada@example.com" && message.subject == "Confirm your e-mail address")
            let token = try token(in: message)
            let wrong = String(token.reversed())
            await #expect(throws: AuthError.invalidOneTimeToken) {
                try await auth.service.verifyEmail(wrong, from: auth.origin, at: auth.now)
            }
            await #expect(throws: AuthError.invalidOneTimeToken) {
                try await auth.service.verifyEmail(token, from: auth.origin, at: auth.now + 86_401)
            }
            await #expect(throws: AuthError.invalidOneTimeToken) {
                try await auth.service.resetPassword(
                    token, to: "another password", from: auth.origin, at: auth.now)
            }
            try await auth.service.verifyEmail(token, from: auth.origin, at: auth.now)
            #expect(try await login().account.isEmailVerified)
            await #expect(throws: AuthError.invalidOneTimeToken) {
                try await auth.service.verifyEmail(token, from: auth.origin, at: auth.now)
            }
            #expect(try await auth.audited("auth.email_verified") == 1)
        }
    }

    @Test func aKnownAddressGetsOtherMailAtMostOnceAnHourAndNothingChanges() async throws {
        try await withAuth(autoconfirm: false) { auth in
            let mail = TestMail()
            try await apply(auth)
            _ = try await dispatcher(auth, mail).drain(at: auth.now)
            try await apply(auth, "ADA@example.com", at: auth.now + 60)  // within the hour
            try await apply(auth, "ADA@example.com", at: auth.now + 3_601)
            _ = try await dispatcher(auth, mail).drain(at: auth.now + 3_601)
            try await auth.service.verifyEmail(
                try token(in: try #require(mail.sent.last)), from: auth.origin, at: auth.now + 3_700)
            try await apply(auth, at: auth.now + 7_300)
            _ = try await dispatcher(auth, mail).drain(at: auth.now + 7_300)
            #expect(
                mail.sent.map(\.subject) == [
                    "Confirm your e-mail address", "Confirm your e-mail address", "You already have an account",
                ])
            #expect(mail.sent.allSatisfy { $0.to == "ada@example.com" })
            #expect(mail.sent[1].text.contains("tried to make an account"))
            #expect(mail.sent[2].text.contains("#token=") == false)
            #expect(try await auth.audited("auth.registered") == 1)
            #expect(try await auth.audited("auth.registration_repeated") == 2)
            let rows = try await auth.database.owner.system.query(
                "select (select count(*) from auth.users), (select count(*) from events.outbox)")
            let (users, events): (Int64, Int64) = (try rows.one()[0], try rows.one()[1])
            #expect(users == 1 && events == 1)
        }
    }

    /// One transaction: without the mail there is no account either.
    @Test func whatCannotBeMailedIsNotRegistered() async throws {
        try await withAuth(autoconfirm: false) { auth in
            let owner = auth.database.owner.system
            try await owner.execute(
                "alter table auth.mail_outbox add constraint refuse_all check (recipient = 'nobody') not valid")
            await #expect(throws: PostgresError.self) { try await apply(auth) }
            let rows = try await owner.query(
                """
                select (select count(*) from auth.users) + (select count(*) from auth.one_time_tokens)
                    + (select count(*) from events.outbox) + (select count(*) from admin.audit_logs)
                """)
            #expect(try rows.one()[0] == Int64(0))
        }
    }

    /// The token is in the mail only: not in the row that waits, not in any other.
    @Test func theDatabaseHoldsNoToken() async throws {
        try await withAuth(autoconfirm: false) { auth in
            let mail = TestMail()
            try await apply(auth)
            _ = try await dispatcher(auth, mail).drain(at: auth.now)
            let token = try token(in: try #require(mail.sent.first))
            let rows = try await auth.database.owner.system.query(
                """
                select count(*) from (
                    select to_jsonb(m)::text as row from auth.mail_outbox m
                    union all select to_jsonb(t)::text from auth.one_time_tokens t
                    union all select to_jsonb(e)::text from events.outbox e
                    union all select to_jsonb(a)::text from admin.audit_logs a) all_rows
                where strpos(row, \(token)) > 0
                """)
            #expect(try rows.one()[0] == Int64(0))
        }
    }

    @Test func aRefusedMailComesAgainAfterAPauseThatGrows() async throws {
        try await withAuth(autoconfirm: false) { auth in
            let mail = TestMail()
            mail.refuse(with: MailError("the folder is full"))
            try await apply(auth)
            let dispatcher = dispatcher(auth, mail)
            #expect(try await dispatcher.drain(at: auth.now) == .init(sent: 0, failed: 1))
            #expect(try await dispatcher.drain(at: auth.now + 29) == .init(sent: 0, failed: 0))
            #expect(try await dispatcher.drain(at: auth.now + 30) == .init(sent: 0, failed: 1))
            #expect(try await dispatcher.drain(at: auth.now + 89) == .init(sent: 0, failed: 0))
            mail.refuse(with: nil)
            #expect(try await dispatcher.drain(at: auth.now + 90) == .init(sent: 1, failed: 0))
            try await dispatcher.tidy(at: auth.now + 8 * 86_400 + 1)
            let rows = try await auth.database.owner.system.query(
                "select (select count(*) from auth.mail_outbox) + (select count(*) from auth.one_time_tokens)")
            #expect(try rows.one()[0] == Int64(0))
        }
    }

    @Test func mailIsGivenUpAfterTenAttemptsOrAtOnceWhereNoneHelps() async throws {
        try await withAuth(autoconfirm: false) { auth in
            let mail = TestMail()
            mail.refuse(with: MailError("busy"))
            try await apply(auth)
            var failures = 0
            for hour in 0..<20 {
                failures += try await dispatcher(auth, mail).drain(at: auth.now + Int64(hour) * 3_601).failed
            }
            #expect(failures == 10)
            mail.refuse(with: MailError("no such address", isFinal: true))
            try await apply(auth, "eve@example.com")
            for hour in 0..<3 {
                failures += try await dispatcher(auth, mail).drain(at: auth.now + Int64(hour) * 3_601).failed
            }
            #expect(failures == 11)
        }
    }

    @Test func twoDispatchersSendEachMailOnce() async throws {
        try await withAuth(autoconfirm: false) { auth in
            for number in 0..<15 { try await apply(auth, "user\(number)@example.com") }
            let mail = TestMail()
            async let one = dispatcher(auth, mail).drain(at: auth.now)
            async let two = dispatcher(auth, mail).drain(at: auth.now)
            let (first, second) = try await (one, two)
            #expect(first.sent + second.sent == 15)
            #expect(Set(mail.sent.map(\.to)).count == 15 && mail.sent.count == 15)
        }
    }
}

/// D-A21: nobody has a default password; the command line makes a link that works once.
@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct InvitationTests {
    @Test func theLinkOfANewAdministratorSetsThePasswordOnce() async throws {
        try await withAuth(requiresVerifiedEmail: true) { auth in
            let made = try await auth.service.createAccount(
                email: "root@example.com", password: nil, name: "Root", role: .admin, at: auth.now)
            let token = try #require(made.token)
            await #expect(throws: AuthError.wrongCredentials) {
                try await auth.service.login(email: "root@example.com", password: "", from: auth.origin, at: auth.now)
            }
            await #expect(throws: AuthError.invalidOneTimeToken) {
                try await auth.service.resetPassword(
                    token, to: AuthFixture.password, from: auth.origin, at: auth.now + 3_600)
            }
            try await auth.service.resetPassword(token, to: AuthFixture.password, from: auth.origin, at: auth.now)
            let grant = try await auth.service.login(
                email: "root@example.com", password: AuthFixture.password, from: auth.origin, at: auth.now)
            #expect(grant.account.role == .admin)
            await #expect(throws: AuthError.invalidOneTimeToken) {
                try await auth.service.resetPassword(token, to: "another password", from: auth.origin, at: auth.now)
            }
            _ = try await auth.service.authenticate(grant.accessToken, at: auth.now)
        }
    }

    @Test func aNewPasswordEndsAllSessionsAndIsTold() async throws {
        try await withAuth { auth in
            let made = try await auth.service.createAccount(
                email: "root@example.com", password: nil, name: "Root", role: .admin, at: auth.now)
            // An account that is in use already.
            try await auth.database.owner.system.execute(
                "update auth.users set password_hash = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'")
            let grant = try await auth.service.login(
                email: "root@example.com", password: "U*U", from: auth.origin, at: auth.now)
            _ = try await auth.service.authenticate(grant.accessToken, at: auth.now)
            try await auth.service.resetPassword(
                try #require(made.token), to: AuthFixture.password, from: auth.origin, at: auth.now)
            await #expect(throws: AuthenticationError.self) {
                try await auth.service.authenticate(grant.accessToken, at: auth.now)
            }
            await #expect(throws: AuthError.invalidRefreshToken) {
                try await auth.service.refresh(grant.refreshToken, from: auth.origin, at: auth.now)
            }
            #expect(try await auth.audited("auth.password_reset") == 1)
            let rows = try await auth.database.owner.system.query(
                "select count(*) from events.outbox where type = 'auth:password:changed'")
            #expect(try rows.one()[0] == Int64(1))
        }
    }

    /// The trail of what is done at a terminal.
    @Test func theCommandLineLeavesAuditRows() async throws {
        try await withAuth { auth in
            _ = try await auth.service.createAccount(
                email: "root@example.com", password: AuthFixture.password, name: "Root", role: .admin, at: auth.now)
            try await auth.service.setRole(of: "root@example.com", to: .vendor, at: auth.now)
            let rows = try await auth.database.owner.system.query(
                """
                select action || ' ' || details::text || ' ' || user_agent from admin.audit_logs order by action
                """)
            #expect(
                try rows.map { row in try row[0] as String } == [
                    #"auth.registered {"role": "ADMIN"} platform command line"#,
                    #"auth.role_changed {"from": "ADMIN", "role": "VENDOR"} platform command line"#,
                ])
        }
    }
}
