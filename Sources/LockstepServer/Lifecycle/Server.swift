internal import Glibc
public import LockstepEventLoop
public import LockstepRuntime
internal import Synchronization

/// An HTTP server: listeners on the loops of a group, a responder behind them.
///
/// ```swift
/// let group = try EventLoopGroup()
/// let server = try Server(configuration, on: group, responder: service.wrapped(in: middleware))
/// try await server.run()  // until SIGTERM or SIGINT; returns when all requests are answered
/// ```
///
/// A graceful shutdown (D-F05) accepts what has connected, answers what has been received or is on its way with
/// `Connection: close`, waits for it up to the drain timeout, and closes.
public final class Server: Sendable {
    private enum Phase {
        case new
        case running(public: RunningListener, admin: RunningListener?)
        case stopped
    }

    private let configuration: ServerConfiguration
    let group: EventLoopGroup
    private let responder: any Responder
    private let adminResponder: (any Responder)?
    private let logger: Logger
    private let time: any TimeSource
    let protocolErrors = ProtocolErrorCounts()
    private let phase = Mutex(Phase.new)
    private let signals = Mutex<ShutdownSignals?>(nil)
    private let shutdownTask = Mutex<Task<Void, Never>?>(nil)

    /// A server that is not started yet.
    ///
    /// - Parameters:
    ///   - group: the loops; the caller stops them when the server has.
    ///   - responder: answers clients, with its middleware around it.
    ///   - adminResponder: answers at the admin address; without one, that address is not opened.
    public init(
        _ configuration: ServerConfiguration, on group: EventLoopGroup, responder: any Responder,
        adminResponder: (any Responder)? = nil, logger: Logger = .disabled, time: any TimeSource = SystemTime()
    ) {
        self.configuration = configuration
        self.group = group
        self.responder = responder
        self.adminResponder = adminResponder
        self.logger = logger
        self.time = time
    }

    /// Binds and begins to answer. When this returns, a connection to ``address`` is accepted.
    public func start() async throws(ServerError) {
        guard case .new = phase.withLock({ $0 }) else { throw .alreadyStarted }
        OpenFiles.raiseLimit()
        let listener = try await start(configuration.listener, responder)
        var admin: RunningListener?
        if let configuration = configuration.admin, let adminResponder {
            do throws(ServerError) {
                admin = try await start(configuration, adminResponder)
            } catch {
                await listener.shutdown(drain: .zero)
                throw error
            }
        }
        let isFirst = phase.withLock { phase in
            guard case .new = phase else { return false }
            phase = .running(public: listener, admin: admin)
            return true
        }
        if !isFirst {
            await listener.shutdown(drain: .zero)
            await admin?.shutdown(drain: .zero)
            throw .alreadyStarted
        }
    }

    /// Where clients connect, once started.
    public var address: ServerAddress? { running?.listener.address }

    /// Where metrics are, once started.
    public var adminAddress: ServerAddress? { running?.admin?.address }

    /// The connections of clients; nil before the start and after the end.
    public var connections: ConnectionStatistics? { running?.listener.statistics }

    /// The open connections of clients on each loop of the group; empty before the start and after the end.
    public var connectionsPerLoop: [Int] { running?.listener.connectionsPerLoop ?? [] }

    /// Starts (unless started), and serves until SIGTERM or SIGINT, or until ``shutdown(drain:)`` is called; then shuts
    /// down gracefully. A second signal ends open connections at once.
    public func run() async throws {
        if case .new = phase.withLock({ $0 }) { try await start() }
        let signals = try ShutdownSignals(on: group.loops[0])
        self.signals.withLock { $0 = signals }
        if await signals.next() != nil {
            let impatient = Task {
                if await signals.next() != nil { abortConnections() }
            }
            await shutdown()
            impatient.cancel()
        }
        await signals.end()
        self.signals.withLock { $0 = nil }
    }

    /// Whether a shutdown has begun: what readiness must answer with 503, so that no new traffic is sent here.
    public var isShuttingDown: Bool { shutdownTask.withLock { $0 != nil } }

    /// Stops accepting, answers what has come, and returns when the last connection is closed, at the latest after
    /// `drain` (by default the configuration's). The admin address stays until then, so that metrics show the shutdown.
    /// Called again, it waits for the shutdown that runs.
    public func shutdown(drain: Duration? = nil) async {
        guard running != nil || isShuttingDown else { return }
        let drain = drain ?? configuration.drainTimeout
        let task = shutdownTask.withLock { task in
            let running = task ?? Task { await performShutdown(drain: drain) }
            task = running
            return running
        }
        await task.value
    }

    private func performShutdown(drain: Duration) async {
        guard let running else { return }
        configuration.onShutdown()
        await running.listener.shutdown(drain: drain)
        await running.admin?.shutdown(drain: min(drain, .seconds(1)))
        phase.withLock { $0 = .stopped }
        await signals.withLock { $0 }?.end()  // so that `run()` returns
    }

    private var running: (listener: RunningListener, admin: RunningListener?)? {
        phase.withLock { phase in
            guard case .running(let listener, let admin) = phase else { return nil }
            return (listener, admin)
        }
    }

    private func abortConnections() {
        running?.listener.abortConnections()
        running?.admin?.abortConnections()
    }

    private func start(
        _ configuration: ListenerConfiguration, _ responder: any Responder
    ) async throws(ServerError) -> RunningListener {
        var tls: TLSContext?
        do throws(TLSError) {
            tls = try configuration.tls.map { configuration throws(TLSError) in try TLSContext(configuration) }
        } catch {
            throw .tls(error)
        }
        let settings = ListenerSettings(
            configuration, tls: tls, responder: responder, logger: logger, time: time, protocolErrors: protocolErrors)
        return try await RunningListener.start(configuration, settings, on: group.loops)
    }
}
