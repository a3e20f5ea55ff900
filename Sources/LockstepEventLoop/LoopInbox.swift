internal import Synchronization

/// Jobs from other threads, and the agreement on who wakes whom.
///
/// A producer appends under the lock and then exchanges the signal for `hasJobs`; only the one that finds `sleeping`
/// must write to the eventfd. The loop looks at the signal once a turn and takes the lock only when there are jobs.
struct LoopInbox: ~Copyable {
    private enum Signal {
        static let idle: UInt8 = 0
        static let hasJobs: UInt8 = 1
        static let sleeping: UInt8 = 2
    }

    private let jobs = Mutex<[InboxJob]>([])
    private let signal = Atomic<UInt8>(Signal.idle)

    /// A `LoopJob` on its way to the loop's thread.
    enum InboxJob: Sendable {
        case task(UnownedJob)
        case actor(UnownedJob, EventLoopSerialExecutor)
        case work(@Sendable () -> Void)
    }

    /// Jobs that have not been taken.
    var count: Int { jobs.withLock { $0.count } }

    /// Adds a job; true when the caller must wake the loop.
    borrowing func append(_ job: InboxJob) -> Bool {
        jobs.withLock { $0.append(job) }
        return notify()
    }

    /// Makes the loop look up without a job; true when the caller must wake it.
    borrowing func notify() -> Bool {
        signal.exchange(Signal.hasJobs, ordering: .acquiringAndReleasing) == Signal.sleeping
    }

    /// Announces that the loop is about to sleep; false when jobs are waiting and it must not.
    borrowing func beginSleep() -> Bool {
        signal.compareExchange(expected: Signal.idle, desired: Signal.sleeping, ordering: .acquiringAndReleasing)
            .exchanged
    }

    /// Moves what has arrived to `queue`. Called once a turn, after waking.
    borrowing func drain(to queue: inout LoopJobQueue) {
        if signal.load(ordering: .relaxed) == Signal.idle { return }
        if signal.exchange(Signal.idle, ordering: .acquiringAndReleasing) != Signal.hasJobs { return }
        let arrived = jobs.withLock { jobs in
            let arrived = jobs
            jobs = []
            return arrived
        }
        for job in arrived {
            switch job {
            case .task(let job): queue.append(.task(job))
            case .actor(let job, let executor): queue.append(.actor(job, executor))
            case .work(let work): queue.append(.work(work))
            }
        }
    }
}
