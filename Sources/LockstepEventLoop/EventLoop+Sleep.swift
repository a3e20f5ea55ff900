extension EventLoop {
    /// Suspends the task for at least `duration`, without leaving the loop; throws `CancellationError` as soon as the
    /// task is cancelled.
    public nonisolated(nonsending) func sleep(for duration: Duration) async throws {
        try await sleep(until: LoopInstant.now.advanced(by: duration))
    }

    /// Suspends the task until `deadline`; throws `CancellationError` as soon as the task is cancelled.
    public nonisolated(nonsending) func sleep(until deadline: LoopInstant) async throws {
        let sleeper = LoopLocal(self, Sleeper.new)
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Void, any Error>) in
                onLoop { sleeper.begin(continuation, until: deadline) }
            }
        } onCancel: {
            onLoop { sleeper.finish(.failure(CancellationError())) }
        }
    }
}

/// Where a sleep is: set up, woken and cancelled from jobs of the loop, in any order.
private enum Sleeper {
    case new
    case sleeping(UnsafeContinuation<Void, any Error>, TimerHandle)
    case finished(Result<Void, any Error>)
}

extension LoopLocal where Value == Sleeper {
    fileprivate func begin(_ continuation: UnsafeContinuation<Void, any Error>, until deadline: LoopInstant) {
        with { state in
            switch state {
            case .new:
                let timer = loop.schedule(at: deadline) { self.finish(.success(())) }
                state = .sleeping(continuation, timer)
            case .finished(let result):
                continuation.resume(with: result)
            case .sleeping:
                preconditionFailure("a sleep begins once")
            }
        }
    }

    fileprivate func finish(_ result: Result<Void, any Error>) {
        with { state in
            switch state {
            case .new:
                state = .finished(result)
            case .sleeping(let continuation, let timer):
                timer.cancel()
                state = .finished(result)
                continuation.resume(with: result)
            case .finished:
                break
            }
        }
    }
}
