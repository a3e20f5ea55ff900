/// One thing for the loop to run.
enum LoopJob {
    /// A job of a task that prefers this loop.
    case task(UnownedJob)
    /// A job of an actor whose serial executor is this loop's facade.
    case actor(UnownedJob, EventLoopSerialExecutor)
    /// A closure.
    case work(() -> Void)
}

/// A first-in first-out queue on a ring that only grows.
struct LoopJobQueue {
    private var ring: [LoopJob?] = Array(repeating: nil, count: 64)
    private var head = 0
    private(set) var count = 0

    mutating func append(_ job: LoopJob) {
        if count == ring.count { grow() }
        ring[(head &+ count) & (ring.count &- 1)] = job
        count &+= 1
    }

    mutating func popFirst() -> LoopJob? {
        guard count > 0 else { return nil }
        let job = ring[head].take()
        head = (head &+ 1) & (ring.count &- 1)
        count &-= 1
        return job
    }

    private mutating func grow() {
        var larger: [LoopJob?] = Array(repeating: nil, count: ring.count * 2)
        for offset in 0..<count {
            larger[offset] = ring[(head + offset) & (ring.count - 1)]
        }
        ring = larger
        head = 0
    }
}
