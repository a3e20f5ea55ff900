public import LockstepJSON
import Synchronization

/// What goes with a request besides the request: its ids, its route, its deadline, a logger, the time.
///
/// One object a request, shared by all middleware and the handler, so that what the router and the security check find
/// out (route, principal) reaches the access log around them.
public final class RequestContext: Sendable {
    private struct State {
        var requestID: String
        var trace: TraceContext?
        var route: Route?
        var headers = HTTPFields()
        var principal: Principal?
        var deadline: MonotonicTime?
    }

    private let state: Mutex<State>
    private let baseLogger: Logger

    /// The clocks.
    public let time: any TimeSource
    /// The client's address, without port, after trusted proxies.
    public let remoteAddress: String

    /// The context of a new request.
    public init(
        requestID: String = "", trace: TraceContext? = nil, remoteAddress: String = "",
        deadline: MonotonicTime? = nil, logger: Logger = Logger.disabled, time: any TimeSource = SystemTime()
    ) {
        state = Mutex(State(requestID: requestID, trace: trace, deadline: deadline))
        baseLogger = logger
        self.time = time
        self.remoteAddress = remoteAddress
    }

    /// The id that ties response, logs, errors and audit together.
    public var requestID: String {
        get { state.withLock { $0.requestID } }
        set { state.withLock { $0.requestID = newValue } }
    }

    /// The W3C trace that this request belongs to.
    public var trace: TraceContext? {
        get { state.withLock { $0.trace } }
        set { state.withLock { $0.trace = newValue } }
    }

    /// The `traceparent` to send to other services.
    public var traceparent: String? { trace?.headerValue }

    /// The route that was matched, once it has been: its template is what metrics and logs are labelled with.
    public var route: Route? { state.withLock { $0.route } }

    /// The client's `User-Agent` as it was sent, once the route is known; for audit trails, which have to clean it.
    public var userAgent: String? { state.withLock { $0.headers }["User-Agent"] }

    /// The request belongs to `route`.
    func begin(_ route: Route, _ request: Request) {
        state.withLock { state in
            state.route = route
            state.headers = request.headers
        }
    }

    /// Who was found to be calling, once the security check has passed.
    public internal(set) var principal: Principal? {
        get { state.withLock { $0.principal } }
        set { state.withLock { $0.principal = newValue } }
    }

    /// When the answer must be there.
    public var deadline: MonotonicTime? {
        get { state.withLock { $0.deadline } }
        set { state.withLock { $0.deadline = newValue } }
    }

    /// Whether the deadline has passed.
    public var isPastDeadline: Bool {
        guard let deadline else { return false }
        return time.monotonicNow >= deadline
    }

    /// The date and time of day.
    public var now: Timestamp { time.now }

    /// A logger whose records carry the request id, and the operation once it is known.
    public var logger: Logger {
        let (requestID, trace, route) = state.withLock { ($0.requestID, $0.trace, $0.route) }
        var logger = baseLogger
        if !requestID.isEmpty { logger["requestId"] = .string(requestID) }
        if let trace { logger["traceId"] = .string(trace.traceID) }
        if let route { logger["operation"] = .string(route.operationID) }
        return logger
    }

    /// Whether a record of this level would be written; cheaper than making ``logger`` first.
    public func isLogging(_ level: LogLevel) -> Bool {
        baseLogger.isEnabled(level)
    }
}
