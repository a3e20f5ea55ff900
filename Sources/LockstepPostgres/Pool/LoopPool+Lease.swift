internal import LockstepEventLoop

/// Connections for transactions: taken out of the shared set, drained, given back clean.
extension LoopPool {
    /// Waits for a connection of one's own.
    nonisolated(nonsending) func lease() async throws -> PostgresConnection {
        loop.checkIsCurrent()
        let request = LeaseBox()
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                enqueue(request, continuation)
            }
        } onCancel: {
            loop.onLoop { self.cancel(request) }
        }
    }

    /// What a cancellation handler can name before there is a continuation.
    ///
    /// Unchecked: confined to the pool's loop.
    private final class LeaseBox: @unchecked Sendable {
        var request: LeaseRequest?
        var isCancelled = false
    }

    private func enqueue(_ box: LeaseBox, _ continuation: UnsafeContinuation<PostgresConnection, any Error>) {
        if box.isCancelled { return continuation.resume(throwing: CancellationError()) }
        if isClosed { return continuation.resume(throwing: PostgresError(.poolClosed, "the pool is closed")) }
        guard waiting.count + leaseRequests.count < configuration.maximumWaiting else {
            counters.reject()
            return continuation.resume(
                throwing: PostgresError(.poolExhausted, "too many requests wait for a database connection"))
        }
        let request = LeaseRequest(
            deadline: LoopInstant.now.advanced(by: configuration.waitTimeout), continuation)
        box.request = request
        leaseRequests.append(request)
        startSweeping()
        serveLeases()
        if request.continuation != nil { openIfAllowed() }
        counters.waiting(waiting.count + leaseRequests.count)
    }

    private func cancel(_ box: LeaseBox) {
        box.isCancelled = true
        box.request?.fail(CancellationError())
    }

    /// Gives idle connections to transactions, in order. All but one connection may be leased, so that statements outside
    /// transactions always have a way, unless one connection is all there may be.
    func serveLeases() {
        while let request = leaseRequests.first {
            guard request.continuation != nil else {
                _ = leaseRequests.popFirst()
                continue
            }
            guard let connection = leasable() else { return }
            _ = leaseRequests.popFirst()
            connection.use = .leased
            updateGauges()
            request.continuation.take()?.resume(returning: connection)
        }
        for connection in connections {
            if case .draining = connection.use { connection.use = .shared }
        }
    }

    private func leasable() -> PostgresConnection? {
        if let drained = connections.first(where: { $0.isDrained }) { return drained }
        var shared = 0
        var isDraining = false
        var candidate: PostgresConnection?
        for connection in connections {
            switch connection.use {
            case .shared:
                shared += 1
                if connection.load < candidate?.load ?? .max { candidate = connection }
            case .draining: isDraining = true
            case .leased, .closed: break
            }
        }
        guard shared > 1 || configuration.connectionsPerLoop == 1, let candidate else { return nil }
        if candidate.isIdle { return candidate }
        // All are busy, and no further one may be opened: close one to newcomers, so that it will be idle.
        if !isDraining, connections.count == configuration.connectionsPerLoop { candidate.use = .draining }
        return nil
    }

    /// Takes a connection back. It must be outside a transaction with nothing under way; else it is rolled back, or closed
    /// when that does not help.
    nonisolated(nonsending) func release(_ connection: PostgresConnection) async {
        loop.checkIsCurrent()
        guard !connection.isClosed else { return }
        if !connection.isIdle || !connection.pq.isIdleOutsideTransaction {
            let rollback = PendingQuery(
                "rollback", deadline: LoopInstant.now.advanced(by: .seconds(5)), isInTransaction: true, isTrusted: true)
            _ = try? await run(rollback, on: connection)
        }
        guard !connection.isClosed else { return }
        guard connection.isIdle, connection.pq.isIdleOutsideTransaction else {
            return connection.close(
                PostgresError(.transactionMisuse, "the connection was given back inside a transaction"))
        }
        connection.use = .shared
        updateGauges()
        serveWaiting()
    }

    /// Runs a statement on a leased connection, to its end even when the task is cancelled.
    nonisolated(nonsending) func run(_ query: PendingQuery, on connection: PostgresConnection) async throws -> PQResult
    {
        loop.checkIsCurrent()
        return try await withUnsafeThrowingContinuation { continuation in
            submit(query, on: connection, continuation)
        }
    }

    func submit(
        _ query: PendingQuery, on connection: PostgresConnection,
        _ continuation: UnsafeContinuation<PQResult, any Error>
    ) {
        query.continuation = continuation
        counters.submitted()
        startSweeping()
        if query.isCancelled { return finish(query, CancellationError()) }
        guard !connection.isClosed else {
            return finish(query, PostgresError(.connectionLost, "the transaction's connection was lost"))
        }
        connection.send(query)
    }
}
