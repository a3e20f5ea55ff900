internal import LockstepEventLoop
internal import LockstepRuntime

/// One connection in pipeline mode on one event loop: performs what ``PipelineState`` decides.
///
/// Unchecked: confined to `loop`; `LoopPool`, which alone holds connections, checks at its entry points.
final class PostgresConnection: @unchecked Sendable {
    /// Who is told what happens to the connection.
    protocol Owner: AnyObject {
        func connectionHasCapacity(_ connection: PostgresConnection)
        func connectionClosed(_ connection: PostgresConnection, wasLost: Bool)
        func connectionMustSend(_ connection: PostgresConnection, again query: PendingQuery)
        func connectionMustCancel(_ connection: PostgresConnection)
        func connectionFinished(_ query: PendingQuery, with error: PostgresError?)
    }

    enum Use {
        /// Open to statements of anybody.
        case shared
        /// Closed to newcomers until it is idle and a transaction can have it.
        case draining
        /// Held by a transaction.
        case leased
        case closed
    }

    /// How many reads share a sync at most: each waits for the last of them.
    static let maximumShares = 8
    /// How many do so before one of them gets an idle connection of its own.
    static let sharesBeforeOthers = 4

    let loop: EventLoop
    let pq: PQConnection
    var use = Use.shared
    private unowned let owner: any Owner
    private var pipeline = PipelineState<PendingQuery, PQResult>()
    private var cache: StatementCache
    private var registration: Registration?
    /// How many reads share the sync that is still to be sent; 0 when the last group has its own.
    private(set) var openShares = 0
    private var isFlushScheduled = false
    private var isWaitingToWrite = false
    /// Something was sent since the last look for idle connections; a new one counts as used.
    private var wasUsed = true
    private var idleSince = MonotonicTime(nanoseconds: 0)

    /// Takes a connection that is ready and enters pipeline mode.
    init(_ pq: PQConnection, on loop: EventLoop, cacheSize: Int, owner: any Owner) throws {
        self.pq = pq
        self.loop = loop
        self.owner = owner
        cache = StatementCache(capacity: cacheSize)
        guard pq.enterPipeline() else {
            throw PostgresError(.protocolViolation, "libpq refused pipeline mode", diagnostics: pq.errorMessage)
        }
        registration = try loop.register(pq.socket, .readable) { [unowned self] events in
            self.ready(events)
        }
    }

    var load: Int { pipeline.count }
    var isIdle: Bool { pipeline.isIdle }
    /// Whether a read can share the sync of reads that this turn of the loop has sent.
    var canShare: Bool {
        openShares > 0 && openShares < PostgresConnection.maximumShares && pipeline.canFollow
    }
    var bytesInFlight: Int { pipeline.bytesInFlight }
    var isDrained: Bool { if case .draining = use { isIdle } else { false } }
    var isClosed: Bool { if case .closed = use { true } else { false } }

    /// Every statement under way.
    func forEachQuery(_ body: (PendingQuery) -> Void) {
        pipeline.forEach { body($0.ticket) }
    }

    /// Ends the connection and fails what is under way.
    func close(_ error: PostgresError) {
        guard !isClosed else { return }
        use = .closed
        // Off epoll before libpq closes the socket.
        registration?.deregister()
        registration = nil
        for group in pipeline.connectionLost() {
            owner.connectionFinished(group.ticket, with: error)
            group.ticket.fail(group.ticket.isCancelled ? CancellationError() : error)
        }
        owner.connectionClosed(self, wasLost: true)
    }

    /// Ends a connection on which nothing is under way.
    func retire() {
        precondition(isIdle, "a connection retires with work under way")
        use = .closed
        registration?.deregister()
        registration = nil
        owner.connectionClosed(self, wasLost: false)
    }

    /// Since when nothing has been sent, as far as the calls of this method can tell.
    func noteIdle(_ now: MonotonicTime) -> MonotonicTime {
        if wasUsed || !isIdle {
            wasUsed = false
            idleSince = now
        }
        return idleSince
    }
}

// MARK: - Sending

extension PostgresConnection {
    /// Adds a statement to the pipeline: in a sync group of its own, or, a read whose statements are all prepared, behind
    /// other reads. Written at the end of the loop's turn.
    func send(_ query: PendingQuery) {
        guard !isClosed else {
            return refuse(query, PostgresError(.connectionLost, "the connection is closed"))
        }
        if query.sql.parameters.hasNUL {
            return refuse(
                query, PostgresError(.invalidParameter, "a text parameter holds a NUL, which PostgreSQL cannot store"))
        }
        let answer = cache.use(StatementKey(query.sql))
        if case .prepare(let id) = answer, !query.isTrusted,
            let refusal = StatementGuard.refusal(of: query.sql.bytes, inTransaction: query.isInTransaction)
        {
            cache.prepareFailed(id)
            return refuse(query, refusal)
        }
        var uses = InlineArray<4, StatementCache.Use>(repeating: answer)
        var isPrepared = answer == .execute(answer.id)
        for (index, statement) in query.prologue.enumerated() {
            uses[index] = cache.use(StatementKey(statement))
            isPrepared = isPrepared && uses[index] == .execute(uses[index].id)
        }
        // A read that was skipped or hit by a stray cancel request goes alone: it will not be skipped again.
        let shares = query.mayShare && isPrepared && query.resends == 0
        let follows = shares && canShare
        if !follows { closeShare() }
        guard !isClosed else { return refuse(query, lost("the statement could not be sent")) }
        var group = GroupSender(pq)
        write(query, answer, uses, into: &group)
        guard shares ? group.isAccepted : group.sync() else {
            // libpq refuses only when it is out of memory or the connection is bad; the group was not sent whole.
            refuse(query, lost("the statement could not be sent"))
            return close(lost("the statement could not be sent"))
        }
        let sent = group.group(for: query, statement: answer.id)
        query.phase = .sent(self, sequence: follows ? pipeline.follows(sent) : pipeline.sent(sent))
        if shares { openShares += 1 }
        wasUsed = true
        scheduleFlush()
    }

    /// Outside transactions all prepares come first, so that a failing statement cannot abort another's prepare. Inside, each
    /// stays behind `begin`: preparing a query takes a snapshot, after which the isolation level cannot be set.
    private func write(
        _ query: PendingQuery, _ answer: StatementCache.Use, _ uses: borrowing InlineArray<4, StatementCache.Use>,
        into group: inout GroupSender
    ) {
        for (index, statement) in query.prologue.enumerated() {
            if case .prepare = uses[index] { group.prepareIfNeeded(uses[index], StatementKey(statement)) }
            if query.isInTransaction { group.execute(uses[index].id, statement.parameters, .prologue) }
        }
        if case .prepare = answer { group.prepareIfNeeded(answer, StatementKey(query.sql)) }
        if !query.isInTransaction {
            for (index, statement) in query.prologue.enumerated() {
                group.execute(uses[index].id, statement.parameters, .prologue)
            }
        }
        group.execute(answer.id, query.sql.parameters, .answer)
    }

    /// Sends the sync of the reads that share one.
    private func closeShare() {
        guard openShares > 0 else { return }
        openShares = 0
        if !pq.sendSync() { close(lost("the statement could not be sent")) }
    }

    private func refuse(_ query: PendingQuery, _ error: PostgresError) {
        owner.connectionFinished(query, with: error)
        query.fail(error)
    }

    private func scheduleFlush() {
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        loop.atEndOfTurn { [self] in
            isFlushScheduled = false
            if !isClosed { closeShare() }
            if !isClosed { flush() }
        }
    }

    private func flush() {
        switch pq.flush() {
        case .done: watchForWriting(false)
        case .mustWait: watchForWriting(true)
        case .failed: close(lost("the connection was lost while sending"))
        }
    }

    private func watchForWriting(_ watch: Bool) {
        guard watch != isWaitingToWrite, let registration else { return }
        isWaitingToWrite = watch
        do {
            try registration.modify(watch ? [.readable, .writable] : .readable)
        } catch {
            close(lost("the socket cannot be watched"))
        }
    }

    func lost(_ reason: String) -> PostgresError {
        PostgresError(.connectionLost, reason, diagnostics: pq.errorMessage)
    }
}

// MARK: - Receiving

extension PostgresConnection {
    private func ready(_ events: IOEvents) {
        if events.contains(.writable) { flush() }
        guard !isClosed else { return }
        let isAlive = pq.consumeInput()
        readResults()
        guard !isClosed else { return }
        if !isAlive || pq.isBad {
            close(lost("the connection was lost"))
            return
        }
        applyCacheEvents()
        owner.connectionHasCapacity(self)
    }

    private func readResults() {
        while !isClosed, !pipeline.isIdle, !pq.isBusy {
            let event: PipelineState<PendingQuery, PQResult>.Event
            switch pq.next(keep: pipeline.wantsOutput) {
            case .result(let result): event = .result(result)
            case .failure(let result):
                guard result.hasSQLState else {
                    // libpq's own error: the connection is lost.
                    close(lost("the connection was lost"))
                    return
                }
                event = .failure(result, result.fault)
            case .aborted: event = .aborted
            case .copy: event = .copy
            case .sync: event = .sync
            case .endOfCommand: event = .endOfCommand
            }
            perform(pipeline.receive(event))
        }
    }

    private func perform(_ action: PipelineState<PendingQuery, PQResult>.Action) {
        switch action {
        case .proceed:
            break
        case .finish(let group, let ending):
            finish(group, ending)
            if pipeline.mustSendCancel() { owner.connectionMustCancel(self) }
        case .close(.copyInPipeline):
            close(PostgresError(.copyRefused, "the server began a copy, which a pipeline cannot carry"))
        case .close(.outOfStep):
            close(PostgresError(.protocolViolation, "a result came that nobody waits for"))
        }
    }

    private func finish(
        _ group: SyncGroup<PendingQuery, PQResult>, _ ending: PipelineState<PendingQuery, PQResult>.Ending
    ) {
        let query = group.ticket
        switch ending {
        case .succeeded:
            guard let result = group.output else {
                close(PostgresError(.protocolViolation, "a statement ended without a result"))
                return query.fail(PostgresError(.protocolViolation, "a statement ended without a result"))
            }
            owner.connectionFinished(query, with: nil)
            query.succeed(result)
        case .failed:
            let error = group.failure.map { PostgresError(server: $0.serverFields) } ?? lost("the statement failed")
            owner.connectionFinished(query, with: error)
            query.fail(query.failure(for: error))
        case .resend:
            applyCacheEvents()
            owner.connectionMustSend(self, again: query)
        }
    }

    private func applyCacheEvents() {
        for event in pipeline.takeCacheEvents() {
            switch event {
            case .prepared(let id): cache.prepared(id)
            case .prepareFailed(let id): cache.prepareFailed(id)
            case .invalid(let id): cache.invalidate(id)
            case .allUnknown: cache.removeAll()
            }
        }
        guard case .shared = use else { return }
        for id in cache.takeDropped() {
            closeShare()
            guard !isClosed else { return }
            let query = PendingQuery(SQL(), deadline: .distantFuture, isTrusted: true)
            guard pq.sendDeallocate(id), pq.sendSync() else { return close(lost("the statement could not be sent")) }
            let group = SyncGroup<PendingQuery, PQResult>(ticket: query, commands: [.answer], mayResend: false)
            query.phase = .sent(self, sequence: pipeline.sent(group))
            scheduleFlush()
        }
    }
}

// MARK: - Cancelling

extension PostgresConnection {
    /// Asks the server to cancel a statement, at once or when it comes to the head of the pipeline.
    func cancel(_ sequence: UInt64) {
        if pipeline.requestCancel(sequence) { owner.connectionMustCancel(self) }
    }

    /// Asks again where a request came too early.
    func cancelAgain() {
        if pipeline.mustSendCancel() { owner.connectionMustCancel(self) }
    }

    func cancelDelivered() {
        pipeline.cancelDelivered()
    }
}

extension PendingQuery {
    /// The error that the waiter gets: our own cancellation and deadline look the same to the server.
    func failure(for error: PostgresError) -> any Error {
        guard error.sqlState == .queryCanceled else { return error }
        if isCancelled { return CancellationError() }
        if isTimedOut { return PostgresError(.deadlineExceeded, "the statement's deadline has passed") }
        return error
    }
}
