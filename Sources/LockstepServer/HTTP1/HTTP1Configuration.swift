/// Limits and deadlines of an HTTP/1.1 connection.
///
/// Every bound that keeps a hostile peer from holding memory or a connection is here, so that one value describes what the
/// server tolerates. Durations become nanoseconds once, when the connection is made, not per request.
public struct HTTP1Configuration: Sendable, Equatable {
    /// Longest request line (method, target, version): more is 414.
    public var maximumRequestLineBytes = 8 * 1024
    /// Largest head (request line and all fields): more is 431.
    public var maximumHeadBytes = 16 * 1024
    /// Most header fields of one request: more is 431.
    public var maximumFields = 100
    /// Largest request body, whatever its framing: more is 413. Operations may set less.
    public var maximumBodyBytes = 16 * 1024 * 1024
    /// Longest chunk extension of one chunk: more is 400.
    public var maximumChunkExtensionBytes = 256
    /// Most bytes that framing (sizes, extensions) may add to a chunked body, beside one byte for each byte of content.
    public var maximumChunkOverheadBytes = 16 * 1024
    /// Largest trailer section: more is 431.
    public var maximumTrailerBytes = 4 * 1024
    /// Largest response content that is copied behind its head; larger content is handed back to be written separately.
    public var maximumCopiedBytes = 16 * 1024
    /// Bytes of later (pipelined) requests held while a request is answered; reading pauses above it.
    public var maximumPipelinedBytes = 32 * 1024
    /// Largest content that is delivered in one piece with its request; larger content is streamed.
    public var maximumWholeBodyBytes = 64 * 1024
    /// Body bytes that the handler has not taken yet; reading pauses above it.
    public var bodyHighWatermark = 256 * 1024
    /// Body bytes thrown away after a response so that the connection can be kept; above it the connection closes instead.
    public var maximumDiscardedBytes = 64 * 1024
    /// Requests answered on one connection before it is closed.
    public var maximumRequestsPerConnection = 100_000

    /// From the first byte of a head (or from the accepted connection) to its end.
    public var headTimeout: Duration = .seconds(10)
    /// For a request body, extended by the time that its bytes need at `minimumBodyRate`.
    public var bodyTimeout: Duration = .seconds(20)
    /// Bytes a second below which an upload is given up.
    public var minimumBodyRate = 1024
    /// Between two requests.
    public var idleTimeout: Duration = .seconds(75)
    /// Without progress in writing a response.
    public var writeTimeout: Duration = .seconds(20)
    /// How long a closing connection still reads, so that the peer sees the last response before a reset.
    public var lingerTimeout: Duration = .seconds(2)
    /// How long an idle connection may still send one more request after the shutdown began.
    public var shutdownIdleGrace: Duration = .seconds(1)

    /// The defaults.
    public init() {}
}

/// The durations of a configuration in nanoseconds of the loop's monotonic clock.
struct HTTP1Timeouts: Sendable {
    let head: UInt64
    let body: UInt64
    let idle: UInt64
    let write: UInt64
    let linger: UInt64
    let shutdownIdleGrace: UInt64

    init(_ configuration: HTTP1Configuration) {
        head = Self.nanoseconds(configuration.headTimeout)
        body = Self.nanoseconds(configuration.bodyTimeout)
        idle = Self.nanoseconds(configuration.idleTimeout)
        write = Self.nanoseconds(configuration.writeTimeout)
        linger = Self.nanoseconds(configuration.lingerTimeout)
        shutdownIdleGrace = Self.nanoseconds(configuration.shutdownIdleGrace)
    }

    private static func nanoseconds(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let whole = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return whole.overflow ? .max / 2 : min(whole.partialValue + UInt64(attoseconds) / 1_000_000_000, .max / 2)
    }
}
