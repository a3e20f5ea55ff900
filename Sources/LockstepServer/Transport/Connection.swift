internal import CLockstepLinux
internal import Glibc
internal import LockstepEventLoop
internal import LockstepRuntime

/// One client connection: a socket, its state machine, and the request that is being answered.
///
/// ```
/// socket ─ recv ─> (TLS) ─> HTTP1Connection ─ actions ─> request task, body stream
/// socket <─ send ─ (TLS) <─ output <─ HTTP1Connection <─ response
/// ```
///
/// After whatever happens, ``settle()`` performs the actions that the state machine asks for, writes what there is to
/// write in one system call, and moves the timer.
///
/// Unchecked: everything is touched on the connection's loop only. Request tasks prefer that loop, and come back to it
/// before they touch the connection again.
final class Connection: @unchecked Sendable {
    let listener: LoopListener
    let loop: EventLoop
    let fd: Int32
    let remoteAddress: String
    /// Where the listener's list has this connection.
    var place: Int

    var http: HTTP1Connection
    var tls: TLSSession?
    /// Known once the handshake is complete.
    var clientCertificate: ClientCertificate?
    var output = OutputQueue()
    /// What TLS has made of the output.
    var ciphertext = OutputQueue()

    var isOpen = true
    /// Until when the TLS handshake must be complete; nil once it is, and without TLS.
    var handshakeDeadline: UInt64?
    /// Input came while reading was paused, so the descriptor is no longer watched for it.
    var hasUnreadInput = false
    /// The peer has ended its side.
    var hasPeerEnded = false
    /// The socket has taken all that it can.
    var isBlocked = false
    var isWaitingForFlush = false
    var closesWhenFlushed = false
    var endsWritingWhenFlushed = false

    var task: Task<Void, Never>?
    var answering = false
    var bodyStream: RequestBodyStream?
    /// The response stream that waits for the output to be written.
    var drainWaiter: UnsafeContinuation<Void, Never>?

    private var isSettling = false
    private var registration: Registration?
    private var interest: IOEvents = .readable
    private var timer: TimerHandle?
    private var timerDeadline = UInt64.max

    var settings: ListenerSettings { listener.settings }

    init(_ listener: LoopListener, _ fd: Int32, remoteAddress: String, place: Int) {
        self.listener = listener
        loop = listener.loop
        self.fd = fd
        self.remoteAddress = remoteAddress
        self.place = place
        http = HTTP1Connection(configuration: listener.settings.http, now: listener.loop.now.nanoseconds)
    }

    /// Starts to watch the socket.
    func open() {
        if let context = settings.tls {
            tls = TLSSession(context)
            handshakeDeadline = loop.now.advanced(by: context.handshakeTimeout).nanoseconds
            if tls == nil { return dispose() }
        }
        do {
            registration = try loop.register(fd, interest) { [unowned self] events in self.handle(events) }
            updateTimer()
        } catch {
            settings.logger.error("cannot watch a connection", ["cause": .string(error.description)])
            dispose()
        }
    }

    // MARK: Events

    private func handle(_ events: IOEvents) {
        if events.contains(.writable) { flushBlocked() }
        if isOpen, !events.isDisjoint(with: [.readable, .hangup, .error]) {
            if interest.contains(.readable) {
                readable()
            } else if !events.isDisjoint(with: [.hangup, .error]) {
                lose()  // nothing is left to read and nothing can be written
            }
        }
        settle()
    }

    private func timerFired() {
        timer = nil
        timerDeadline = .max
        let now = loop.now.nanoseconds
        if let handshakeDeadline {
            if now >= handshakeDeadline { return lose() }
        } else {
            http.timerFired(now: now)
            // The output stalled for too long, and the end that this means is queued behind a request that waits for it.
            if http.isClosed, mustWriteFirst { return lose() }
        }
        settle()
    }

    func beginShutdown() {
        http.beginShutdown(now: loop.now.nanoseconds)
        settle()
    }

    /// Ends the connection now, whatever it is doing: the socket has failed, or the time is over.
    func lose() {
        http.connectionLost()
        dispose()
    }

    // MARK: Settling

    /// Performs what the state machine asks for, writes, and moves the timer. Does nothing when called from within, because
    /// the outer call goes on until nothing is left: a request that is answered at once does not deepen the stack.
    func settle() {
        guard !isSettling, isOpen else { return }
        isSettling = true
        var budget = ListenerSettings.requestsAtOnce
        repeat {
            while !mustWriteFirst, let action = http.nextAction() {
                perform(action)
                if case .request = action { budget -= 1 }
                if budget == 0 { break }
            }
            flush()
        } while isOpen && budget > 0 && http.hasActions && !mustWriteFirst
        if budget == 0, isOpen { return settleLater() }
        isSettling = false
        guard isOpen else { return }
        updateInterest()
        updateTimer()
    }

    /// A client that sends requests and reads no responses gets none computed beyond the bound on unwritten output.
    private var mustWriteFirst: Bool {
        output.byteCount >= ListenerSettings.outputHighWatermark && http.isNextActionARequest
    }

    /// A peer that sends many requests at once must not keep the loop from the others.
    private func settleLater() {
        loop.execute { [self] in
            isSettling = false
            settle()
        }
    }

    private func perform(_ action: HTTP1Action) {
        switch action {
        case .request(let request): start(request)
        case .body(let piece): bodyStream?.receive(piece)
        case .bodyEnd: bodyStream?.finish()
        case .bodyFailed(let failure): bodyStream?.fail(failure)
        case .refuse(let refusal, let fields): refuse(refusal, fields)
        case .pauseReading: break  // when more comes in spite of it, the descriptor is no longer watched
        case .resumeReading: resumeReading()
        case .shutdownWrite: endsWritingWhenFlushed = true
        case .close: closesWhenFlushed = true
        case .abort: dispose()
        }
    }

    private func refuse(_ refusal: HTTP1Refusal, _ fields: HTTPFields) {
        settings.protocolErrors.count(refusal)
        let (response, requestID) = settings.refusals.answer(refusal.problem, to: fields)
        settings.logger.info(
            "request refused",
            [
                "requestId": .string(requestID), "reason": .string(refusal.reason), "status": .int(Int(refusal.status)),
                "remote": .string(remoteAddress),
            ])
        listener.updateDate()
        http.refuse(with: response, date: listener.date, into: &output.tail, now: loop.now.nanoseconds)
    }

    private func updateInterest() {
        var wanted: IOEvents = []
        if !hasPeerEnded, !hasUnreadInput { wanted.insert(.readable) }
        if isBlocked { wanted.insert(.writable) }
        guard wanted != interest else { return }
        interest = wanted
        do { try registration?.modify(wanted) } catch { dispose() }
    }

    /// One timer a connection, moved only when it must fire earlier: deadlines mostly move on, and then the timer that
    /// fires too early is set anew.
    private func updateTimer() {
        let deadline = handshakeDeadline ?? http.deadline
        guard deadline < timerDeadline else { return }
        timer?.cancel()
        timerDeadline = deadline
        timer = loop.schedule(at: LoopInstant(nanoseconds: deadline)) { [unowned self] in self.timerFired() }
    }

    // MARK: The end

    /// Closes the socket and lets go of everything. A request task that still runs is cancelled and its response dropped.
    func dispose() {
        guard isOpen else { return }
        isOpen = false
        timer?.cancel()
        timer = nil
        registration?.deregisterBeforeClosing()
        registration = nil
        close(fd)
        tls = nil
        output.removeAll()
        ciphertext.removeAll()
        if let bodyStream {
            bodyStream.fail(HTTP1BodyFailure.peerClosed)
            bodyStream.detach()
        }
        bodyStream = nil
        task?.cancel()
        task = nil
        drainWaiter?.resume()
        drainWaiter = nil
        listener.remove(self)
    }
}
