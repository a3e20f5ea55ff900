internal import Synchronization

/// Deals the connections of one listener out to its loops in turn, and counts them.
///
/// In turn, because connections to an API live long and few loops stay evenly loaded that way whatever the number of
/// connections.
final class ListenerBalance: Sendable {
    private let turn = Atomic<Int>(0)
    private let open = Atomic<Int>(0)
    private let accepted = Atomic<Int>(0)
    private let refused = Atomic<Int>(0)
    private let targets = Mutex<[LoopListener]>([])

    func begin(_ listeners: [LoopListener]) {
        targets.withLock { $0 = listeners }
    }

    /// Breaks the cycle with the listeners.
    func end() {
        targets.withLock { $0 = [] }
    }

    /// The listener that gets the next connection; nil when there are `limit` already.
    func next(limit: Int) -> LoopListener? {
        guard open.wrappingAdd(1, ordering: .relaxed).newValue <= limit else {
            open.wrappingSubtract(1, ordering: .relaxed)
            refused.wrappingAdd(1, ordering: .relaxed)
            return nil
        }
        accepted.wrappingAdd(1, ordering: .relaxed)
        let index = UInt(bitPattern: turn.wrappingAdd(1, ordering: .relaxed).oldValue)
        return targets.withLock { $0.isEmpty ? nil : $0[Int(index % UInt($0.count))] }
    }

    /// A connection has ended.
    func release() {
        open.wrappingSubtract(1, ordering: .relaxed)
    }

    var statistics: ConnectionStatistics {
        ConnectionStatistics(
            open: open.load(ordering: .relaxed), accepted: accepted.load(ordering: .relaxed),
            refused: refused.load(ordering: .relaxed))
    }
}
