/// A timer of an ``EventLoop``. To be used on that loop only.
public struct TimerHandle: Sendable {
    let loop: EventLoop
    let token: UInt64

    /// Cancels the timer; false when it has fired or was cancelled before.
    @discardableResult
    public func cancel() -> Bool {
        loop.checkIsCurrent()
        return loop.state.timers.remove(token)
    }
}
