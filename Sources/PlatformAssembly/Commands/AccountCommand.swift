internal import LockstepEventLoop
internal import LockstepPostgres
internal import LockstepRuntime
internal import PlatformAPI
internal import PlatformAuth
internal import PlatformCore

/// `platform admin create` and `platform user set-role`: the only way to the first ADMIN. There is no default account.
struct AccountCommand: Sendable {
    private let configuration: Configuration

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    func createAdmin(_ email: String, name: String, readsPassword: Bool) async throws {
        var password: String?
        if readsPassword {
            guard let line = Console.readLine(), PasswordPolicy.accepts(line) else {
                throw CommandFailure(
                    .usage,
                    "the password on standard input must have \(PasswordPolicy.lengths.lowerBound) to "
                        + "\(PasswordPolicy.lengths.upperBound) characters")
            }
            password = line
        }
        try check(email: email, name: name)
        let token = try await withService { [password] service in
            do {
                return try await service.createAccount(
                    email: email, password: password, name: name, role: .admin, at: SystemTime().now
                ).token
            } catch AuthError.emailTaken {
                throw CommandFailure(.account, "an account with this address exists; use 'platform user set-role'")
            }
        }
        Console.print("created the ADMIN \(email)")
        guard let token else { return }
        let links = PublicLinks(site: configuration.mail.site)
        Console.print(
            """
            to set the password, once and within an hour, open
              \(links.setPassword(token))
            or, without a site that has this page,
              curl -s \(links.site)/api/auth/reset-password -H 'Content-Type: application/json' \
            -d '{"token":"\(token)","password":"…"}'
            """)
    }

    func setRole(of email: String, to role: String) async throws {
        guard let role = AccountRole(rawValue: role) else {
            throw CommandFailure(.usage, "the role must be ADMIN, VENDOR or CUSTOMER")
        }
        try await withService { service in
            do {
                try await service.setRole(of: email, to: role, at: SystemTime().now)
            } catch AuthError.unknownAccount {
                throw CommandFailure(.account, "no account has this address")
            }
        }
        Console.print("\(email) is now \(role.rawValue)")
    }

    /// Holds the account against the document, so that it can log in. The password has its own check.
    private func check(email: String, name: String) throws {
        var json = JSONWriter()
        json.beginObject()
        json.key("email")
        json.string(email)
        json.key("password")
        json.string(String(repeating: "x", count: PasswordPolicy.lengths.lowerBound))
        json.key("name")
        json.string(name)
        json.endObject()
        let failures = Contract.validators["RegisterRequest"].validate(try JSONDocument.parse(json.finish())).failures
        guard let failure = failures.first else { return }
        throw CommandFailure(
            .usage,
            failure.pointer == "/email" ? "EMAIL must be an e-mail address" : "NAME must be the name of a person")
    }

    private func withService<Value: Sendable>(
        _ body: @escaping @Sendable (AuthService) async throws -> Value
    ) async throws -> Value {
        let group = try EventLoopGroup(count: 1)
        let configuration = configuration
        let outcome = await Task(executorPreference: group.loops[0]) {
            try await MigrateCommand(configuration).check()
            var settings = PostgresConfiguration(configuration.database.url.text)
            settings.connectionsPerLoop = 1
            settings.role = "auth_svc"
            let pool = try PostgresPool(settings, loops: group.loops, blocking: BlockingPool(threads: 1))
            defer { pool.close() }
            let secrets = try PlatformSecrets(configuration)
            return try await body(
                AuthService(configuration.auth, secrets, Database(pool), verified: VerifiedTokens(limit: 1)))
        }.result
        group.stop()
        return try outcome.get()
    }
}
