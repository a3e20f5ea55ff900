/// A handle whose statements carry a caller's identity. Only ``Database/scoped(to:)`` makes one.
public struct ScopedDatabase: TransactionalDatabase {
    /// The connections.
    public let pool: PostgresPool
    /// What goes before each statement.
    public let prologue: DatabasePrologue

    init(_ pool: PostgresPool, identity: SQL) {
        self.pool = pool
        prologue = DatabasePrologue(statements: [identity])
    }
}

/// A handle of the service itself. Only ``Database/system`` makes one, so that a reader finds every use.
public struct SystemDatabase: TransactionalDatabase {
    /// The connections.
    public let pool: PostgresPool
    /// What goes before each statement.
    public let prologue: DatabasePrologue

    init(_ pool: PostgresPool, identity: SQL) {
        self.pool = pool
        prologue = DatabasePrologue(statements: [identity])
    }
}

/// A handle without an identity. Only ``Database/anonymous`` makes one.
public struct AnonymousDatabase: TransactionalDatabase {
    /// The connections.
    public let pool: PostgresPool
    /// What goes before each statement: nothing.
    public let prologue = DatabasePrologue(statements: [])

    init(_ pool: PostgresPool) {
        self.pool = pool
    }
}

/// Statements that go before each statement of a handle, in the same sync group. Cannot be made outside this module.
public struct DatabasePrologue: Sendable {
    let statements: [SQL]
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
