internal import CLockstepLinux
internal import Synchronization

/// Event loops, one thread each.
public final class EventLoopGroup: Sendable {
    /// The loops, in a fixed order.
    public let loops: [EventLoop]
    private let threads: [EventLoopThread]
    private let turn = Atomic<Int>(0)
    private let isStopped = Atomic<Bool>(false)

    /// The CPUs that this process may use.
    public static var usableCPUs: Int { Int(lockstep_usable_cpus()) }

    /// Starts `count` loops, by default one for each CPU that the process may use.
    public init(count: Int = EventLoopGroup.usableCPUs) throws(SystemError) {
        precondition(count > 0, "an EventLoopGroup needs at least one loop")
        var loops: [EventLoop] = []
        var threads: [EventLoopThread] = []
        for index in 0..<count {
            let loop = try EventLoop()
            loops.append(loop)
            threads.append(try EventLoopThread(name: "loop-\(index)") { loop.run() })
        }
        self.loops = loops
        self.threads = threads
    }

    /// The loops in turn.
    public func next() -> EventLoop {
        let index = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return loops[Int(bitPattern: UInt(bitPattern: index) % UInt(loops.count))]
    }

    /// Stops every loop and waits for the threads. Not to be called on one of the loops. Idempotent.
    public func stop() {
        precondition(
            !loops.contains { $0.isCurrent }, "EventLoopGroup.stop() would wait for the thread that it is called on")
        if isStopped.exchange(true, ordering: .acquiringAndReleasing) { return }
        for loop in loops { loop.stop() }
        for thread in threads { thread.join() }
    }

    deinit {
        if isStopped.load(ordering: .acquiring) { return }
        for loop in loops { loop.stop() }
        for thread in threads { thread.detach() }
    }
}
