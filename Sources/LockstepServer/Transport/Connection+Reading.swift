internal import CLockstepLinux
internal import Glibc
internal import LockstepEventLoop
internal import LockstepRuntime

extension Connection {
    /// One `recv`, however much there is: what is left is reported again in the next turn, and other connections are not
    /// kept waiting.
    func readable() {
        if http.isReadingPaused {
            hasUnreadInput = true
            return
        }
        let count = recv(fd, listener.readBuffer.baseAddress, LoopListener.readCapacity, 0)
        if count > 0 {
            let bytes = UnsafeRawBufferPointer(rebasing: listener.readBuffer[..<count])
            if let tls {
                tls.receive(bytes)
                readDecrypted()
            } else {
                http.receive(bytes.bindMemory(to: UInt8.self).span, now: loop.now.nanoseconds)
            }
        } else if count == 0 {
            peerEnded()
        } else if errno != EAGAIN && errno != EINTR {
            lose()
        }
    }

    func resumeReading() {
        hasUnreadInput = false
        // What TLS has decrypted but could not hand on would otherwise wait for the peer's next bytes.
        if tls != nil { readDecrypted() }
    }

    private func peerEnded() {
        hasPeerEnded = true
        if handshakeDeadline != nil {
            lose()
        } else {
            http.receivedEnd(now: loop.now.nanoseconds)
        }
    }

    // MARK: TLS

    /// Goes on with the handshake, or hands decrypted bytes to the state machine until it wants no more.
    private func readDecrypted() {
        guard let tls else { return }
        if handshakeDeadline != nil {
            switch tls.handshake() {
            case .inProgress: return
            case .complete: beginHTTP()
            case .failed:
                // The alert still goes out; what else the peer sends is of no use.
                hasPeerEnded = true
                closesWhenFlushed = true
                return
            }
        }
        while !http.isReadingPaused, !http.isClosed {
            switch tls.read(into: listener.readBuffer) {
            case .bytes(let count):
                let bytes = UnsafeRawBufferPointer(rebasing: listener.readBuffer[..<count])
                http.receive(bytes.bindMemory(to: UInt8.self).span, now: loop.now.nanoseconds)
            case .needsMore: return
            case .ended: return http.receivedEnd(now: loop.now.nanoseconds)
            case .failed: return lose()
            }
        }
    }

    /// The handshake is complete: the deadline of the first request counts from here.
    private func beginHTTP() {
        handshakeDeadline = nil
        if settings.tls?.verifiesClients == true { clientCertificate = tls?.clientCertificate() }
        http = HTTP1Connection(configuration: settings.http, now: loop.now.nanoseconds)
        if listener.isShuttingDown { http.beginShutdown(now: loop.now.nanoseconds) }
    }
}
