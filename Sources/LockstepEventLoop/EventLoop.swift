internal import CLockstepLinux
internal import Glibc
internal import Synchronization

/// An epoll loop that is a Swift `TaskExecutor`: connections, timers and the code of requests live on its one thread
/// and need no locks.
///
/// One turn of the loop: wait for events → call the handlers of ready descriptors → fire due timers → run queued jobs,
/// for about 100 µs → run what was asked for with ``atEndOfTurn(_:)`` (batched writes) → wait again. The budget is time and
/// not a count of jobs, because jobs differ by a factor of a thousand and descriptors must not starve.
///
/// Start work on the loop with ``start(_:)`` or `Task(executorPreference: loop)`. `Task { }`, `Task.detached { }`,
/// `Task.sleep` and `@MainActor` code leave it: use ``sleep(for:)`` and task groups.
/// All members must be used on the loop, except where they say "from any thread".
public final class EventLoop: TaskExecutor {
    let epollDescriptor: Int32
    private let wakeDescriptor: Int32
    private let inbox = LoopInbox()
    private let stopRequested = Atomic<Bool>(false)
    private let counters = LoopCounters()
    // Unsafe: only the loop's own thread touches it; each entry point checks `isCurrent` or is on the loop by construction.
    nonisolated(unsafe) let state = LoopState()

    /// Makes a loop that does nothing until ``run()``.
    public init() throws(SystemError) {
        epollDescriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard epollDescriptor >= 0 else {
            wakeDescriptor = -1
            throw .last("epoll_create1")
        }
        wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard wakeDescriptor >= 0 else { throw .last("eventfd") }
        // Edge-triggered: each write is one event, so the counter never needs to be read.
        var event = epoll_event(
            events: EPOLLIN.rawValue | EPOLLET.rawValue, data: epoll_data(u64: EventLoop.wakeToken))
        if epoll_ctl(epollDescriptor, EPOLL_CTL_ADD, wakeDescriptor, &event) != 0 { throw .last("epoll_ctl") }
    }

    deinit {
        if wakeDescriptor >= 0 { close(wakeDescriptor) }
        if epollDescriptor >= 0 { close(epollDescriptor) }
    }

    private static let wakeToken = UInt64.max

    /// The loop that runs on this thread, if any. From any thread.
    public static var current: EventLoop? {
        lockstep_current_loop().map { Unmanaged<EventLoop>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Whether this thread is the one on which the loop runs. From any thread.
    public var isCurrent: Bool {
        lockstep_current_loop() == Unmanaged.passUnretained(self).toOpaque()
    }

    /// Stops the program when it is not on this loop. From any thread.
    public func checkIsCurrent(file: StaticString = #fileID, line: UInt = #line) {
        precondition(isCurrent, "this must be called on its event loop", file: file, line: line)
    }

    /// What the loop has done and has before it, up to its last turn. From any thread.
    public var statistics: LoopStatistics { counters.statistics(inboxJobs: inbox.count) }

    /// The time at which this turn began or the budget was last checked: at most about 100 µs old, and free.
    public var now: LoopInstant {
        checkIsCurrent()
        return state.now
    }
}

// MARK: - Descriptors, timers, hooks

extension EventLoop {
    /// Watches `fd` and calls `handler` on the loop with what has happened, until it is deregistered.
    public func register(
        _ fd: Int32, _ interest: IOEvents, _ handler: @escaping (IOEvents) -> Void
    ) throws(SystemError) -> Registration {
        checkIsCurrent()
        let token = state.registrations.insert(fd, handler)
        var event = epoll_event(events: interest.rawValue, data: epoll_data(u64: token))
        if epoll_ctl(epollDescriptor, EPOLL_CTL_ADD, fd, &event) != 0 {
            let error = SystemError.last("epoll_ctl")
            _ = state.registrations.remove(token)
            throw error
        }
        return Registration(loop: self, token: token)
    }

    /// Runs `body` on the loop at `deadline` or up to a millisecond later.
    @discardableResult
    public func schedule(at deadline: LoopInstant, _ body: @escaping () -> Void) -> TimerHandle {
        checkIsCurrent()
        return TimerHandle(loop: self, token: state.timers.insert(at: deadline, body))
    }

    /// Runs `body` on the loop after `duration`.
    @discardableResult
    public func schedule(after duration: Duration, _ body: @escaping () -> Void) -> TimerHandle {
        schedule(at: LoopInstant.now.advanced(by: duration), body)
    }

    /// Runs `hook` once, when the jobs of this turn have run: the place for flushes that should be one system call for
    /// everything that was written in the turn. A hook that is added by a hook runs at the end of the next turn.
    public func atEndOfTurn(_ hook: @escaping () -> Void) {
        checkIsCurrent()
        state.hooks.append(hook)
    }

    /// Starts a task on the loop. Called on the loop, the task runs at once until it first suspends; from another
    /// thread, when the loop gets to it.
    public func start(_ operation: @escaping @Sendable () async -> Void) {
        if isCurrent {
            Task.immediateDetached(executorPreference: self) { await operation() }
        } else {
            Task.detached(executorPreference: self) { await operation() }
        }
    }
}

// MARK: - Running

extension EventLoop {
    /// Runs the loop on this thread until ``stop()``. Jobs that are queued by then still run.
    public func run() {
        precondition(lockstep_current_loop() == nil, "this thread already runs an event loop")
        lockstep_set_current_loop(Unmanaged.passUnretained(self).toOpaque())
        defer { lockstep_set_current_loop(nil) }
        state.now = .now
        state.turnStart = state.now
        while !mustStop() { turn() }
        stopRequested.store(false, ordering: .relaxed)
    }

    /// Makes ``run()`` return soon. From any thread. Tasks that are suspended on the loop then never continue, so stop
    /// what uses the loop first.
    public func stop() {
        stopRequested.store(true, ordering: .releasing)
        if inbox.notify() { wake() }
    }

    /// Whether a stop was asked for and nothing is left to run.
    private func mustStop() -> Bool {
        guard stopRequested.load(ordering: .acquiring) else { return false }
        inbox.drain(to: &state.jobs)
        return state.jobs.count == 0
    }

    func post(_ job: LoopInbox.InboxJob) {
        if inbox.append(job) { wake() }
    }

    private func wake() {
        eventfd_write(wakeDescriptor, 1)
    }

    private func turn() {
        pollDescriptors()
        while let body = state.timers.popExpired(state.now) { body() }
        inbox.drain(to: &state.jobs)
        runJobs()
        runHooks()
    }

    private func pollDescriptors() {
        let before = LoopInstant.now
        counters.turnEnded(after: before.nanoseconds &- state.turnStart.nanoseconds, state)
        var timeout: Int32 = 0
        if state.jobs.count == 0 && state.hooks.isEmpty {
            timeout = state.pollTimeout(before)
            if timeout != 0 && !inbox.beginSleep() { timeout = 0 }
        }
        let count = epoll_wait(epollDescriptor, state.events, Int32(LoopState.eventCapacity), timeout)
        state.now = .now
        state.turnStart = timeout == 0 ? before : state.now
        guard count > 0 else { return }  // a signal (EINTR) is a turn without events
        for index in 0..<Int(count) {
            let event = state.events[index]
            if let handler = state.registrations.handler(event.data.u64) {
                handler(IOEvents(rawValue: event.events))
            }
        }
    }

    private func runJobs() {
        let deadline = state.now.nanoseconds &+ LoopState.jobBudget
        let executor = asUnownedTaskExecutor()
        var sinceClock = 0
        while let job = state.jobs.popFirst() {
            switch job {
            case .task(let job): job.runSynchronously(on: executor)
            case .actor(let job, let serial):
                job.runSynchronously(isolatedTo: serial.asUnownedSerialExecutor(), taskExecutor: executor)
            case .work(let work): work()
            }
            sinceClock &+= 1
            if sinceClock & 3 == 0 {
                state.now = .now
                if state.now.nanoseconds >= deadline { return }
            }
        }
    }

    private func runHooks() {
        guard !state.hooks.isEmpty else { return }
        swap(&state.hooks, &state.runningHooks)
        for hook in state.runningHooks { hook() }
        state.runningHooks.removeAll(keepingCapacity: true)
    }
}
