internal import LockstepEventLoop
internal import LockstepRuntime

/// What all connections of one listener have in common, on every loop. A class, so that reading one setting retains one
/// object and not all of them.
final class ListenerSettings: Sendable {
    /// Unwritten response bytes above which a response stream is not pulled, until all of them are written.
    static let outputHighWatermark = 64 * 1024
    /// Requests of one connection that are started before others get their turn.
    static let requestsAtOnce = 32

    let http: HTTP1Configuration
    let refusals: RefusalAnswers
    let responder: any Responder
    let renderer = ProblemRenderer()
    let logger: Logger
    let time: any TimeSource
    let protocolErrors: ProtocolErrorCounts
    let tls: TLSContext?
    /// Open connections, over all loops.
    let maximumConnections: Int

    init(
        _ configuration: ListenerConfiguration, tls: TLSContext?, responder: any Responder, logger: Logger,
        time: any TimeSource, protocolErrors: ProtocolErrorCounts
    ) {
        http = configuration.http
        refusals = RefusalAnswers(headers: configuration.refusalHeaders)
        maximumConnections = configuration.maximumConnections
        self.tls = tls
        self.responder = responder
        self.logger = logger
        self.time = time
        self.protocolErrors = protocolErrors
    }
}
