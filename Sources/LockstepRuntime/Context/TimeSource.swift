import Glibc
public import LockstepJSON
import Synchronization

/// Where time comes from, so that expiry and deadlines are tested without waiting.
public protocol TimeSource: Sendable {
    /// The date and time of day.
    var now: Timestamp { get }
    /// The monotonic clock.
    var monotonicNow: MonotonicTime { get }
}

/// The system's clocks.
public struct SystemTime: TimeSource {
    /// The system's clocks.
    public init() {}

    /// The date and time of day (`CLOCK_REALTIME`).
    public var now: Timestamp {
        let time = SystemTime.read(CLOCK_REALTIME)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
    }

    /// The monotonic clock (`CLOCK_MONOTONIC`).
    public var monotonicNow: MonotonicTime {
        let time = SystemTime.read(CLOCK_MONOTONIC)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }
}

/// Time that stands still until it is moved, for tests.
public final class ManualTime: TimeSource {
    private struct State {
        var now: Timestamp
        var monotonicNow: MonotonicTime
    }

    private let state: Mutex<State>

    /// Time that stands at `start`.
    public init(_ start: Timestamp) {
        state = Mutex(State(now: start, monotonicNow: MonotonicTime(nanoseconds: 1_000_000_000)))
    }

    /// The date and time of day.
    public var now: Timestamp { state.withLock { $0.now } }
    /// The monotonic clock.
    public var monotonicNow: MonotonicTime { state.withLock { $0.monotonicNow } }

    /// Moves both clocks.
    public func advance(by duration: Duration) {
        state.withLock { state in
            state.monotonicNow = state.monotonicNow + duration
            let (seconds, attoseconds) = duration.components
            state.now = Timestamp(
                seconds: state.now.seconds + seconds,
                nanoseconds: Int64(state.now.nanoseconds) + attoseconds / 1_000_000_000)
        }
    }
}
