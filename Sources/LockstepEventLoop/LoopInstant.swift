internal import Glibc

/// A point on the monotonic clock, in nanoseconds since an arbitrary start (usually boot).
///
/// Eight bytes instead of the sixteen of `ContinuousClock.Instant`, because every connection and timer carries some.
public struct LoopInstant: Sendable, Hashable, Comparable {
    /// Nanoseconds on `CLOCK_MONOTONIC`.
    public var nanoseconds: UInt64

    /// A point given in nanoseconds of the monotonic clock.
    public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// Reads the clock (about 20 ns).
    public static var now: LoopInstant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return LoopInstant(nanoseconds: UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec))
    }

    /// Later than any time that will be reached.
    public static let distantFuture = LoopInstant(nanoseconds: .max)

    /// Whether `left` is earlier than `right`.
    public static func < (left: LoopInstant, right: LoopInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// `duration` later; saturates at ``distantFuture``. A negative duration counts as zero.
    public func advanced(by duration: Duration) -> LoopInstant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
        return overflow ? .distantFuture : LoopInstant(nanoseconds: sum)
    }

    /// The time from `self` to `other`; zero when `other` is earlier.
    public func duration(to other: LoopInstant) -> Duration {
        other <= self ? .zero : .nanoseconds(Int64(clamping: other.nanoseconds - nanoseconds))
    }
}

extension Duration {
    /// Nanoseconds, clamped to `0 … UInt64.max`.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (scaled, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return .max }
        let (sum, carried) = scaled.addingReportingOverflow(UInt64(attoseconds / 1_000_000_000))
        return carried ? .max : sum
    }
}
