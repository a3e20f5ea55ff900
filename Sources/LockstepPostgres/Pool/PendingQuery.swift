internal import LockstepEventLoop

/// One statement on its way: what to send, who waits, and where it is.
///
/// Unchecked: made before it is submitted; from then on touched on the loop of its pool only (every path to it goes through
/// `LoopPool`, which checks).
final class PendingQuery: @unchecked Sendable {
    enum Phase {
        case new
        case waiting
        case sent(PostgresConnection, sequence: UInt64)
        case finished
    }

    let sql: SQL
    /// Statements sent before it in the same sync group: the identity for row-level security, `begin`.
    let prologue: [SQL]
    /// A transaction's statement: bound to its connection and never sent again on its own.
    let isInTransaction: Bool
    /// A read that may share its sync with other reads.
    let mayShare: Bool
    /// A statement of this module, such as `commit`, which the guard lets pass.
    let isTrusted: Bool
    let deadline: LoopInstant
    var phase = Phase.new
    var continuation: UnsafeContinuation<PQResult, any Error>?
    var resends = 0
    /// Until when it may wait for a connection.
    var waitDeadline = LoopInstant.distantFuture
    var isCancelled = false
    var isTimedOut = false
    /// When a cancel request was due, to give up on a connection that does not react.
    var cancelDeadline = LoopInstant.distantFuture

    init(
        _ sql: SQL, prologue: [SQL] = [], deadline: LoopInstant, isInTransaction: Bool = false, mayShare: Bool = false,
        isTrusted: Bool = false
    ) {
        self.sql = sql
        self.prologue = prologue
        self.deadline = deadline
        self.isInTransaction = isInTransaction
        self.mayShare = mayShare
        self.isTrusted = isTrusted
    }

    var cost: Int { sql.bytes.count + sql.parameters.byteCount }

    func succeed(_ result: PQResult) {
        phase = .finished
        continuation.take()?.resume(returning: result)
    }

    func fail(_ error: any Error) {
        phase = .finished
        continuation.take()?.resume(throwing: error)
    }
}
