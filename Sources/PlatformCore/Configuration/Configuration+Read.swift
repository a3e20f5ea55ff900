internal import LockstepRuntime

extension Configuration {
    /// Reads the process's variables and, outside production, what `.env` adds to them; the process's win.
    public static func load(
        _ process: [String: String], dotEnv path: String = ".env",
        readFile: @escaping (String) throws -> [UInt8] = { try LocalFile.read($0) }
    ) throws(ConfigurationError) -> Configuration {
        var variables = process
        if process["NODE_ENV"] != Profile.production.rawValue {
            variables.merge(try dotEnv(path, readFile)) { own, _ in own }
        }
        var reader = ConfigurationReader(variables, readFile: readFile)
        let configuration = read(&reader)
        guard let configuration, reader.faults.isEmpty else { throw ConfigurationError(faults: reader.faults) }
        return configuration
    }

    /// What the file `.env` adds; nothing where there is none. One that is there and cannot be read is a fault: whoever wrote it
    /// means it.
    private static func dotEnv(
        _ path: String, _ readFile: (String) throws -> [UInt8]
    ) throws(ConfigurationError) -> [String: String] {
        func fault(_ rule: String) -> ConfigurationError {
            ConfigurationError(faults: [ConfigurationFault(variable: ".env", rule: rule)])
        }
        let bytes: [UInt8]
        do {
            bytes = try readFile(path)
        } catch let error as LocalFile.Fault {
            if error.isMissing { return [:] }
            throw fault("cannot be read: \(error)")
        } catch {
            throw fault("cannot be read")
        }
        do throws(DotEnv.Fault) {
            return try DotEnv.parse(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw fault("line \(error.line) is not NAME=value")
        }
    }

    private static func read(_ reader: inout ConfigurationReader) -> Configuration? {
        let profile = reader.choice("NODE_ENV", default: Profile.development)
        let logLevel = reader.choice("LOG_LEVEL", default: LogLevel.info)
        let listener = Listener.read(&reader, profile)
        let database = Database.read(&reader)
        let auth = Auth.read(&reader, profile)
        let mail = Mail.read(&reader, profile, listener, autoconfirm: auth.autoconfirm)
        let docs = Docs(
            isOn: reader.bool("DOCS_UI", default: profile != .production),
            assets: reader.text("DOCS_ASSETS") ?? ".local/swagger-ui")
        let redis = reader.url("REDIS_URL", schemes: ["redis", "rediss"], reader.secret("REDIS_URL"))
        _ = reader.secret("EMAIL_SERVICE_API_KEY")
        _ = reader.url("UPLOAD_SERVICE_URL", schemes: ["http", "https"], reader.secret("UPLOAD_SERVICE_URL"))
        let sweepAfter = reader.duration("PAYMENTS_SWEEP_AFTER", 1...86_400, default: 60)
        guard let database else { return nil }
        return Configuration(
            profile: profile, logLevel: logLevel, listener: listener, database: database, auth: auth, mail: mail,
            docs: docs, sweepAfter: sweepAfter, redis: redis)
    }
}

extension Configuration.Listener {
    static func read(_ reader: inout ConfigurationReader, _ profile: Profile) -> Self {
        let local = profile == .production ? "0.0.0.0" : "127.0.0.1"
        let adminPort: Int? =
            reader.text("ADMIN_PORT") == "off" ? nil : reader.int("ADMIN_PORT", 0...65_535, default: 9_464)
        var loops: Int?
        if reader.text("EVENT_LOOPS") != nil { loops = reader.int("EVENT_LOOPS", 1...256, default: 1) }
        let chain = reader.text("TLS_CERT_FILE")
        let key = reader.text("TLS_KEY_FILE")
        if chain != nil, key == nil { reader.fault("TLS_KEY_FILE", "must be set beside TLS_CERT_FILE") }
        if key != nil, chain == nil { reader.fault("TLS_CERT_FILE", "must be set beside TLS_KEY_FILE") }
        let origins = reader.list("CORS_ORIGINS")
        if !origins.allSatisfy(isOrigin) {
            reader.fault("CORS_ORIGINS", "must list origins such as https://app.example.com, separated by commas")
        }
        return Self(
            host: reader.text("HOST") ?? local,
            port: reader.int("PORT", 0...65_535, default: 3_000),
            adminHost: reader.text("ADMIN_HOST") ?? "127.0.0.1",
            adminPort: adminPort,
            eventLoops: loops,
            certificate: chain.flatMap { chain in key.map { (chain, $0) } },
            trustedProxies: reader.list("TRUST_PROXY"),
            corsOrigins: origins,
            shutdownTimeout: reader.duration("SHUTDOWN_TIMEOUT", 0...600, default: 30),
            rates: reader.choice("RATE_PROFILE", default: RateProfile.default))
    }

    /// Scheme, host and perhaps a port; no path, no wildcard, not `null`.
    static func isOrigin(_ text: String) -> Bool {
        for scheme in ["http://", "https://"] where text.hasPrefix(scheme) {
            let host = text.dropFirst(scheme.count)
            return !host.isEmpty
                && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-:[]".contains($0)) }
        }
        return false
    }
}

extension Configuration.Database {
    static func read(_ reader: inout ConfigurationReader) -> Self? {
        let value = reader.secret("DATABASE_URL")
        if value == nil, !reader.faults.contains(where: { $0.variable.hasPrefix("DATABASE_URL") }) {
            reader.fault("DATABASE_URL", "must be set: postgresql://…")
        }
        let url = reader.url("DATABASE_URL", schemes: ["postgresql", "postgres"], value)
        let connections = reader.int("DATABASE_POOL_SIZE", 1...64, default: 4)
        guard let url else { return nil }
        return Self(
            url: url, connectionsPerLoop: connections, migrations: reader.text("MIGRATIONS_DIR") ?? "migrations")
    }
}

extension Configuration.Auth {
    static func read(_ reader: inout ConfigurationReader, _ profile: Profile) -> Self {
        let algorithm = reader.choice("JWT_ALG", default: TokenAlgorithm.es256)
        let shared = reader.secret("JWT_SECRET", minimum: 32)
        let refresh = reader.secret("JWT_REFRESH_SECRET", minimum: 32)
        let pepper = reader.secret("PASSWORD_PEPPER", minimum: 32)
        let keyFile = reader.text("JWT_KEY_FILE")
        if algorithm == .hs256, shared == nil, !reader.faults.contains(where: { $0.variable.hasPrefix("JWT_SECRET") }) {
            reader.fault("JWT_SECRET", "must be set where JWT_ALG is HS256")
        }
        if profile == .production {
            requireProductionSecrets(&reader, refresh: refresh, pepper: pepper)
            if algorithm == .es256, keyFile == nil { reader.fault("JWT_KEY_FILE", "must be set in production") }
        }
        let lowestCost = profile == .test ? 4 : 10
        return Self(
            algorithm: algorithm, sharedSecret: shared, keyFile: keyFile ?? ".local/keys/jwt-es256.pem",
            otherKeyFiles: reader.list("JWT_OTHER_KEY_FILES"),
            refreshSecret: refresh, pepper: pepper,
            issuer: reader.text("JWT_ISSUER") ?? "lockstep-platform",
            audience: reader.text("JWT_AUDIENCE") ?? "lockstep-platform",
            accessLifetime: reader.duration("JWT_EXPIRES_IN", 60...86_400, default: 900),
            refreshLifetime: reader.duration("JWT_REFRESH_EXPIRES_IN", 300...31_536_000, default: 604_800),
            sessionLifetime: reader.duration("SESSION_MAX_AGE", 300...31_536_000, default: 2_592_000),
            refreshLeeway: reader.duration("REFRESH_LEEWAY", 0...60, default: 10),
            bcryptCost: reader.int("BCRYPT_COST", lowestCost...15, default: 12),
            hashThreads: reader.text("HASH_THREADS") == nil ? nil : reader.int("HASH_THREADS", 1...64, default: 1),
            autoconfirm: reader.bool("AUTH_AUTOCONFIRM", default: profile != .production),
            requiresVerifiedEmail: reader.bool("REQUIRE_VERIFIED_EMAIL", default: profile == .production))
    }

    private static func requireProductionSecrets(
        _ reader: inout ConfigurationReader, refresh: Secret?, pepper: Secret?
    ) {
        for (name, secret) in [("JWT_REFRESH_SECRET", refresh), ("PASSWORD_PEPPER", pepper)]
        where secret == nil && !reader.faults.contains(where: { $0.variable.hasPrefix(name) }) {
            reader.fault(name, "must be set in production")
        }
    }
}

extension Configuration.Mail {
    static func read(
        _ reader: inout ConfigurationReader, _ profile: Profile, _ listener: Configuration.Listener, autoconfirm: Bool
    ) -> Self {
        let isPublic = profile == .production
        let scheme = listener.certificate == nil ? "http" : "https"
        let host = listener.host.contains(":") ? "[\(listener.host)]" : listener.host
        let site = reader.text("PUBLIC_URL")
        if let site, !Configuration.Listener.isOrigin(site) {
            reader.fault("PUBLIC_URL", "must be an origin such as https://app.example.com, without a path")
        }
        let folder = reader.text("MAIL_SINK") ?? (isPublic ? nil : ".local/mail")
        if isPublic, !autoconfirm {
            if site == nil { reader.fault("PUBLIC_URL", "must be set in production where AUTH_AUTOCONFIRM is false") }
            if folder == nil { reader.fault("MAIL_SINK", "must be set in production where AUTH_AUTOCONFIRM is false") }
        }
        let from = reader.text("MAIL_FROM") ?? "no-reply@localhost"
        let isAddress =
            from.split(separator: "@", omittingEmptySubsequences: false).count == 2
            && from.allSatisfy { $0.isASCII && !$0.isWhitespace && !"<>,;\"".contains($0) }
        if !isAddress { reader.fault("MAIL_FROM", "must be one e-mail address") }
        return Self(site: site ?? "\(scheme)://\(host):\(listener.port)", folder: folder, from: from)
    }
}
