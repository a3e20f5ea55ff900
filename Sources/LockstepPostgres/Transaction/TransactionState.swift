internal import LockstepEventLoop
internal import Synchronization

/// What a transaction has done so far.
///
/// Unchecked: confined to `loop`, except the savepoint counter, which is atomic.
final class TransactionState: @unchecked Sendable {
    enum Phase {
        /// Nothing was sent; `begin` goes out with the first statement.
        case new
        case open
        case ended
    }

    let loop: EventLoop
    private let pool: LoopPool
    private let connection: PostgresConnection
    private let settings: TransactionSettings
    private var phase = Phase.new
    private let savepoints = Atomic<Int>(0)
    /// Whether any statement failed in a way that running the transaction again may cure, even if the body hid the error.
    private(set) var sawRetryableFailure = false

    init(_ pool: LoopPool, _ connection: PostgresConnection, _ settings: TransactionSettings) {
        loop = pool.loop
        self.pool = pool
        self.connection = connection
        self.settings = settings
    }

    /// A name for a savepoint, unique in the transaction.
    func nextSavepoint() -> String {
        "lockstep_\(savepoints.wrappingAdd(1, ordering: .relaxed).newValue)"
    }

    /// Runs a statement of the body. Cancelling its task cancels it on the server.
    nonisolated(nonsending) func run(_ sql: SQL, timeout: Duration?) async throws -> PQResult {
        let query = try makeQuery(sql, timeout: timeout, isTrusted: false)
        do {
            return try await withTaskCancellationHandler {
                try await pool.run(query, on: connection)
            } onCancel: {
                loop.onLoop { [pool] in pool.cancel(query) }
            }
        } catch {
            note(error)
            throw error
        }
    }

    /// Runs a statement of this module to its end, whether or not the task is cancelled.
    nonisolated(nonsending) func runControl(_ sql: SQL) async throws -> PQResult {
        do {
            return try await pool.run(try makeQuery(sql, timeout: nil, isTrusted: true), on: connection)
        } catch {
            note(error)
            throw error
        }
    }

    /// Commits. The server answers `ROLLBACK` when the transaction had failed before.
    nonisolated(nonsending) func commit() async throws {
        guard case .open = phase else {
            phase = .ended
            return
        }
        let result = try await runControl("commit")
        phase = .ended
        guard result.commandTag == "COMMIT" else {
            throw PostgresError(
                .transactionAborted, "a statement of the transaction had failed, so the server rolled it back")
        }
    }

    /// Rolls back; the connection is closed later when even that fails.
    nonisolated(nonsending) func rollback() async {
        defer { phase = .ended }
        guard case .open = phase, !connection.isClosed else { return }
        _ = try? await runControl("rollback")
    }

    private func makeQuery(_ sql: SQL, timeout: Duration?, isTrusted: Bool) throws -> PendingQuery {
        loop.checkIsCurrent()
        var prologue: [SQL] = []
        switch phase {
        case .new:
            // In the same sync group as the first statement: if `begin` fails, that one is not run.
            prologue = [settings.begin] + settings.prologue
            phase = .open
        case .open:
            break
        case .ended:
            throw PostgresError(.transactionMisuse, "the transaction has ended")
        }
        let deadline = LoopInstant.now.advanced(by: timeout ?? pool.configuration.statementTimeout)
        return PendingQuery(sql, prologue: prologue, deadline: deadline, isInTransaction: true, isTrusted: isTrusted)
    }

    private func note(_ error: any Error) {
        if let error = error as? PostgresError, error.isRetryable { sawRetryableFailure = true }
    }
}
