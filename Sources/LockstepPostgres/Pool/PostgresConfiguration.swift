public import LockstepRuntime

/// How a pool connects and what it allows itself.
public struct PostgresConfiguration: Sendable {
    /// `postgresql://user:password@host:port/database?sslmode=verify-full` or libpq's `host=… dbname=…`.
    public var connectionString: String
    /// Connections for each event loop. One of them always stays open to statements outside transactions, unless there
    /// is only one.
    public var connectionsPerLoop = 4
    /// Connections for each event loop that stay open however idle they are.
    public var minimumConnectionsPerLoop = 1
    /// How long a connection above ``minimumConnectionsPerLoop`` may be idle before it is closed (up to a quarter more).
    public var idleTimeout: Duration = .seconds(300)
    /// Statements and transactions that may wait for a connection, for each loop.
    public var maximumWaiting = 1024
    /// How long a statement or transaction may wait for a connection.
    public var waitTimeout: Duration = .seconds(5)
    /// How long a statement may take in all, unless the call says otherwise.
    public var statementTimeout: Duration = .seconds(30)
    /// How long the server keeps a transaction in which nothing happens.
    public var idleInTransactionTimeout: Duration = .seconds(60)
    /// How long connecting may take.
    public var connectTimeout: Duration = .seconds(5)
    /// Statements under way on one connection; more wait.
    public var maximumPipelineDepth = 256
    /// Bytes of statements and parameters under way on one connection; more wait.
    public var maximumBytesInFlight = 1 << 20
    /// Prepared statements that one connection keeps.
    public var statementCacheSize = 256
    /// The first pause after a failed attempt to connect; doubled, with jitter, up to ``maximumReconnectDelay``.
    public var reconnectDelay: Duration = .milliseconds(50)
    /// The longest pause between attempts to connect.
    public var maximumReconnectDelay: Duration = .seconds(5)
    /// The role that the sessions take (`set role`), so that one user can serve several services with less than its own
    /// rights; nil for the user's own.
    public var role: String?
    /// What `pg_stat_activity` shows.
    public var applicationName = "lockstep"
    /// Where transactions, jitter and names get their randomness; tests fix it.
    public var jitter: @Sendable () -> Double = { Double.random(in: 0..<1) }

    /// The clock that tells how long a connection has been idle; tests set it.
    public var time: any TimeSource = SystemTime()

    /// The defaults for a database.
    public init(_ connectionString: String) {
        self.connectionString = connectionString
    }

    func parameters() throws(PostgresError) -> ConnectionParameters {
        var parameters = try ConnectionParameters(parsing: connectionString)
        parameters.setDefault("application_name", applicationName)
        parameters["client_encoding"] = "UTF8"
        parameters.addServerSetting("statement_timeout", "\(statementTimeout.wholeMilliseconds)")
        parameters.addServerSetting(
            "idle_in_transaction_session_timeout", "\(idleInTransactionTimeout.wholeMilliseconds)")
        if let role { parameters.addServerSetting("role", role) }
        return parameters
    }
}

extension Duration {
    /// Milliseconds, at least 1: PostgreSQL reads 0 as "no limit".
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? Int64(Int32.max) : max(1, min(scaled + attoseconds / 1_000_000_000_000_000, Int64(Int32.max)))
    }
}
