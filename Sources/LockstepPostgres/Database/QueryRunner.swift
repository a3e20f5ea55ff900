/// What statements can be run on: a scoped or a system database, or a transaction.
public protocol QueryRunner: Sendable {
    /// Runs a statement and returns its rows. `timeout` replaces the pool's statement timeout.
    nonisolated(nonsending) func query(_ sql: SQL, timeout: Duration?) async throws -> Rows
}

extension QueryRunner {
    /// Runs a statement and returns its rows.
    public nonisolated(nonsending) func query(_ sql: SQL) async throws -> Rows {
        try await query(sql, timeout: nil)
    }

    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    public nonisolated(nonsending) func execute(_ sql: SQL, timeout: Duration? = nil) async throws -> Int {
        try await query(sql, timeout: timeout).affectedRows ?? 0
    }
}
