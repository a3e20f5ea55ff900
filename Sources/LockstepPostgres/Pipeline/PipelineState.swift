/// The pipeline of one connection: which sync groups are under way and what each result from libpq means.
///
/// Pure: events in, actions out; no IO and no clock. For every command libpq yields results, then a nil; for every sync a
/// sync result without nil. An error skips the rest of its group (`aborted`) and never reaches the next one.
///
/// A group that failed through no fault of its own is to be sent again, which is safe because a failed group has no effect:
/// its prepared statement was lost or stale, or it was hit by a cancel request meant for a neighbour (a cancel request
/// names a backend, not a statement). Inside an explicit transaction that is not possible, since the transaction has failed.
///
/// Reads may share a sync. The first that fails makes the server skip those behind it, which are sent again, each with a
/// sync of its own; what came before it stands, because a read that has been answered has nothing to lose.
struct PipelineState<Ticket, Output> {
    typealias Group = SyncGroup<Ticket, Output>

    /// A result from libpq.
    enum Event {
        /// Success; the output is kept when ``wantsOutput``.
        case result(Output?)
        case failure(Output, ServerFault)
        case aborted
        case copy
        case endOfCommand
        case sync
    }

    /// What to do next.
    enum Action {
        case proceed
        /// The group is over; `sendCancel` when its successor waits to be cancelled.
        case finish(Group, Ending)
        /// The connection cannot be used any more.
        case close(Fatal)
    }

    enum Ending: Equatable {
        case succeeded
        case failed
        /// Send the group's statement again.
        case resend
    }

    enum Fatal: Equatable {
        case copyInPipeline
        case outOfStep
    }

    private var groups = Ring<Group>()
    /// Sequence number of the first group in `groups`.
    private var headSequence: UInt64 = 0
    private(set) var bytesInFlight = 0
    private var isCancelUnderWay = false
    /// Groups before this one may meet a cancel request that was meant for another.
    private var strayCancelEnd: UInt64 = 0
    /// Statements to drop from the cache, by what happened to them.
    private(set) var cacheEvents: [CacheEvent] = []

    enum CacheEvent: Equatable {
        case prepared(StatementCache.ID)
        case prepareFailed(StatementCache.ID)
        case invalid(StatementCache.ID)
        /// The server has forgotten a statement that is always there: somebody discarded them all.
        case allUnknown
    }

    var isIdle: Bool { groups.isEmpty }
    var count: Int { groups.count }
    /// Whether the next result is the one that somebody waits for.
    var wantsOutput: Bool {
        isIdle ? false : groups.read(0) { $0.commands[$0.position] == .answer }
    }
    /// Whether a read can still share the sync of the last group, provided that this was not sent yet.
    var canFollow: Bool {
        isIdle ? false : groups.read(count - 1) { !$0.isComplete }
    }

    /// Notes that a group has been handed to libpq; returns its sequence number.
    mutating func sent(_ group: Group) -> UInt64 {
        groups.append(group)
        bytesInFlight += group.cost
        return headSequence + UInt64(groups.count - 1)
    }

    /// As ``sent(_:)``, for a group that shares the sync of the one before it. Only when ``canFollow``.
    mutating func follows(_ group: Group) -> UInt64 {
        groups.update(groups.count - 1) { $0.isFollowed = true }
        return sent(group)
    }

    mutating func takeCacheEvents() -> [CacheEvent] {
        if cacheEvents.isEmpty { return [] }
        defer { cacheEvents.removeAll(keepingCapacity: true) }
        return cacheEvents
    }

    /// Takes one result from libpq.
    mutating func receive(_ event: Event) -> Action {
        guard !groups.isEmpty else { return .close(.outOfStep) }
        switch event {
        case .result(let output):
            return received(output, isAborted: false)
        case .failure(let output, let fault):
            return failed(output, fault)
        case .aborted:
            return received(nil, isAborted: true)
        case .copy:
            return .close(.copyInPipeline)
        case .endOfCommand:
            return commandEnded()
        case .sync:
            return groups.read(0) { $0.isFollowed } ? .close(.outOfStep) : ended()
        }
    }

    private mutating func commandEnded() -> Action {
        let (action, isOver): (Action, Bool) = groups.update(0) { group in
            if !group.isComplete {
                group.position += 1
                return (.proceed, group.isComplete && group.isFollowed)
            }
            // The end of an error that came with the sync itself, from the commit of the implicit transaction.
            return (group.failure == nil ? .close(.outOfStep) : .proceed, false)
        }
        return isOver ? ended() : action
    }

    private mutating func received(_ output: Output?, isAborted: Bool) -> Action {
        var event: CacheEvent?
        let action: Action = groups.update(0) { group in
            guard let command = group.commands[group.position] else { return .close(.outOfStep) }
            if isAborted, group.failure == nil { group.wasSkipped = true }
            if command == .prepare {
                let id = group.prepares[group.preparePosition]
                group.preparePosition += 1
                event = isAborted ? .prepareFailed(id) : .prepared(id)
            } else if command == .answer, let output {
                group.output = output
            }
            return .proceed
        }
        if let event { cacheEvents.append(event) }
        return action
    }

    private mutating func failed(_ output: Output, _ fault: ServerFault) -> Action {
        var event: CacheEvent?
        let action: Action = groups.update(0) { group in
            // An error at the commit of the implicit transaction comes after the last command: no command is left for it.
            if group.failure == nil {
                group.failure = output
                group.fault = fault
            }
            guard let command = group.commands[group.position] else { return .proceed }
            if command == .prepare {
                event = .prepareFailed(group.prepares[group.preparePosition])
                group.preparePosition += 1
            } else if fault == .unknownStatement, command == .prologue {
                event = .allUnknown
            } else if let statement = group.statement, fault == .stalePlan || fault == .unknownStatement {
                event = .invalid(statement)
            }
            return .proceed
        }
        if let event { cacheEvents.append(event) }
        return action
    }

    private mutating func ended() -> Action {
        guard let group = groups.popFirst() else { return .close(.outOfStep) }
        let sequence = headSequence
        headSequence += 1
        bytesInFlight -= group.cost
        if group.wasSkipped { return .finish(group, .resend) }
        if group.failure == nil {
            return group.isComplete ? .finish(group, .succeeded) : .close(.outOfStep)
        }
        return .finish(group, canResend(group, sequence) ? .resend : .failed)
    }

    private func canResend(_ group: Group, _ sequence: UInt64) -> Bool {
        guard group.mayResend, !group.isInTransaction, let fault = group.fault else { return false }
        switch fault {
        case .other: return false
        case .unknownStatement, .stalePlan: return true
        case .canceled: return !group.isCancelRequested && (isCancelUnderWay || sequence < strayCancelEnd)
        }
    }

    /// The connection is gone: everyone who waits, in order.
    mutating func connectionLost() -> [Group] {
        var lost: [Group] = []
        while let group = groups.popFirst() {
            headSequence += 1
            lost.append(group)
        }
        bytesInFlight = 0
        return lost
    }

    /// Calls `body` with every group under way.
    func forEach(_ body: (Group) -> Void) {
        groups.forEach(body)
    }
}

// MARK: - Cancelling

extension PipelineState {
    /// Asks for a group to be cancelled; true when a cancel request is to be sent now. A group behind others is cancelled when
    /// it comes to the head, so that its neighbours run to their end.
    mutating func requestCancel(_ sequence: UInt64) -> Bool {
        guard sequence >= headSequence, sequence < headSequence + UInt64(groups.count) else { return false }
        groups.update(Int(sequence - headSequence)) { $0.isCancelRequested = true }
        return mustSendCancel()
    }

    /// Whether the group at the head, or one that shares its sync, waits for a cancel request; notes it as sent.
    mutating func mustSendCancel() -> Bool {
        guard !isCancelUnderWay, isCancelRequestedAtHead else { return false }
        isCancelUnderWay = true
        return true
    }

    /// The server answers nothing before the sync, so nobody can tell which of those that share it is running.
    private var isCancelRequestedAtHead: Bool {
        for position in 0..<groups.count {
            let (isRequested, isFollowed) = groups.read(position) { ($0.isCancelRequested, $0.isFollowed) }
            if isRequested { return true }
            if !isFollowed { return false }
        }
        return false
    }

    /// The server has taken the cancel request. It may still hit any group that was sent by now, but none sent later: the
    /// signal is delivered before the backend reads on.
    mutating func cancelDelivered() {
        isCancelUnderWay = false
        strayCancelEnd = headSequence + UInt64(groups.count)
    }
}
