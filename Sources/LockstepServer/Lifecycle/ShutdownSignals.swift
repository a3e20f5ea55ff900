internal import CLockstepLinux
internal import Glibc
internal import LockstepEventLoop

/// SIGTERM and SIGINT as values to wait for.
///
/// The signal handler only adds to an eventfd, which is safe in a handler, and the loop reads it. One process has one of
/// these at a time; ``end()`` gives the signals back to who had them.
///
/// Unchecked: all state is touched on the loop only.
final class ShutdownSignals: @unchecked Sendable {
    private let loop: EventLoop
    private let descriptor: Int32
    private var registration: Registration?
    private var pending = 0
    private var hasEnded = false
    private var waiter: UnsafeContinuation<Int?, Never>?

    init(on loop: EventLoop) throws(SystemError) {
        self.loop = loop
        descriptor = lockstep_watch_shutdown_signals()
        guard descriptor >= 0 else { throw .last("eventfd") }
        loop.onLoop { [self] in
            registration = try? loop.register(descriptor, .readable) { [self] _ in receive() }
        }
    }

    /// The number of signals that came since the last call, waiting for the first; nil when the wait is over because of
    /// ``end()`` or cancellation. One caller at a time.
    func next() async -> Int? {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { waiter in
                loop.onLoop { [self] in
                    if pending > 0 || hasEnded || Task.isCancelled {
                        waiter.resume(returning: pending > 0 ? pending : nil)
                        pending = 0
                    } else {
                        self.waiter = waiter
                    }
                }
            }
        } onCancel: {
            loop.execute { [self] in release(nil) }
        }
    }

    /// Restores the signals' former handlers.
    func end() async {
        await withUnsafeContinuation { done in
            loop.onLoop { [self] in
                registration?.deregister()
                registration = nil
                if !hasEnded { lockstep_unwatch_shutdown_signals() }
                hasEnded = true
                release(nil)
                done.resume()
            }
        }
    }

    private func receive() {
        var count: eventfd_t = 0
        guard eventfd_read(descriptor, &count) == 0 else { return }
        pending += Int(count)
        if waiter != nil {
            release(pending)
            pending = 0
        }
    }

    private func release(_ signals: Int?) {
        waiter?.resume(returning: signals)
        waiter = nil
    }
}
