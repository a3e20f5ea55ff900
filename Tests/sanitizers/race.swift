// A real race, in a place that the preloaded lock functions and the suppressions come near: two threads take a Mutex, and
// count without it.
import Glibc
import Synchronization

final class Shared: @unchecked Sendable {
    let lock = Mutex(0)
    var unprotected = 0
}

let shared = Shared()

@main struct Program {
    static func main() {
        let threads = (0..<2).map { _ in
            var thread = pthread_t()
            pthread_create(
                &thread, nil,
                { _ in
                    for _ in 0..<20_000 {
                        shared.unprotected += 1
                        shared.lock.withLock { $0 += 1 }
                    }
                    return nil
                }, nil)
            return thread
        }
        for thread in threads { pthread_join(thread, nil) }
        print(shared.lock.withLock { $0 })
    }
}
