// Two threads append to an array in a Mutex. There is no race, but under contention the lock is handed over inside
// libswiftSynchronization, where Thread Sanitizer sees nothing (Swift 6.3): see scripts/lib/tsan-mutex.c.
import Glibc
import Synchronization

final class Shared: Sendable {
    let list = Mutex<[Int]>([])
    /// How often a thread was about to take the lock. Relaxed, so that it orders nothing.
    let attempts = Atomic<Int>(0)

    func append(_ number: Int) {
        attempts.wrappingAdd(1, ordering: .relaxed)
        list.withLock { list in
            list.append(number)
            if number % 500 == 0 { waitForTheOther() }
        }
    }

    /// Keeps the lock until the other thread has found it taken; gives up when that one has ended.
    private func waitForTheOther() {
        let before = attempts.load(ordering: .relaxed)
        var turns = 0
        while attempts.load(ordering: .relaxed) == before, turns < 1_000 {
            sched_yield()
            turns += 1
        }
        for _ in 0..<20 { sched_yield() }
    }
}

let shared = Shared()

@main struct Program {
    static func main() {
        let threads = (0..<2).map { _ in
            var thread = pthread_t()
            pthread_create(
                &thread, nil,
                { _ in
                    for number in 0..<20_000 { shared.append(number) }
                    return nil
                }, nil)
            return thread
        }
        for thread in threads { pthread_join(thread, nil) }
        print(shared.list.withLock { $0.count })
    }
}
