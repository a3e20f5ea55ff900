internal import LockstepEventLoop

/// The connections of one event loop.
///
/// Statements outside transactions share connections: each goes to the connection with the least under way, and a new
/// connection is opened while all are busy and the limit is not reached. A transaction takes a connection for itself.
///
/// Unchecked: confined to `loop`; the entry points check.
final class LoopPool: @unchecked Sendable {
    /// A transaction that waits for a connection.
    final class LeaseRequest {
        let deadline: LoopInstant
        var continuation: UnsafeContinuation<PostgresConnection, any Error>?

        init(deadline: LoopInstant, _ continuation: UnsafeContinuation<PostgresConnection, any Error>) {
            self.deadline = deadline
            self.continuation = continuation
        }

        func fail(_ error: any Error) { continuation.take()?.resume(throwing: error) }
    }

    let loop: EventLoop
    let configuration: PostgresConfiguration
    let counters = PoolCounters()
    private let parameters: ConnectionParameters
    let blocking: BlockingPool
    var connections: [PostgresConnection] = []
    private var connector: Connector?
    var waiting = Ring<PendingQuery>()
    var leaseRequests = Ring<LeaseRequest>()
    private var backoff: Backoff
    private var isPausing = false
    private(set) var lastConnectError: PostgresError?
    var isSweeping = false
    var isWatchingIdle = false
    private(set) var isClosed = false

    init(
        _ configuration: PostgresConfiguration, _ parameters: ConnectionParameters, on loop: EventLoop,
        blocking: BlockingPool
    ) {
        self.configuration = configuration
        self.parameters = parameters
        self.loop = loop
        self.blocking = blocking
        backoff = Backoff(first: configuration.reconnectDelay, limit: configuration.maximumReconnectDelay)
    }

    /// Takes a statement: sends it, lets it wait, or turns it away.
    func submit(_ query: PendingQuery) {
        loop.checkIsCurrent()
        counters.submitted()
        if query.isCancelled { return finish(query, CancellationError()) }
        if isClosed { return finish(query, PostgresError(.poolClosed, "the pool is closed")) }
        startSweeping()
        if waiting.isEmpty, let connection = leastBusy(for: query) {
            if connection.load > 0 { openIfAllowed() }
            return connection.send(query)
        }
        guard waiting.count + leaseRequests.count < configuration.maximumWaiting else {
            counters.reject()
            return finish(query, PostgresError(.poolExhausted, "too many requests wait for a database connection"))
        }
        wait(query)
    }

    private func wait(_ query: PendingQuery) {
        query.phase = .waiting
        query.waitDeadline = min(query.deadline, LoopInstant.now.advanced(by: configuration.waitTimeout))
        waiting.append(query)
        counters.waiting(waiting.count + leaseRequests.count)
        startSweeping()
        openIfAllowed()
    }

    func finish(_ query: PendingQuery, _ error: any Error) {
        counters.finished(success: false)
        query.fail(error)
    }

    /// Runs a statement on any connection.
    nonisolated(nonsending) func run(_ query: PendingQuery) async throws -> PQResult {
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                query.continuation = continuation
                submit(query)
            }
        } onCancel: {
            loop.onLoop { self.cancel(query) }
        }
    }

    /// The open shared connection that has room. For a read, one that has a few reads of this turn to send, so that a burst
    /// wakes one backend and not all of them; else an idle one, else one where the read can still share a sync, else the
    /// one with the least under way.
    private func leastBusy(for query: PendingQuery) -> PostgresConnection? {
        var best: PostgresConnection?
        var idle: PostgresConnection?
        var sharing: PostgresConnection?
        let cost = query.cost
        for connection in connections {
            let load = connection.load
            guard case .shared = connection.use, load < configuration.maximumPipelineDepth,
                load == 0 || connection.bytesInFlight + cost <= configuration.maximumBytesInFlight
            else { continue }
            if query.mayShare, connection.canShare {
                if connection.openShares < PostgresConnection.sharesBeforeOthers { return connection }
                sharing = connection
            }
            if load == 0 { idle = connection }
            if load < best?.load ?? .max { best = connection }
        }
        return idle ?? sharing ?? best
    }

    /// Sends what waits as far as there is room.
    func serveWaiting() {
        serveLeases()
        while let query = waiting.first, let connection = leastBusy(for: query) {
            _ = waiting.popFirst()
            connection.send(query)
        }
        counters.waiting(waiting.count + leaseRequests.count)
    }

    /// Refuses new work and ends the connections, failing what is under way.
    func close() {
        loop.checkIsCurrent()
        guard !isClosed else { return }
        isClosed = true
        let error = PostgresError(.poolClosed, "the pool was closed")
        connector?.cancel()
        for connection in connections { connection.close(error) }
        while let query = waiting.popFirst() { finish(query, error) }
        while let request = leaseRequests.popFirst() { request.fail(error) }
        updateGauges()
    }

    func updateGauges() {
        counters.connections(connections.count)
        counters.connecting(connector == nil ? 0 : 1)
        counters.leased(connections.count { if case .leased = $0.use { true } else { false } })
        counters.waiting(waiting.count + leaseRequests.count)
    }
}

// MARK: - Opening

extension LoopPool {
    /// Opens one more connection unless the limit is reached, one is being made, or the last attempt has just failed.
    func openIfAllowed() {
        guard !isClosed, !isPausing, connector == nil, connections.count < configuration.connectionsPerLoop
        else { return }
        let connector = Connector(on: loop, blocking: blocking, timeout: configuration.connectTimeout)
        self.connector = connector
        counters.connecting(1)
        connector.start(parameters) { [self] outcome in
            self.connector = nil
            connected(outcome)
        }
    }

    private func connected(_ outcome: Connector.Outcome) {
        do {
            let connection = try PostgresConnection(
                try outcome.get(), on: loop, cacheSize: configuration.statementCacheSize, owner: self)
            backoff.succeeded()
            lastConnectError = nil
            connections.append(connection)
            updateGauges()
            watchIdle()
            serveWaiting()
            if !waiting.isEmpty || !leaseRequests.isEmpty { openIfAllowed() }
        } catch {
            updateGauges()
            guard !isClosed else { return }
            counters.connectFailure()
            lastConnectError = error as? PostgresError
            pauseThenReopen()
        }
    }

    private func pauseThenReopen() {
        isPausing = true
        loop.schedule(after: backoff.failed(random: configuration.jitter())) { [weak self] in
            guard let self else { return }
            isPausing = false
            if !waiting.isEmpty || !leaseRequests.isEmpty { openIfAllowed() }
        }
    }
}

// MARK: - What connections report

extension LoopPool: PostgresConnection.Owner {
    func connectionHasCapacity(_ connection: PostgresConnection) {
        if waiting.isEmpty && leaseRequests.isEmpty { return }
        serveWaiting()
    }

    func connectionClosed(_ connection: PostgresConnection, wasLost: Bool) {
        connections.removeAll { $0 === connection }
        if wasLost && !isClosed { counters.lostConnection() }
        updateGauges()
        if !waiting.isEmpty || !leaseRequests.isEmpty { openIfAllowed() }
    }

    func connectionMustSend(_ connection: PostgresConnection, again query: PendingQuery) {
        query.resends += 1
        counters.resend()
        if query.isCancelled {
            finish(query, CancellationError())
        } else if query.isTimedOut {
            finish(query, deadlineExceeded)
        } else if !connection.isClosed, case .shared = connection.use {
            connection.send(query)
        } else {
            // Another request for a connection: with its own wait, and with a connection of its own if one is allowed.
            wait(query)
        }
    }

    func connectionFinished(_ query: PendingQuery, with error: PostgresError?) {
        // Statements of the pool's own have nobody who waits and are not counted.
        if query.continuation == nil { return }
        counters.finished(success: error == nil)
    }

    func connectionMustCancel(_ connection: PostgresConnection) {
        counters.cancelRequest()
        guard let cancel = connection.pq.makeCancel() else { return connection.cancelDelivered() }
        loop.start { [blocking] in
            // A refusal of the blocking pool or of the server leaves the statement running; the sweep asks again.
            _ = try? await blocking.run { cancel.send() }
            connection.cancelDelivered()
        }
    }
}
