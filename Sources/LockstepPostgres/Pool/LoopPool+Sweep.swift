internal import LockstepEventLoop

/// Deadlines and cancellation. One timer a loop looks at everything every 25 ms while there is anything: a timer for each
/// statement would cost more than the statement's whole way through the pool.
extension LoopPool {
    private static let interval = Duration.milliseconds(25)
    /// How long after a cancel request a statement may still run before the connection is given up.
    private static let cancelGrace = Duration.seconds(5)

    func startSweeping() {
        guard !isSweeping else { return }
        isSweeping = true
        loop.schedule(after: LoopPool.interval) { [weak self] in self?.sweep() }
    }

    private func sweep() {
        isSweeping = false
        let now = LoopInstant.now
        rejectOverdue(now)
        var isBusy = !waiting.isEmpty || !leaseRequests.isEmpty
        // A copy, since giving up on a connection removes it.
        for connection in Array(connections) {
            isBusy = isBusy || !connection.isIdle
            if isHopeless(connection, now) {
                connection.close(
                    PostgresError(.connectionLost, "the server did not react to a cancel request"))
            } else {
                connection.cancelAgain()
            }
        }
        if isBusy { startSweeping() }
    }

    private func rejectOverdue(_ now: LoopInstant) {
        for query in waiting.extract(where: { $0.waitDeadline <= now }) {
            counters.reject()
            finish(query, query.deadline <= now ? deadlineExceeded : waitedTooLong)
        }
        for request in leaseRequests.extract(where: { $0.deadline <= now || $0.continuation == nil }) {
            if request.continuation != nil { counters.reject() }
            request.fail(waitedTooLong)
        }
        counters.waiting(waiting.count + leaseRequests.count)
    }

    private func isHopeless(_ connection: PostgresConnection, _ now: LoopInstant) -> Bool {
        var isHopeless = false
        var overdue: [(PendingQuery, UInt64)] = []
        connection.forEachQuery { query in
            if query.cancelDeadline <= now { isHopeless = true }
            if query.deadline <= now, !query.isTimedOut, case .sent(_, let sequence) = query.phase {
                overdue.append((query, sequence))
            }
        }
        for (query, sequence) in overdue {
            query.isTimedOut = true
            query.cancelDeadline = now.advanced(by: LoopPool.cancelGrace)
            connection.cancel(sequence)
        }
        return isHopeless
    }

    var deadlineExceeded: PostgresError {
        PostgresError(.deadlineExceeded, "the statement's deadline has passed")
    }

    private var waitedTooLong: PostgresError {
        PostgresError(
            .poolTimeout, "no database connection became free in time", diagnostics: lastConnectError?.debugDescription)
    }

    /// Cancels a statement wherever it is. Called on the loop by the cancellation handler of its task.
    func cancel(_ query: PendingQuery) {
        query.isCancelled = true
        switch query.phase {
        case .new, .finished:
            break
        case .waiting:
            _ = waiting.extract { $0 === query }
            counters.waiting(waiting.count + leaseRequests.count)
            finish(query, CancellationError())
        case .sent(let connection, let sequence):
            query.cancelDeadline = LoopInstant.now.advanced(by: LoopPool.cancelGrace)
            connection.cancel(sequence)
        }
    }
}
