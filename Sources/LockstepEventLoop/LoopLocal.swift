/// State that belongs to one ``EventLoop`` and needs no lock, because only that loop's thread touches it.
///
/// The value may be anything, `Sendable` or not; the box can be passed around. ``with(_:)`` stops the program when it is
/// called on another thread. Costs about 5 ns; a loop actor costs 190–1,500 ns.
///
/// Unchecked: the compiler cannot see that all access is on one thread; the precondition in ``with(_:)`` checks it at
/// run time. The value is released wherever the last reference to the box goes away.
public final class LoopLocal<Value>: @unchecked Sendable {
    /// The loop that owns the value.
    public let loop: EventLoop
    private var value: Value

    /// Gives `value` to `loop`.
    public init(_ loop: EventLoop, _ value: sending Value) {
        self.loop = loop
        self.value = value
    }

    /// Runs `body` with the value. Must be called on the loop, and not from within itself.
    public func with<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result) throws(Failure) -> Result
    {
        loop.checkIsCurrent()
        return try body(&value)
    }
}
