import Synchronization

/// A number that only grows.
public final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    init() {}

    /// Counts.
    public func add(_ amount: Int = 1) {
        value.add(amount, ordering: .relaxed)
    }

    /// The count so far.
    public var count: Int { value.load(ordering: .relaxed) }
}
