import LockstepRuntime
import PlatformCore
import Testing

@Suite struct ConfigurationTests {
    static let database = ["DATABASE_URL": "postgresql:///platform"]
    static let production = [
        "NODE_ENV": "production", "DATABASE_URL": "postgresql://db/platform",
        "JWT_REFRESH_SECRET": String(repeating: "r", count: 32), "PASSWORD_PEPPER": String(repeating: "p", count: 32),
        "JWT_KEY_FILE": "/run/secrets/jwt.pem", "PUBLIC_URL": "https://app.example.com", "MAIL_SINK": "/var/spool/mail",
    ]

    private func load(
        _ variables: [String: String], files: [String: String] = [:]
    ) throws(ConfigurationError) -> Configuration {
        try Configuration.load(variables) { path in
            guard let text = files[path] else { throw LocalFile.Fault(errno: 2) }
            return Array(text.utf8)
        }
    }

    private func faults(_ variables: [String: String], files: [String: String] = [:]) -> [String] {
        do {
            _ = try load(variables, files: files)
            return []
        } catch {
            return error.faults.map(\.variable)
        }
    }

    @Test func developmentNeedsOnlyADatabase() throws {
        let configuration = try load(Self.database)
        #expect(configuration.profile == .development)
        #expect(configuration.listener.host == "127.0.0.1" && configuration.listener.port == 3_000)
        #expect(configuration.auth.autoconfirm && configuration.docs.isOn)
        #expect(configuration.auth.accessLifetime == 900 && configuration.auth.refreshLifetime == 604_800)
        #expect(configuration.auth.bcryptCost == 12)
    }

    @Test func everyFaultIsToldAtOnceByNameAndNeverByValue() {
        let variables = [
            "NODE_ENV": "staging-sentinel", "PORT": "70000-sentinel", "JWT_SECRET": "short-sentinel",
            "LOG_LEVEL": "loud-sentinel", "JWT_EXPIRES_IN": "soon-sentinel", "DATABASE_URL": "mysql://sentinel",
            "CORS_ORIGINS": "https://ok.example,sentinel", "DOCS_UI": "sentinel", "RATE_PROFILE": "sentinel",
        ]
        do {
            _ = try load(variables)
            Issue.record("accepted")
        } catch {
            #expect(Set(error.faults.map(\.variable)) == Set(variables.keys))
            #expect(!error.description.contains("sentinel"))
        }
    }

    @Test func aSecretOf31CharactersIsRefused() {
        #expect(
            faults(Self.database.merging(["JWT_SECRET": String(repeating: "x", count: 31)]) { $1 }) == ["JWT_SECRET"])
        #expect(faults(Self.database.merging(["JWT_SECRET": String(repeating: "x", count: 32)]) { $1 }) == [])
    }

    @Test func productionRefusesMissingSecrets() {
        #expect(faults(Self.production) == [])
        for name in [
            "JWT_REFRESH_SECRET", "PASSWORD_PEPPER", "JWT_KEY_FILE", "DATABASE_URL", "PUBLIC_URL", "MAIL_SINK",
        ] {
            var variables = Self.production
            variables[name] = nil
            #expect(faults(variables) == [name])
        }
    }

    @Test func mailNeedsASiteAndAnAddress() throws {
        let mail = try load(Self.database).mail
        #expect(mail.site == "http://127.0.0.1:3000" && mail.folder == ".local/mail")
        for (name, value) in [
            ("PUBLIC_URL", "https://app.example.com/path"), ("PUBLIC_URL", "app.example.com"),
            ("MAIL_FROM", "nobody"), ("MAIL_FROM", "a@b\nBcc: c@d"),
        ] {
            #expect(faults(Self.database.merging([name: value]) { $1 }) == [name])
        }
    }

    @Test func aDotEnvThatCannotBeReadIsAFault() throws {
        func faults(_ errno: Int32) -> [ConfigurationFault] {
            do {
                _ = try Configuration.load(Self.database) { _ in throw LocalFile.Fault(errno: errno) }
                return []
            } catch { return error.faults }
        }
        #expect(faults(2) == [])
        #expect(faults(13) == [ConfigurationFault(variable: ".env", rule: "cannot be read: Permission denied")])
    }

    @Test func productionIgnoresDotEnv() {
        var variables = Self.production
        variables["DATABASE_URL"] = nil
        #expect(faults(variables, files: [".env": "DATABASE_URL=postgresql:///x"]) == ["DATABASE_URL"])
    }

    @Test func theProcessWinsOverDotEnv() throws {
        let files = [".env": "DATABASE_URL=postgresql:///file\nPORT=4000\nLOG_LEVEL=debug"]
        let configuration = try load(["PORT": "5000"], files: files)
        #expect(configuration.listener.port == 5_000)
        #expect(configuration.logLevel == .debug)
        #expect(configuration.database.url.text == "postgresql:///file")
    }

    @Test func secretsComeFromFilesToo() throws {
        let files = ["/run/secrets/db": "postgresql:///secret\n"]
        #expect(
            try load(["DATABASE_URL_FILE": "/run/secrets/db"], files: files).database.url.text == "postgresql:///secret"
        )
        #expect(faults(["DATABASE_URL_FILE": "/nowhere"]) == ["DATABASE_URL_FILE"])
        let both = Self.database.merging(["DATABASE_URL_FILE": "/run/secrets/db"]) { $1 }
        #expect(faults(both, files: files) == ["DATABASE_URL_FILE"])
    }

    @Test func hs256NeedsItsSecret() {
        #expect(faults(Self.database.merging(["JWT_ALG": "HS256"]) { $1 }) == ["JWT_SECRET"])
    }

    @Test func aSecretPrintsAsSuch() {
        let secret = Secret("sentinel")
        #expect("\(secret) \(String(reflecting: secret)) \(String(describing: [secret]))".contains("sentinel") == false)
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("sentinel"))
    }
}
