public import LockstepRuntime

/// The database of a service. It has no statements of its own: ask for a handle that says who is asking.
///
/// ```swift
/// let rows = try await database.scoped(to: principal).query("select id, amount from payments where id = \(id)")
/// ```
///
/// Row-level security policies read `current_setting('app.user_id', true)` and `current_setting('app.role', true)`. Both
/// are set for each statement in its own sync group (for each transaction, right after `begin`) and end with it, so nothing
/// of one request can be seen by the next on the same connection. Where nothing was set, the settings are null or empty:
/// policies deny.
public struct Database: Sendable {
    /// The connections.
    public let pool: PostgresPool

    /// The database behind a pool.
    public init(_ pool: PostgresPool) {
        self.pool = pool
    }

    /// Statements on behalf of a caller: `app.user_id` is the subject, `app.role` the first role.
    public func scoped(to principal: Principal) -> ScopedDatabase {
        ScopedDatabase(pool, user: principal.subject, role: principal.roles.first ?? "")
    }

    /// Statements on behalf of the service itself, where no caller is known yet or none is meant: sign-in, jobs, clean-up.
    /// `app.user_id` is empty and `app.role` is `SYSTEM`, for which the policies must provide.
    public var system: SystemDatabase {
        SystemDatabase(pool, user: "", role: "SYSTEM")
    }

    /// Statements without any identity: only what row-level security leaves open to everybody.
    public var anonymous: AnonymousDatabase {
        AnonymousDatabase(pool)
    }
}
