import LockstepPostgres
import LockstepRuntime
import PlatformAuth
import PlatformTestSupport
import Testing

@Suite(.enabled(if: PlatformDatabase.isAvailable)) struct SignInTests {
    @Test func registeringOpensASessionForACustomer() async throws {
        try await withAuth { auth in
            let grant = try await auth.register()
            #expect(grant.account.role == .customer && grant.expiresIn == 900)
            let principal = try await auth.service.authenticate(grant.accessToken, at: auth.now)
            #expect(principal.roles == ["CUSTOMER"] && principal.subject == grant.account.id.text)
            #expect(try await auth.service.account(of: principal) == grant.account)
            #expect(try await auth.audited("auth.registered") == 1)
        }
    }

    @Test func anAddressBelongsToOneAccountWithoutRegardToCase() async throws {
        try await withAuth { auth in
            _ = try await auth.register("A@x.io")
            await #expect(throws: AuthError.emailTaken) { try await auth.register("a@X.io") }
            let grant = try await auth.service.login(
                email: "a@x.IO", password: AuthFixture.password, from: auth.origin, at: auth.now)
            #expect(grant.account.email == "A@x.io")
        }
    }

    /// N-33: who may not know whether an address has an account learns it here neither.
    @Test func withoutAutoconfirmNewAndKnownAddressesGetTheSameAnswer() async throws {
        try await withAuth(autoconfirm: false) { auth in
            for _ in 0..<2 {
                let registration = try await auth.service.register(
                    email: "ada@example.com", password: AuthFixture.password, name: "Ada", from: auth.origin,
                    at: auth.now)
                guard case .accepted = registration else {
                    Issue.record("a session was opened")
                    return
                }
            }
            #expect(try await auth.audited("auth.registered") == 1)
        }
    }

    @Test func wrongPasswordUnknownAddressAndDisabledAccountAreTheSameError() async throws {
        try await withAuth { auth in
            _ = try await auth.register("known@example.com")
            _ = try await auth.register("disabled@example.com")
            try await auth.database.owner.system.execute(
                "update auth.users set status = 'disabled' where email = 'disabled@example.com'")
            let tries = [
                ("known@example.com", "wrong password"), ("known@example.com", ""), ("unknown@example.com", "any"),
                ("disabled@example.com", AuthFixture.password), ("' or true --", "' or true --"),
            ]
            for (email, password) in tries {
                await #expect(throws: AuthError.wrongCredentials) {
                    try await auth.service.login(email: email, password: password, from: auth.origin, at: auth.now)
                }
            }
            #expect(try await auth.audited("auth.login_failed") == tries.count)
        }
    }

    /// N-37: the address is asked about only after a right password.
    @Test func anUnverifiedAddressIsToldOnlyAfterARightPassword() async throws {
        try await withAuth(autoconfirm: false, requiresVerifiedEmail: true) { auth in
            _ = try await auth.service.register(
                email: "ada@example.com", password: AuthFixture.password, name: "Ada", from: auth.origin, at: auth.now)
            await #expect(throws: AuthError.wrongCredentials) {
                try await auth.service.login(
                    email: "ada@example.com", password: "wrong password", from: auth.origin, at: auth.now)
            }
            await #expect(throws: AuthError.emailNotVerified) {
                try await auth.service.login(
                    email: "ada@example.com", password: AuthFixture.password, from: auth.origin, at: auth.now)
            }
        }
    }

    /// A-15, D-A11: a row of another system logs in and is rewritten to today's policy.
    @Test func aForeignHashIsUpgradedAtLogin() async throws {
        try await withAuth { auth in
            _ = try await auth.register()
            // A published bcrypt test vector: "U*U" at cost 5.
            try await auth.database.owner.system.execute(
                "update auth.users set password_hash = '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'")
            for _ in 0..<2 {
                _ = try await auth.service.login(
                    email: "ada@example.com", password: "U*U", from: auth.origin, at: auth.now)
            }
            let rows = try await auth.database.owner.system.query("select password_hash from auth.users")
            let stored: String = try rows.one()[0]
            #expect(stored.hasPrefix("$2b$04$") && stored.hasSuffix(";hmac-sha384"))
        }
    }

    @Test func theCommandLineMakesAccountsOfAnyRoleAndChangesRoles() async throws {
        try await withAuth { auth in
            let admin = try await auth.service.createAccount(
                email: "root@example.com", password: AuthFixture.password, name: "Root", role: .admin, at: auth.now
            ).account
            #expect(admin.role == .admin && admin.isEmailVerified)
            let grant = try await auth.register()
            _ = try await auth.service.authenticate(grant.accessToken, at: auth.now)
            try await auth.service.setRole(of: "ADA@example.com", to: .vendor, at: auth.now)
            auth.verified.forget(user: grant.account.id)  // what the database's announcement does
            let principal = try await auth.service.authenticate(grant.accessToken, at: auth.now)
            #expect(principal.roles == ["VENDOR"])
            await #expect(throws: AuthError.unknownAccount) {
                try await auth.service.setRole(of: "nobody@example.com", to: .admin, at: auth.now)
            }
        }
    }
}
