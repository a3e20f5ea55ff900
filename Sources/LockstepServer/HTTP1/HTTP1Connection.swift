import LockstepRuntime

/// One HTTP/1.1 connection of a server, without IO: events go in, actions come out, time is handed in.
///
/// ```
/// socket readable   receive(_:now:), receivedEnd(now:)         ┐
/// socket broken     connectionLost()                           │
/// timer             timerFired(now:)                           ├─> nextAction() until nil
/// handler           respond / sendBody / endBody / abortResponse,
///                   requestBody(into:), bodyConsumed(_:now:)   │
/// server            beginShutdown(now:)                        ┘
/// ```
///
/// Rules for the transport:
/// - After every call, perform the actions from ``nextAction()`` in order, and look at ``deadline``. One timer a connection is
///   enough and it may be lazy: when it fires, call ``timerFired(now:)``, which does nothing before the deadline.
/// - Requests are answered one after the other. Bytes of later requests wait inside, bounded.
/// - The calls that answer append to a buffer of the caller's. Large content is not copied: ``HTTP1Write/separate`` says to
///   write it, as it is, after what the buffer holds.
///
/// `now` is the loop's monotonic clock in nanoseconds.
public struct HTTP1Connection: ~Copyable, Sendable {
    /// What the reading side expects.
    enum Reading: Sendable {
        case head
        /// Content of the current request.
        case content
        /// The current request is read; the next waits for its response.
        case waiting
        /// The connection ends; what still comes is thrown away.
        case draining
    }

    /// Where the content that is being read goes.
    enum Sink: Sendable {
        /// Kept until complete, then delivered with the request.
        case collect
        /// Delivered piece by piece.
        case stream
        /// Dropped, because the response is complete or the content has failed.
        case discard
    }

    /// How far the current response is.
    enum Writing: Sendable, Equatable {
        /// No request is being answered.
        case idle
        /// The handler has the request.
        case awaitingResponse
        /// A head with a length was sent; so many content bytes are owed.
        case fixed(remaining: Int)
        /// A head with `Transfer-Encoding: chunked` was sent.
        case chunked
        /// An HTTP/1.0 peer reads until the end of the connection.
        case untilClose
        /// The peer gets no content (HEAD, 204, 304); the handler may still send some.
        case suppressed
        /// The connection ends after what was written.
        case closing
        case closed
    }

    let configuration: HTTP1Configuration
    let timeouts: HTTP1Timeouts

    var reading = Reading.head
    var writing = Writing.idle
    var sink = Sink.collect
    var headReader: HTTP1HeadReader
    var body: HTTP1BodyReader
    /// Received bytes that could not be used yet, from `bufferStart` on.
    var buffer: [UInt8] = []
    var bufferStart = 0
    var actions: [HTTP1Action] = []
    var actionIndex = 0

    // The current request.
    var pending: HTTP1Request?
    var collected: [UInt8] = []
    var method = HTTPMethod.get
    var minorVersion: UInt8 = 1
    var keepAlive = true
    var owesContinue = false
    /// The CR LF behind a chunk that the transport wrote separately.
    var owesChunkEnd = false
    var unconsumed = 0
    var discarded = 0
    var requestCount = 0

    // The connection.
    var isReadingPaused = false
    var isShuttingDown = false
    var hasPeerEnded = false
    var readDeadline: UInt64
    var writeDeadline = UInt64.max
    var contentStart: UInt64 = 0
    var contentPausedAt: UInt64?
    var contentReceived = 0

    /// A connection that has just been accepted.
    ///
    /// - Parameter now: the monotonic clock; the first head is due from here.
    public init(configuration: HTTP1Configuration, now: UInt64) {
        self.configuration = configuration
        timeouts = HTTP1Timeouts(configuration)
        headReader = HTTP1HeadReader(configuration)
        body = HTTP1BodyReader(configuration)
        readDeadline = now + timeouts.head
    }

    /// The next thing to do, or nil.
    public mutating func nextAction() -> HTTP1Action? {
        guard actionIndex < actions.count else {
            if actionIndex > 0 {
                actions.removeAll(keepingCapacity: true)
                actionIndex = 0
            }
            return nil
        }
        // Moved out, so that the request's buffers have one owner: the handler can change them without a copy.
        var action = HTTP1Action.close
        swap(&action, &actions[actionIndex])
        actionIndex += 1
        return action
    }

    /// When ``timerFired(now:)`` is due; `UInt64.max` for never.
    public var deadline: UInt64 { min(readDeadline, writeDeadline) }

    /// Whether no request is being read or answered.
    public var isIdle: Bool { writing == .idle && headReader.isUntouched && bufferStart == buffer.count }

    /// Whether the connection has asked to be closed.
    public var isClosed: Bool { writing == .closed }

    /// Whether a request is being answered.
    public var isAnswering: Bool {
        switch writing {
        case .awaitingResponse, .fixed, .chunked, .untilClose, .suppressed: true
        case .idle, .closing, .closed: false
        }
    }

    mutating func perform(_ action: HTTP1Action) {
        actions.append(action)
    }
}
