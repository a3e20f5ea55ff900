// Two threads append to an array in a Mutex. There is no race, but under contention the lock is handed over inside
// libswiftSynchronization, where Thread Sanitizer sees nothing (Swift 6.3): see scripts/lib/tsan-mutex.c.
import Glibc
import Synchronization

final class Shared: Sendable {
    let list = Mutex<[Int]>([])
}

let shared = Shared()

@main struct Program {
    static func main() {
        let threads = (0..<2).map { _ in
            var thread = pthread_t()
            pthread_create(
                &thread, nil,
                { _ in
                    for number in 0..<20_000 {
                        shared.list.withLock {
                            $0.append(number)
                            // So that the other thread finds the lock taken.
                            if number % 500 == 0 { usleep(100) }
                        }
                    }
                    return nil
                }, nil)
            return thread
        }
        for thread in threads { pthread_join(thread, nil) }
        print(shared.list.withLock { $0.count })
    }
}
