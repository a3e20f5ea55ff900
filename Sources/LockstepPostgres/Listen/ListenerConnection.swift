internal import LockstepEventLoop

/// A listener's connection: connects, sends `listen`, passes notifications on, starts over when it is lost.
///
/// Unchecked: confined to `loop`; ``Listener`` calls it there only.
final class ListenerConnection: @unchecked Sendable {
    let loop: EventLoop
    private let parameters: ConnectionParameters
    private let configuration: PostgresConfiguration
    private let blocking: BlockingPool
    private let statement: [UInt8]
    private let tell: @Sendable (Bool) -> Void
    private var output: GapBuffer
    private var backoff: Backoff
    private var connector: Connector?
    private var pq: PQConnection?
    private var registration: Registration?
    private var timer: TimerHandle?
    private var isListening = false
    private var isStopped = false

    init(
        _ pool: PostgresPool, channels: [SQLIdentifier], on loop: EventLoop, output: GapBuffer,
        tell: @escaping @Sendable (Bool) -> Void
    ) {
        self.loop = loop
        self.output = output
        self.tell = tell
        var parameters = pool.parameters
        // The server or the network may vanish while nothing is sent for hours.
        parameters.setDefault("keepalives_idle", "30")
        parameters.setDefault("keepalives_interval", "10")
        self.parameters = parameters
        configuration = pool.configuration
        blocking = pool.blocking
        backoff = Backoff(
            first: pool.configuration.reconnectDelay, limit: pool.configuration.maximumReconnectDelay)
        statement = Array(channels.map { "listen \($0.quoted)" }.joined(separator: ";").utf8)
    }

    func connect() {
        guard !isStopped, connector == nil, pq == nil else { return }
        let connector = Connector(on: loop, blocking: blocking, timeout: configuration.connectTimeout)
        self.connector = connector
        connector.start(parameters) { [weak self] outcome in self?.connected(outcome) }
    }

    func stop() {
        guard !isStopped else { return }
        isStopped = true
        connector?.cancel()
        connector = nil
        timer?.cancel()
        disconnect()
        output.finish()
    }

    private func connected(_ outcome: Connector.Outcome) {
        connector = nil
        guard !isStopped else { return }
        guard case .success(let pq) = outcome, pq.setNonBlocking(), pq.sendSimple(statement) else { return reconnect() }
        self.pq = pq
        do {
            registration = try loop.register(pq.socket, .readable) { [weak self] _ in self?.ready() }
        } catch {
            return reconnect()
        }
        // A few bytes into an empty socket buffer: they go out at once or the connection is broken.
        if case .done = pq.flush() { return }
        reconnect()
    }

    private func ready() {
        guard let pq else { return }
        let isAlive = pq.consumeInput()
        while !pq.isBusy {
            switch pq.next(keep: false) {
            case .result: continue
            case .endOfCommand: break
            // A refused `listen` may be a right that is yet to be granted: try again later.
            case .failure, .aborted, .copy, .sync: return reconnect()
            }
            if !isListening {
                isListening = true
                backoff.succeeded()
                tell(true)
                output.yield(.gap)
            }
            break
        }
        while let (channel, payload, sender) = pq.nextNotification() {
            output.yield(.notification(Notification(channel: channel, payload: payload, sender: sender)))
        }
        if !isAlive || pq.isBad { reconnect() }
    }

    private func reconnect() {
        disconnect()
        guard !isStopped else { return }
        timer = loop.schedule(after: backoff.failed(random: configuration.jitter())) { [weak self] in self?.connect() }
    }

    private func disconnect() {
        if isListening { tell(false) }
        isListening = false
        // Off epoll before libpq closes the socket.
        registration?.deregister()
        registration = nil
        pq = nil
    }
}
