internal import CLockstepLinux
internal import Glibc
internal import LockstepEventLoop
internal import LockstepRuntime
internal import Synchronization

/// One listener's part on one loop: accepts, and owns the connections that live there.
///
/// Unchecked: everything but the constants is touched on the loop only, which the entry points check.
final class LoopListener: @unchecked Sendable {
    /// Bytes that one `recv` may bring; shared by all connections of the loop, because nothing stays in it.
    static let readCapacity = 32 * 1024
    /// Connections that are accepted before others get their turn.
    private static let acceptsAtOnce = 64

    /// Connections that are accepted when the server stops accepting: more than a backlog holds.
    private static let acceptsAtEnd = 8192

    let loop: EventLoop
    let settings: ListenerSettings
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: LoopListener.readCapacity, alignment: 16)
    private(set) var date = HTTPDate(unixSeconds: 0)
    private(set) var connections: [Connection] = []
    private let open = Atomic<Int>(0)
    private(set) var isShuttingDown = false
    private let balance: ListenerBalance
    private var socket: ListeningSocket?
    private var registration: Registration?
    private var waitingForFlush: [Connection] = []
    private var whenEmpty: (() -> Void)?
    private var overloadLogged = LoopInstant(nanoseconds: 0)

    init(_ loop: EventLoop, _ settings: ListenerSettings, _ balance: ListenerBalance) {
        self.loop = loop
        self.settings = settings
        self.balance = balance
    }

    deinit {
        readBuffer.deallocate()
    }

    // MARK: Accepting

    /// Begins to accept connections from `socket`.
    func listen(on socket: ListeningSocket) throws(SystemError) {
        self.socket = socket
        registration = try loop.register(socket.descriptor, [.readable, .exclusive]) { [unowned self] _ in
            self.accept(socket, atMost: LoopListener.acceptsAtOnce)
        }
    }

    private func accept(_ socket: ListeningSocket, atMost limit: Int) {
        for _ in 0..<limit {
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let fd = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    lockstep_accept(socket.descriptor, $0, &length)
                }
            }
            if fd < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                if errno != EAGAIN { pauseAccepting() }
                return
            }
            place(fd, ServerAddress(address)?.host ?? "")
        }
    }

    /// Out of descriptors or memory: the connections wait in the backlog. Trying again at once would only spin.
    private func pauseAccepting() {
        settings.logger.error("cannot accept connections", ["errno": .int(Int(errno))])
        registration?.deregister()
        registration = nil
        loop.schedule(after: .milliseconds(100)) { [weak self] in
            guard let self, let socket = self.socket else { return }
            do { try self.listen(on: socket) } catch { self.pauseAccepting() }
        }
    }

    /// Gives a connection to the loop whose turn it is, or refuses it when there are too many.
    private func place(_ fd: Int32, _ address: String) {
        guard let target = balance.next(limit: settings.maximumConnections) else { return refuse(fd) }
        target.loop.onLoop { target.adopt(fd, address) }
    }

    /// Over the limit: a client that speaks plain HTTP is told so, as far as the socket's empty buffer takes it; nobody
    /// waits for it.
    private func refuse(_ fd: Int32) {
        // At most once a second: whoever opens too many connections must not fill the log as well.
        if overloadLogged.advanced(by: .seconds(1)) <= loop.now {
            overloadLogged = loop.now
            settings.logger.warning("connection limit reached", ["limit": .int(settings.maximumConnections)])
        }
        if settings.tls == nil {
            updateDate()
            let problem = Problem(503, .unavailable, "Too many connections", headers: ["Retry-After": "1"])
            var answer: [UInt8] = []
            HTTP1ResponseHead.lastResponse(
                settings.refusals.answer(problem, to: HTTPFields()).response, date, into: &answer)
            _ = answer.withUnsafeBytes { send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            shutdown(fd, Int32(SHUT_WR))
        }
        close(fd)
    }

    private func adopt(_ fd: Int32, _ address: String) {
        let connection = Connection(self, fd, remoteAddress: address, place: connections.count)
        connections.append(connection)
        open.store(connections.count, ordering: .relaxed)
        connection.open()
        if isShuttingDown { connection.beginShutdown() }
    }

    // MARK: Connections

    /// How many there are. From any thread.
    var openConnections: Int { open.load(ordering: .relaxed) }

    /// The connection has closed its descriptor.
    func remove(_ connection: Connection) {
        let last = connections.removeLast()
        open.store(connections.count, ordering: .relaxed)
        if last !== connection {
            connections[connection.place] = last
            last.place = connection.place
        }
        balance.release()
        if connections.isEmpty, isShuttingDown { finishShutdown() }
    }

    /// Writes what the connection has gathered when the turn ends.
    func flushAtEndOfTurn(_ connection: Connection) {
        if waitingForFlush.isEmpty {
            loop.atEndOfTurn { [self] in
                let waiting = waitingForFlush
                waitingForFlush = []
                for connection in waiting { connection.flushGathered() }
            }
        }
        waitingForFlush.append(connection)
    }

    func updateDate() {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        date.update(unixSeconds: Int64(time.tv_sec))
    }

    // MARK: Shutdown

    /// Accepts what has connected so far, then no more.
    func stopAccepting() {
        loop.checkIsCurrent()
        if let socket { accept(socket, atMost: LoopListener.acceptsAtEnd) }
        registration?.deregister()
        registration = nil
        socket = nil
    }

    /// Lets every connection finish. `whenEmpty` is called once, when the last one has gone. To be called when no loop
    /// accepts any more, because each may give connections to this one.
    func beginShutdown(_ whenEmpty: @escaping () -> Void) {
        loop.checkIsCurrent()
        precondition(!isShuttingDown, "a listener shuts down once")
        isShuttingDown = true
        self.whenEmpty = whenEmpty
        for connection in connections { connection.beginShutdown() }
        if connections.isEmpty { finishShutdown() }
    }

    /// The drain deadline has passed: what is left ends now.
    func abortConnections() {
        loop.checkIsCurrent()
        for connection in connections { connection.lose() }
    }

    private func finishShutdown() {
        let call = whenEmpty
        whenEmpty = nil
        call?()
    }
}
