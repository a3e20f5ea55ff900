internal import LockstepEventLoop
internal import LockstepRuntime

extension Connection {
    var hasOutput: Bool { !output.isEmpty || !ciphertext.isEmpty }

    /// Writes what there is, unless the socket is full.
    func flush() {
        guard isOpen, !isBlocked else { return }
        if hasOutput || tls?.hasOutput == true {
            switch write() {
            case .flushed: break
            case .blocked:
                isBlocked = true
                return http.outputStalled(now: loop.now.nanoseconds)
            case .failed:
                return lose()
            }
        }
        finishFlush()
    }

    /// The socket takes bytes again.
    func flushBlocked() {
        guard isBlocked, isOpen else { return }
        switch write() {
        case .flushed:
            isBlocked = false
            http.outputAdvanced(isEmpty: true, now: loop.now.nanoseconds)
        case .blocked(let progress):
            if progress { http.outputAdvanced(isEmpty: false, now: loop.now.nanoseconds) }
        case .failed:
            lose()
        }
    }

    /// The end of the turn, for what a response stream has gathered in it.
    func flushGathered() {
        isWaitingForFlush = false
        settle()
    }

    private func write() -> OutputQueue.Outcome {
        guard let tls else { return output.write(to: fd) }
        var progress = false
        while true {
            tls.encrypt(&output, into: &ciphertext)
            switch ciphertext.write(to: fd) {
            case .flushed:
                progress = true
                if output.isEmpty { return .flushed }
            case .blocked(let more): return .blocked(progress: progress || more)
            case .failed: return .failed
            }
        }
    }

    /// Everything is written: what waited for that happens now.
    private func finishFlush() {
        if let drainWaiter {
            self.drainWaiter = nil
            drainWaiter.resume()
        }
        if closesWhenFlushed || endsWritingWhenFlushed, let tls, tls.beginClose() {
            return flush()  // the close_notify
        }
        if closesWhenFlushed { return dispose() }
        if endsWritingWhenFlushed {
            endsWritingWhenFlushed = false
            endWriting()
            // The time to read the peer's last bytes starts when the last of ours has been handed to the kernel.
            http.outputAdvanced(isEmpty: true, now: loop.now.nanoseconds)
        }
    }
}

extension HTTP1Connection {
    /// Whether ``nextAction()`` has something to give.
    var hasActions: Bool { actionIndex < actions.count }

    /// Whether the next action starts a handler.
    var isNextActionARequest: Bool {
        guard hasActions, case .request = actions[actionIndex] else { return false }
        return true
    }
}
