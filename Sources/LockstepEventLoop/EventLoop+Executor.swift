extension EventLoop {
    /// Takes a job of a task that prefers this loop, from any thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent {
            state.jobs.append(.task(job))
        } else {
            post(.task(job))
        }
    }

    /// Runs `work` on the loop, from any thread; on the loop itself, later in this turn.
    public func execute(_ work: @escaping @Sendable () -> Void) {
        if isCurrent {
            state.jobs.append(.work(work))
        } else {
            post(.work(work))
        }
    }

    /// Runs `work` at once when called on the loop, else as ``execute(_:)`` does.
    public func onLoop(_ work: @escaping @Sendable () -> Void) {
        if isCurrent { work() } else { post(.work(work)) }
    }

    /// A serial executor for actors that live on this loop:
    /// keep it in the actor and return `executor.asUnownedSerialExecutor()` from `unownedExecutor`.
    ///
    /// Apart from the loop itself because a job that runs as "isolated to" an executor re-enqueues at every nonisolated
    /// call (311 instead of 75 ns); only the jobs of such actors pay that.
    public func makeSerialExecutor() -> EventLoopSerialExecutor { EventLoopSerialExecutor(self) }
}

/// The serial executor of actors that live on an ``EventLoop``. Shares the loop's queue.
///
/// The actor must keep the executor alive, so store it in the actor.
public final class EventLoopSerialExecutor: SerialExecutor {
    /// The loop on which the actors run.
    public let loop: EventLoop

    /// An executor for actors on `loop`.
    public init(_ loop: EventLoop) {
        self.loop = loop
    }

    /// Takes a job of an actor, from any thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if loop.isCurrent {
            loop.state.jobs.append(.actor(job, self))
        } else {
            loop.post(.actor(job, self))
        }
    }

    /// Stops the program unless it is on the loop: what `assumeIsolated` asks.
    public func checkIsolated() {
        loop.checkIsCurrent()
    }
}
