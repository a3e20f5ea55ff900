import CLockstepCurl
import Glibc
import LockstepRuntime
import Synchronization

/// The thread that all transfers of a transport run on: it takes new ones from an inbox, lets libcurl work, and hands results over.
///
/// `@unchecked Sendable`: `multi` is used by the thread alone, but for `curl_multi_wakeup`, which may be called from any thread until the
/// thread has cleaned up; that is decided under the lock of `state`.
final class CurlLoop: @unchecked Sendable {
    private struct State {
        var inbox: [CurlTransfer] = []
        /// Transfers in the inbox and under way.
        var count = 0
        var isStopped = false
        var isOver = false
    }

    private enum Step {
        case work([CurlTransfer])
        case end([CurlTransfer])
    }

    /// libcurl's own state, once a process.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    private let multi: UnsafeMutableRawPointer
    private let maximumTransfers: Int
    private let state = Mutex(State())

    init(maximumTransfers: Int) throws(OutgoingError) {
        guard Self.isReady, let multi = curl_multi_init() else {
            throw OutgoingError(.busy, "libcurl cannot be started")
        }
        self.multi = multi
        self.maximumTransfers = max(1, maximumTransfers)
        guard CurlThread.start({ self.run() }) else {
            curl_multi_cleanup(multi)
            throw OutgoingError(.busy, "no thread for requests can be started")
        }
    }

    // MARK: From other threads

    /// Takes a transfer, or refuses it.
    func add(_ transfer: CurlTransfer) {
        let isTaken = state.withLock { state in
            guard !state.isStopped, state.count < maximumTransfers else { return false }
            state.count += 1
            state.inbox.append(transfer)
            return true
        }
        guard isTaken else { return transfer.fail(OutgoingError(.busy, "too many requests are under way")) }
        wake()
    }

    /// Makes the thread look at its inbox, and at what was cancelled.
    func wake() {
        state.withLock { state in
            // After the clean-up there is nothing to wake.
            if !state.isOver { curl_multi_wakeup(multi) }
        }
    }

    /// Lets the thread end; requests under way fail.
    func stop() {
        state.withLock { $0.isStopped = true }
        wake()
    }

    // MARK: On the thread

    private func run() {
        var active: [UnsafeMutableRawPointer: CurlTransfer] = [:]
        while true {
            switch takeInbox() {
            case .end(let inbox):
                for transfer in inbox + Array(active.values) {
                    close(transfer)
                    transfer.fail(OutgoingError(.connection, "the transport was closed"))
                }
                state.withLock { $0.isOver = true }
                curl_multi_cleanup(multi)
                return
            case .work(let inbox): for transfer in inbox { start(transfer, &active) }
            }
            for transfer in active.values where transfer.cancellation.isCancelled {
                finish(transfer, &active) { $0.cancel() }
            }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            readMessages(&active)
            // Until a socket or timer is due, or somebody wakes the thread.
            curl_multi_poll(multi, nil, 0, 60_000, nil)
        }
    }

    private func takeInbox() -> Step {
        state.withLock { state in
            let inbox = state.inbox
            state.inbox = []
            return state.isStopped ? .end(inbox) : .work(inbox)
        }
    }

    private func start(_ transfer: CurlTransfer, _ active: inout [UnsafeMutableRawPointer: CurlTransfer]) {
        guard let handle = transfer.open(), curl_multi_add_handle(multi, handle) == CURLM_OK else {
            return finish(transfer, &active) { $0.fail(OutgoingError(.busy, "the request cannot be started")) }
        }
        active[handle] = transfer
    }

    private func readMessages(_ active: inout [UnsafeMutableRawPointer: CurlTransfer]) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let transfer = active[message.pointee.easy_handle] else {
                continue
            }
            let result = lockstep_curl_result(message)
            finish(transfer, &active) { $0.complete(result) }
        }
    }

    private func finish(
        _ transfer: CurlTransfer, _ active: inout [UnsafeMutableRawPointer: CurlTransfer],
        _ report: (CurlTransfer) -> Void
    ) {
        if let handle = transfer.handle { active[handle] = nil }
        state.withLock { $0.count -= 1 }
        report(transfer)
        close(transfer)
    }

    private func close(_ transfer: CurlTransfer) {
        if let handle = transfer.handle { curl_multi_remove_handle(multi, handle) }
        transfer.close()
    }
}

/// A detached thread that runs a closure. All signals are blocked on it, so that they reach the threads that wait for them.
enum CurlThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
        var (all, previous) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        var thread = pthread_t()
        // The thread takes over the reference that is retained here.
        let body = Unmanaged.passRetained(Body(run)).toOpaque()
        guard pthread_create(&thread, nil, main, body) == 0 else {
            Unmanaged<Body>.fromOpaque(body).release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
    }
}
