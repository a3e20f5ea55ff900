internal import Glibc

/// Threads for work that blocks (password hashing, DNS, files), bounded in threads and in waiting work.
public final class BlockingPool: Sendable {
    /// Why work was not taken.
    public enum Rejection: Error, Sendable, Equatable {
        /// As much work is waiting as the pool allows. Try again later.
        case queueFull
        /// The pool was stopped.
        case stopped
        /// No thread could be started.
        case noThread
    }

    private let queue: BlockingQueue
    private let name: String

    /// At most `threads` threads, started as needed, and at most `queueLimit` items that wait for one.
    public init(threads: Int = EventLoopGroup.usableCPUs, queueLimit: Int = 1024, name: String = "blocking") {
        precondition(threads > 0 && queueLimit > 0, "a BlockingPool needs a thread and a place in its queue")
        queue = BlockingQueue(threads: threads, limit: queueLimit)
        self.name = name
    }

    /// Runs `work` on a thread of the pool and returns its result to the caller's executor; throws ``Rejection`` when
    /// the pool is full. Work that has been taken runs even when the task is cancelled meanwhile.
    public nonisolated(nonsending) func run<Success: Sendable>(
        _ work: @escaping @Sendable () throws -> Success
    ) async throws -> Success {
        try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Success, any Error>) in
            submit(
                { continuation.resume(with: Result(catching: work)) },
                orElse: { continuation.resume(throwing: $0) })
        }
    }

    /// Refuses new work, runs what was taken, and lets the threads end. Does not wait for them.
    public func stop() {
        queue.stop()
    }

    private func submit(_ item: @escaping @Sendable () -> Void, orElse refuse: (Rejection) -> Void) {
        switch queue.add(item) {
        case .taken:
            break
        case .refused(let rejection):
            refuse(rejection)
        case .needsThread:
            do {
                let queue = self.queue
                try EventLoopThread(name: name) { queue.work() }.detach()
            } catch {
                if queue.threadFailed() { refuse(.noThread) }
            }
        }
    }

    deinit {
        queue.stop()
    }
}

/// The queue that a pool's threads share.
///
/// Unchecked: every access to the mutable state is between `lock()` and `unlock()`.
private final class BlockingQueue: @unchecked Sendable {
    enum Outcome {
        case taken
        case needsThread
        case refused(BlockingPool.Rejection)
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let maximumThreads: Int
    private let limit: Int
    private var items: [@Sendable () -> Void] = []
    private var head = 0
    private var threads = 0
    private var idle = 0
    private var isStopped = false

    init(threads: Int, limit: Int) {
        maximumThreads = threads
        self.limit = limit
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func add(_ item: @escaping @Sendable () -> Void) -> Outcome {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if isStopped { return .refused(.stopped) }
        let waiting = items.count - head
        if waiting - idle >= limit { return .refused(.queueFull) }
        items.append(item)
        if waiting < idle {
            pthread_cond_signal(condition)
            return .taken
        }
        guard threads < maximumThreads else { return .taken }
        threads += 1
        return .needsThread
    }

    /// Takes back a thread that could not be started; true when the newest item was dropped, because none is left to run it.
    func threadFailed() -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        threads -= 1
        guard threads == 0, items.count > head else { return false }
        items.removeLast()
        return true
    }

    func stop() {
        pthread_mutex_lock(mutex)
        isStopped = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    func work() {
        while let item = next() { item() }
    }

    private func next() -> (@Sendable () -> Void)? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while head == items.count {
            if isStopped {
                threads -= 1
                return nil
            }
            idle += 1
            pthread_cond_wait(condition, mutex)
            idle -= 1
        }
        let item = items[head]
        head += 1
        if head == items.count || head >= 1024 {
            items.removeFirst(head)
            head = 0
        }
        return item
    }
}
