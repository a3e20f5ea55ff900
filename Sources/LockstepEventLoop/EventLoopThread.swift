internal import CLockstepLinux
internal import Glibc

/// A thread with a name, joined or detached by whoever started it.
struct EventLoopThread: Sendable {
    private let handle: pthread_t

    /// Starts a thread. All signals are blocked on it, so that they reach the threads that wait for them.
    init(name: String, _ run: @escaping @Sendable () -> Void) throws(SystemError) {
        var (all, previous) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        var handle = pthread_t()
        let body = Unmanaged.passRetained(  // released by the thread, or below when there is none
            ThreadBody {
                lockstep_name_thread(String(name.prefix(15)))
                run()
            })
        let code = pthread_create(&handle, nil, runThreadBody, body.toOpaque())
        guard code == 0 else {
            body.release()
            throw SystemError(call: "pthread_create", code: code)
        }
        self.handle = handle
    }

    /// Waits for the thread to end.
    func join() {
        pthread_join(handle, nil)
    }

    /// Lets the thread end on its own.
    func detach() {
        pthread_detach(handle)
    }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}

private func runThreadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument { Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run() }
    return nil
}
