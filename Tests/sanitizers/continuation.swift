// A thread resumes continuations of a task that runs on the default executor. There is no race, but where the thread is faster
// than the task's suspension, only an atomic inside libswift_Concurrency orders the two, and Thread Sanitizer does not see
// it (Swift 6.3): see scripts/tsan-suppressions.txt.
import Glibc
import Synchronization

/// Unchecked: `waiting` is touched between lock and unlock only.
final class Resumer: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: UnsafeContinuation<Int, Never>?
    /// Continuations resumed so far. Relaxed, so that it orders nothing.
    private let resumed = Atomic<Int>(0)

    func start() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Resumer>.fromOpaque(argument).takeUnretainedValue().run() }
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
    }

    func take(_ continuation: UnsafeContinuation<Int, Never>) {
        pthread_mutex_lock(mutex)
        let before = resumed.load(ordering: .relaxed)
        waiting = continuation
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
        // The thread comes first, before the task that called this has suspended.
        while resumed.load(ordering: .relaxed) == before { sched_yield() }
    }

    private func run() {
        pthread_mutex_lock(mutex)
        while true {
            if let continuation = waiting.take() {
                pthread_mutex_unlock(mutex)
                continuation.resume(returning: 1)
                resumed.wrappingAdd(1, ordering: .relaxed)
                pthread_mutex_lock(mutex)
            } else {
                pthread_cond_wait(condition, mutex)
            }
        }
    }
}

@main struct Program {
    static func main() async {
        let resumer = Resumer()
        resumer.start()
        let sum = await Task.detached {
            var sum = 0
            for _ in 0..<4_000 { sum += await withUnsafeContinuation { resumer.take($0) } }
            return sum
        }.value
        print(sum)
    }
}
