internal import CLockstepLinux

/// What only the loop's thread touches.
final class LoopState {
    /// Events taken from the kernel at once; more stay there until the next turn.
    static let eventCapacity = 256
    /// Nanoseconds of jobs between two looks at the descriptors.
    static let jobBudget: UInt64 = 100_000

    var jobs = LoopJobQueue()
    var timers = TimerHeap()
    var registrations = RegistrationTable()
    var hooks: [() -> Void] = []
    var runningHooks: [() -> Void] = []
    var now = LoopInstant.now
    /// When the turn began: when the loop woke, or when it began to look for events without waiting.
    var turnStart = LoopInstant.now
    let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: LoopState.eventCapacity)

    deinit {
        events.deallocate()
    }

    /// Milliseconds until the next timer, rounded up; -1 without one.
    func pollTimeout(_ now: LoopInstant) -> Int32 {
        guard let deadline = timers.earliest else { return -1 }
        guard deadline > now else { return 0 }
        let milliseconds = (deadline.nanoseconds - now.nanoseconds + 999_999) / 1_000_000
        return Int32(clamping: milliseconds)
    }
}
