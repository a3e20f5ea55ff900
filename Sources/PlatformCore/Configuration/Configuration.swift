public import LockstepRuntime

/// Everything the platform is told from outside, typed and checked.
public struct Configuration: Sendable {
    /// Where it listens, and for how long it drains.
    public struct Listener: Sendable {
        /// `HOST`.
        public var host: String
        /// `PORT`; 0 lets the system choose.
        public var port: Int
        /// `ADMIN_HOST`, for metrics.
        public var adminHost: String
        /// `ADMIN_PORT`; nil for none.
        public var adminPort: Int?
        /// `EVENT_LOOPS`; nil for one a core.
        public var eventLoops: Int?
        /// `TLS_CERT_FILE` and `TLS_KEY_FILE`.
        public var certificate: (chain: String, key: String)?
        /// `TRUST_PROXY`: addresses and networks whose `X-Forwarded-*` are believed.
        public var trustedProxies: [String]
        /// `CORS_ORIGINS`.
        public var corsOrigins: [String]
        /// `SHUTDOWN_TIMEOUT` in seconds.
        public var shutdownTimeout: Int
        /// `RATE_PROFILE`.
        public var rates: RateProfile
    }

    /// `DATABASE_URL` and what goes with it.
    public struct Database: Sendable {
        /// `DATABASE_URL`.
        public var url: Secret
        /// `DATABASE_POOL_SIZE`: connections a loop, for each service.
        public var connectionsPerLoop: Int
        /// `MIGRATIONS_DIR`.
        public var migrations: String
    }

    /// Accounts, sessions and tokens.
    public struct Auth: Sendable {
        /// `JWT_ALG`.
        public var algorithm: TokenAlgorithm
        /// `JWT_SECRET`, for HS256 only.
        public var sharedSecret: Secret?
        /// `JWT_KEY_FILE`: the private key of ES256, PEM.
        public var keyFile: String
        /// `JWT_OTHER_KEY_FILES`: keys that verify and are published, but do not sign: the next one, and retired ones.
        public var otherKeyFiles: [String]
        /// `JWT_REFRESH_SECRET`; nil lets development make its own.
        public var refreshSecret: Secret?
        /// `PASSWORD_PEPPER`; nil lets development make its own.
        public var pepper: Secret?
        /// `JWT_ISSUER`.
        public var issuer: String
        /// `JWT_AUDIENCE`.
        public var audience: String
        /// `JWT_EXPIRES_IN` in seconds.
        public var accessLifetime: Int
        /// `JWT_REFRESH_EXPIRES_IN` in seconds.
        public var refreshLifetime: Int
        /// `SESSION_MAX_AGE` in seconds.
        public var sessionLifetime: Int
        /// `REFRESH_LEEWAY` in seconds.
        public var refreshLeeway: Int
        /// `BCRYPT_COST`.
        public var bcryptCost: Int
        /// `HASH_THREADS`: how many passwords are hashed at once; nil for one a core.
        public var hashThreads: Int?
        /// `AUTH_AUTOCONFIRM`.
        public var autoconfirm: Bool
        /// `REQUIRE_VERIFIED_EMAIL`.
        public var requiresVerifiedEmail: Bool
    }

    /// Mail and the links in it.
    public struct Mail: Sendable {
        /// `PUBLIC_URL`: scheme, host and port of the site that links lead to.
        public var site: String
        /// `MAIL_SINK`: the folder that mail is put into; nil where none is sent.
        public var folder: String?
        /// `MAIL_FROM`.
        public var from: String
    }

    /// The page that shows the document.
    public struct Docs: Sendable {
        /// `DOCS_UI`.
        public var isOn: Bool
        /// `DOCS_ASSETS`.
        public var assets: String
    }

    /// `NODE_ENV`.
    public var profile: Profile
    /// `LOG_LEVEL`.
    public var logLevel: LogLevel
    /// Listening.
    public var listener: Listener
    /// The database.
    public var database: Database
    /// Accounts and tokens.
    public var auth: Auth
    /// Mail.
    public var mail: Mail
    /// The docs page.
    public var docs: Docs
    /// `PAYMENTS_SWEEP_AFTER` in seconds: how long a payment may be `processing` before the provider is asked again.
    public var sweepAfter: Int
    /// `REDIS_URL`.
    public var redis: Secret?
}
