// A real race, in a place that the preloaded lock functions come near: two threads change the same variable, each under a
// Mutex of its own.
import Glibc
import Synchronization

final class Shared: @unchecked Sendable {
    let first = Mutex(0)
    let second = Mutex(0)
    var unprotected = 0
}

let shared = Shared()

@main struct Program {
    static func main() {
        let first = start { _ in
            repeatedly { shared.first.withLock { _ in shared.unprotected += 1 } }
            return nil
        }
        let second = start { _ in
            repeatedly { shared.second.withLock { _ in shared.unprotected += 1 } }
            return nil
        }
        for thread in [first, second] { pthread_join(thread, nil) }
        print(shared.unprotected)
    }

    private static func start(
        _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
    ) -> pthread_t {
        var thread = pthread_t()
        pthread_create(&thread, nil, body, nil)
        return thread
    }
}

/// Lets the other thread in again and again, so that the two overlap on a busy machine as well.
private func repeatedly(_ body: () -> Void) {
    for number in 0..<20_000 {
        body()
        if number % 10 == 0 { sched_yield() }
    }
}
