/// Pauses between attempts: doubled each time up to a limit, with full jitter in the upper half so that instances do not
/// return in step.
struct Backoff {
    let first: Duration
    let limit: Duration
    private(set) var failures = 0

    init(first: Duration, limit: Duration) {
        self.first = first
        self.limit = limit
    }

    mutating func succeeded() {
        failures = 0
    }

    /// The pause after one more failure; `random` is in 0 ..< 1.
    mutating func failed(random: Double) -> Duration {
        failures += 1
        let whole = min(limit, first * (1 << min(failures - 1, 20)))
        return whole * (0.5 + 0.5 * min(max(random, 0), 1))
    }
}
