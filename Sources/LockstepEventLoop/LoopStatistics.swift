internal import Synchronization

/// What an ``EventLoop`` has done and has before it.
public struct LoopStatistics: Sendable, Hashable {
    /// Turns since the start.
    public var turns = 0
    /// Time that was not spent waiting for events.
    public var busy = Duration.zero
    /// Turns that took longer than 10 ms: for so long, nobody else on the loop was served.
    public var slowTurns = 0
    /// Descriptors that are watched.
    public var descriptors = 0
    /// Timers that are set.
    public var timers = 0
    /// Jobs that the last turn left for the next one.
    public var queuedJobs = 0
    /// Jobs from other threads that the loop has not taken yet.
    public var inboxJobs = 0
}

/// The figures of one loop: written by its thread once a turn, read from any thread.
final class LoopCounters: Sendable {
    /// A turn that takes longer is a slow one.
    private static let slow: UInt64 = 10_000_000

    private let turns = Atomic<Int>(0)
    private let busyNanoseconds = Atomic<UInt64>(0)
    private let slowTurns = Atomic<Int>(0)
    private let descriptors = Atomic<Int>(0)
    private let timers = Atomic<Int>(0)
    private let queuedJobs = Atomic<Int>(0)

    /// A turn has ended. The loop is the only writer: a load and a store cost less than a locked addition.
    func turnEnded(after nanoseconds: UInt64, _ state: LoopState) {
        turns.store(turns.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
        busyNanoseconds.store(busyNanoseconds.load(ordering: .relaxed) &+ nanoseconds, ordering: .relaxed)
        if nanoseconds > LoopCounters.slow {
            slowTurns.store(slowTurns.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
        }
        descriptors.store(state.registrations.count, ordering: .relaxed)
        timers.store(state.timers.count, ordering: .relaxed)
        queuedJobs.store(state.jobs.count, ordering: .relaxed)
    }

    func statistics(inboxJobs: Int) -> LoopStatistics {
        LoopStatistics(
            turns: turns.load(ordering: .relaxed),
            busy: .nanoseconds(Int64(clamping: busyNanoseconds.load(ordering: .relaxed))),
            slowTurns: slowTurns.load(ordering: .relaxed), descriptors: descriptors.load(ordering: .relaxed),
            timers: timers.load(ordering: .relaxed), queuedJobs: queuedJobs.load(ordering: .relaxed),
            inboxJobs: inboxJobs)
    }
}
