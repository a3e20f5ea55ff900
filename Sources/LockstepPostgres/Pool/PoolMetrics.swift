internal import Synchronization

/// What a pool is doing and has done, summed over its loops.
public struct PoolMetrics: Sendable, Equatable {
    /// Open connections.
    public var connections = 0
    /// Connections that are being made.
    public var connecting = 0
    /// Connections held by transactions.
    public var leased = 0
    /// Statements and transactions that wait for a connection.
    public var waiting = 0
    /// Statements under way.
    public var inFlight = 0
    /// Statements that succeeded.
    public var succeeded = 0
    /// Statements that failed, for whatever reason.
    public var failed = 0
    /// Statements that were sent again because a neighbour's fault had hit them.
    public var resent = 0
    /// Requests turned away because the queue was full or the wait too long.
    public var rejected = 0
    /// Cancel requests sent to the server.
    public var cancelRequests = 0
    /// Attempts to connect that failed.
    public var connectFailures = 0
    /// Connections that were lost.
    public var lostConnections = 0
}

/// One loop's counters: written on the loop, read from any thread.
final class PoolCounters: Sendable {
    private let connections = Atomic<Int>(0)
    private let connecting = Atomic<Int>(0)
    private let leased = Atomic<Int>(0)
    private let waiting = Atomic<Int>(0)
    private let inFlight = Atomic<Int>(0)
    private let succeeded = Atomic<Int>(0)
    private let failed = Atomic<Int>(0)
    private let resent = Atomic<Int>(0)
    private let rejected = Atomic<Int>(0)
    private let cancelRequests = Atomic<Int>(0)
    private let connectFailures = Atomic<Int>(0)
    private let lostConnections = Atomic<Int>(0)

    func connections(_ value: Int) { connections.store(value, ordering: .relaxed) }
    func connecting(_ value: Int) { connecting.store(value, ordering: .relaxed) }
    func leased(_ value: Int) { leased.store(value, ordering: .relaxed) }
    func waiting(_ value: Int) { waiting.store(value, ordering: .relaxed) }

    // The loop is the only writer of these: a load and a store cost less than a locked addition.
    func submitted() { PoolCounters.add(1, to: inFlight) }
    func finished(success: Bool) {
        PoolCounters.add(-1, to: inFlight)
        if success { PoolCounters.add(1, to: succeeded) } else { PoolCounters.add(1, to: failed) }
    }
    func resend() { PoolCounters.add(1, to: resent) }
    func reject() { PoolCounters.add(1, to: rejected) }
    func cancelRequest() { PoolCounters.add(1, to: cancelRequests) }
    func connectFailure() { PoolCounters.add(1, to: connectFailures) }
    func lostConnection() { PoolCounters.add(1, to: lostConnections) }

    private static func add(_ amount: Int, to counter: borrowing Atomic<Int>) {
        counter.store(counter.load(ordering: .relaxed) &+ amount, ordering: .relaxed)
    }

    /// Adds this loop's figures to a sum.
    func add(to sum: inout PoolMetrics) {
        sum.connections += connections.load(ordering: .relaxed)
        sum.connecting += connecting.load(ordering: .relaxed)
        sum.leased += leased.load(ordering: .relaxed)
        sum.waiting += waiting.load(ordering: .relaxed)
        sum.inFlight += inFlight.load(ordering: .relaxed)
        sum.succeeded += succeeded.load(ordering: .relaxed)
        sum.failed += failed.load(ordering: .relaxed)
        sum.resent += resent.load(ordering: .relaxed)
        sum.rejected += rejected.load(ordering: .relaxed)
        sum.cancelRequests += cancelRequests.load(ordering: .relaxed)
        sum.connectFailures += connectFailures.load(ordering: .relaxed)
        sum.lostConnections += lostConnections.load(ordering: .relaxed)
    }
}
