internal import LockstepEventLoop

/// Runs a transaction's body, and runs it again after failures that this may cure.
struct TransactionRunner {
    private let pool: PostgresPool
    private let settings: TransactionSettings

    init(_ pool: PostgresPool, _ settings: TransactionSettings) {
        self.pool = pool
        self.settings = settings
    }

    nonisolated(nonsending) func run<Value: Sendable>(
        _ body: nonisolated(nonsending) (Transaction) async throws -> Value
    ) async throws -> Value {
        var backoff = Backoff(first: .milliseconds(4), limit: .milliseconds(500))
        while true {
            let (error, mayRetry): (any Error, Bool)
            switch try await attempt(body) {
            case .success(let value): return value
            case .failure(let failure): (error, mayRetry) = (failure.error, failure.mayRetry)
            }
            guard mayRetry, backoff.failures < settings.retries, !Task.isCancelled else { throw error }
            try await pause(backoff.failed(random: pool.configuration.jitter()))
        }
    }

    private struct Failure: Error {
        let error: any Error
        let mayRetry: Bool
    }

    private nonisolated(nonsending) func attempt<Value: Sendable>(
        _ body: nonisolated(nonsending) (Transaction) async throws -> Value
    ) async throws -> Result<Value, Failure> {
        let loopPool = pool.poolForCaller()
        let lease = try await TransactionRunner.lease(loopPool)
        let state = TransactionState(loopPool, lease, settings)
        var isCommitting = false
        do {
            let value = try await body(Transaction(state: state))
            try Task.checkCancellation()
            isCommitting = true
            try await TransactionRunner.commit(state)
            await TransactionRunner.release(loopPool, lease)
            return .success(value)
        } catch {
            await TransactionRunner.rollback(state)
            await TransactionRunner.release(loopPool, lease)
            // Whatever the body made of the error: the transaction failed because of it, or was rolled back with it.
            let isLost = isCommitting && (error as? PostgresError)?.code == .connectionLost
            return .failure(Failure(error: error, mayRetry: state.sawRetryableFailure && !isLost))
        }
    }

    private nonisolated(nonsending) func pause(_ duration: Duration) async throws {
        if let loop = EventLoop.current {
            try await loop.sleep(for: duration)
        } else {
            try await Task.sleep(for: duration)
        }
    }

    // MARK: On the connection's loop, from wherever the body runs

    private static nonisolated(nonsending) func lease(_ pool: LoopPool) async throws -> PostgresConnection {
        if pool.loop.isCurrent { return try await pool.lease() }
        return try await on(pool.loop) { try await pool.lease() }
    }

    private static nonisolated(nonsending) func commit(_ state: TransactionState) async throws {
        if state.loop.isCurrent { return try await state.commit() }
        try await on(state.loop) { try await state.commit() }
    }

    private static nonisolated(nonsending) func rollback(_ state: TransactionState) async {
        if state.loop.isCurrent { return await state.rollback() }
        await on(state.loop) { await state.rollback() }
    }

    private static nonisolated(nonsending) func release(_ pool: LoopPool, _ connection: PostgresConnection) async {
        if pool.loop.isCurrent { return await pool.release(connection) }
        await on(pool.loop) { await pool.release(connection) }
    }

    // `@concurrent`, and so is the body: both leave the caller's actor, so that the preference decides where they run.
    @concurrent
    private static func on<Value: Sendable, Failure: Error>(
        _ loop: EventLoop, _ body: @concurrent @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await withTaskExecutorPreference(loop, operation: body)
    }
}
