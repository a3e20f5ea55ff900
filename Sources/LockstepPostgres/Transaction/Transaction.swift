internal import LockstepEventLoop

/// A transaction in progress: statements on a connection of its own. Made by ``TransactionalDatabase/withTransaction(isolation:access:retries:_:)``; using it after the body has
/// ended is an error.
public struct Transaction: QueryRunner {
    let state: TransactionState

    /// Runs a statement in the transaction. After a statement has failed, PostgreSQL refuses all others (25P02) up to the end
    /// of the transaction or savepoint.
    public nonisolated(nonsending) func query(_ sql: SQL, timeout: Duration?) async throws -> Rows {
        if state.loop.isCurrent { return Rows(try await state.run(sql, timeout: timeout)) }
        return Rows(try await Transaction.moved(state, sql, timeout))
    }

    /// Runs `body` behind a savepoint: what it did is undone when it throws, and the transaction goes on.
    ///
    /// Serialization failures and deadlocks end the whole transaction and are thrown on, so that it can be retried.
    @discardableResult
    public nonisolated(nonsending) func withSavepoint<Value: Sendable>(
        _ body: nonisolated(nonsending) (Transaction) async throws -> Value
    ) async throws -> Value {
        let name = state.nextSavepoint()
        _ = try await control("savepoint \(name)")
        do {
            let value = try await body(self)
            _ = try await control("release savepoint \(name)")
            return value
        } catch {
            let original = error
            _ = try await control("rollback to savepoint \(name); release savepoint \(name)")
            throw original
        }
    }

    private nonisolated(nonsending) func control(_ text: String) async throws -> PQResult? {
        var result: PQResult?
        for statement in text.split(separator: ";") {
            let sql = SQL(trustedText: statement.utf8)
            result =
                state.loop.isCurrent
                ? try await state.runControl(sql) : try await Transaction.movedControl(state, sql)
        }
        return result
    }

    // `@concurrent`: leaves the caller's actor, so that the preference decides where it runs.
    @concurrent
    private static func moved(_ state: TransactionState, _ sql: SQL, _ timeout: Duration?) async throws -> PQResult {
        try await withTaskExecutorPreference(state.loop) { try await state.run(sql, timeout: timeout) }
    }

    @concurrent
    private static func movedControl(_ state: TransactionState, _ sql: SQL) async throws -> PQResult {
        try await withTaskExecutorPreference(state.loop) { try await state.runControl(sql) }
    }
}
