/// What statements can be run on: a scoped or a system database, or a transaction.
public protocol QueryRunner: Sendable {
    /// Runs a statement and returns its rows. `timeout` replaces the pool's statement timeout.
    nonisolated(nonsending) func query(_ sql: SQL, timeout: Duration?) async throws -> Rows

    /// Runs a statement that only reads and returns its rows; see ``TransactionalDatabase/read(_:timeout:)``.
    nonisolated(nonsending) func read(_ sql: SQL, timeout: Duration?) async throws -> Rows
}

extension QueryRunner {
    /// Runs a statement and returns its rows.
    public nonisolated(nonsending) func query(_ sql: SQL) async throws -> Rows {
        try await query(sql, timeout: nil)
    }

    /// Runs a statement that only reads and returns its rows.
    public nonisolated(nonsending) func read(_ sql: SQL) async throws -> Rows {
        try await read(sql, timeout: nil)
    }

    /// In a transaction a read is a statement like any other.
    public nonisolated(nonsending) func read(_ sql: SQL, timeout: Duration?) async throws -> Rows {
        try await query(sql, timeout: timeout)
    }

    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    public nonisolated(nonsending) func execute(_ sql: SQL, timeout: Duration? = nil) async throws -> Int {
        try await query(sql, timeout: timeout).affectedRows ?? 0
    }
}
