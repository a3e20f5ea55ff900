/// A handle whose statements carry a caller's identity. Only ``Database/scoped(to:)`` makes one.
public struct ScopedDatabase: TransactionalDatabase {
    /// The connections.
    public let pool: PostgresPool
    /// What goes before each statement.
    public let prologue: DatabasePrologue

    init(_ pool: PostgresPool, user: String, role: String) {
        self.pool = pool
        prologue = DatabasePrologue(user: user, role: role)
    }
}

/// A handle of the service itself. Only ``Database/system`` makes one, so that a reader finds every use.
public struct SystemDatabase: TransactionalDatabase {
    /// The connections.
    public let pool: PostgresPool
    /// What goes before each statement.
    public let prologue: DatabasePrologue

    init(_ pool: PostgresPool, user: String, role: String) {
        self.pool = pool
        prologue = DatabasePrologue(user: user, role: role)
    }
}

/// A handle without an identity. Only ``Database/anonymous`` makes one.
public struct AnonymousDatabase: TransactionalDatabase {
    /// The connections.
    public let pool: PostgresPool
    /// What goes before each statement: nothing.
    public let prologue = DatabasePrologue()

    init(_ pool: PostgresPool) {
        self.pool = pool
    }
}

/// What goes before each statement of a handle, in the same sync group. Cannot be made outside this module.
public struct DatabasePrologue: Sendable {
    private let identity: (user: String, role: String)?

    init(user: String, role: String) { identity = (user, role) }

    /// No identity.
    init() { identity = nil }

    var statements: [SQL] {
        guard let identity else { return [] }
        return [
            "select set_config('app.user_id', \(identity.user), true), set_config('app.role', \(identity.role), true)"
        ]
    }

    /// Before a read, which may stand behind another's in one implicit transaction: so the identity is always set, to
    /// nothing if there is none, and the server refuses to write.
    var readStatements: [SQL] {
        [
            """
            select set_config('app.user_id', \(identity?.user ?? ""), true),
                set_config('app.role', \(identity?.role ?? ""), true), set_config('transaction_read_only', 'on', true)
            """
        ]
    }
}

/// A handle that runs statements on any connection and transactions on one of their own.
public protocol TransactionalDatabase: QueryRunner {
    /// The connections.
    var pool: PostgresPool { get }
    /// What goes before each statement.
    var prologue: DatabasePrologue { get }
}

extension TransactionalDatabase {
    /// Runs a statement in an implicit transaction of its own and returns its rows.
    public nonisolated(nonsending) func query(_ sql: SQL, timeout: Duration?) async throws -> Rows {
        Rows(try await pool.run(sql, prologue.statements, timeout: timeout))
    }

    /// Runs a statement that only reads and returns its rows.
    ///
    /// Under load, reads that begin in the same turn of an event loop are sent together and share one implicit transaction,
    /// up to eight of them, each with its own identity; that saves the server and the database much of a request's cost. None
    /// sees or harms another: the database refuses every change (25006), a read behind one that failed is sent again, and in
    /// `read committed`, PostgreSQL's default, each has a snapshot of its own. They do wait for the slowest of them:
    /// use ``query(_:timeout:)`` for what runs long, and for functions whose effects are not changes of tables, such as
    /// advisory locks.
    public nonisolated(nonsending) func read(_ sql: SQL, timeout: Duration?) async throws -> Rows {
        Rows(try await pool.run(sql, prologue.readStatements, timeout: timeout, mayShare: true))
    }

    /// Runs `body` in a transaction: commits when it returns, rolls back when it throws or is cancelled.
    ///
    /// After a serialization failure (40001) or a deadlock (40P01), the whole body runs again, at most `retries` more times, after
    /// a random pause. So `body` must not have effects outside the transaction. A connection that is lost during `commit`
    /// is never retried, since the change may have taken effect.
    @discardableResult
    public nonisolated(nonsending) func withTransaction<Value: Sendable>(
        isolation: IsolationLevel = .readCommitted, access: TransactionAccess = .readWrite, retries: Int = 3,
        _ body: nonisolated(nonsending) (Transaction) async throws -> Value
    ) async throws -> Value {
        let settings = TransactionSettings(
            isolation: isolation, access: access, retries: retries, prologue: prologue.statements)
        return try await TransactionRunner(pool, settings).run(body)
    }
}
