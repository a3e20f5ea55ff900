public import LockstepEventLoop

/// Connections to one database, some for each event loop, shared by everything in the process.
///
/// A statement runs on the connections of the loop that its task is on, so it never changes threads; from elsewhere it is
/// moved to one of the loops and back. Use it through ``Database``.
public final class PostgresPool: Sendable {
    let configuration: PostgresConfiguration
    let blocking: BlockingPool
    let parameters: ConnectionParameters
    private let pools: [LoopPool]

    /// A pool on these loops. Connects when it is first used. Throws when the connection string does not parse.
    public init(_ configuration: PostgresConfiguration, loops: [EventLoop], blocking: BlockingPool)
        throws(PostgresError)
    {
        precondition(!loops.isEmpty, "a PostgresPool needs an event loop")
        let parameters = try configuration.parameters()
        self.configuration = configuration
        self.blocking = blocking
        self.parameters = parameters
        pools = loops.map { LoopPool(configuration, parameters, on: $0, blocking: blocking) }
    }

    /// What the pool is doing, summed over its loops.
    public var metrics: PoolMetrics {
        var sum = PoolMetrics()
        for pool in pools { pool.counters.add(to: &sum) }
        return sum
    }

    /// Runs `select 1`; throws when the database does not answer within `timeout`.
    public nonisolated(nonsending) func checkHealth(timeout: Duration = .seconds(2)) async throws {
        _ = try await run("select 1", [], timeout: timeout)
    }

    /// Opens the first connection of every loop, so that the first requests need not wait for it.
    public func warmUp() {
        for pool in pools { pool.loop.onLoop { pool.openIfAllowed() } }
    }

    /// Refuses new work and ends every connection; statements under way fail. Drain requests first.
    public func close() {
        for pool in pools { pool.loop.onLoop { pool.close() } }
    }
}

extension PostgresPool {
    /// Runs a statement, with others before it in the same sync group. Reads may share the group with other reads.
    nonisolated(nonsending) func run(
        _ sql: SQL, _ prologue: [SQL], timeout: Duration?, mayShare: Bool = false
    ) async throws -> PQResult {
        let query = PendingQuery(
            sql, prologue: prologue, deadline: .now.advanced(by: timeout ?? configuration.statementTimeout),
            mayShare: mayShare)
        let pool = poolForCaller()
        if pool.loop.isCurrent { return try await pool.run(query) }
        return try await PostgresPool.moved(to: pool, query)
    }

    /// The pool of the loop that this runs on, else of any.
    func poolForCaller() -> LoopPool {
        guard let current = EventLoop.current else { return anyPool() }
        for pool in pools where pool.loop === current { return pool }
        return anyPool()
    }

    private func anyPool() -> LoopPool {
        pools.count == 1 ? pools[0] : pools[Int.random(in: 0..<pools.count)]
    }

    // `@concurrent`: leaves the caller's actor, so that the preference decides where it runs.
    @concurrent
    private static func moved(to pool: LoopPool, _ query: PendingQuery) async throws -> PQResult {
        try await withTaskExecutorPreference(pool.loop) { try await pool.run(query) }
    }
}
