public import LockstepEventLoop

/// Listens to channels (`listen`/`notify`) on a connection of its own, which is made anew whenever it is lost.
///
/// ```swift
/// let listener = Listener(pool, channels: [outbox], on: loop)
/// for await event in listener.events {
///     switch event {
///     case .gap: try await relayEverythingThatWaits()
///     case .notification(let notification): try await relay(notification.payload)
///     }
/// }
/// ```
///
/// Notifications are hints, not messages: PostgreSQL keeps none for a client that is away. ``Event/gap`` says when some may
/// have been missed, and then the state must be read anew.
public final class Listener: Sendable {
    /// What a listener reports.
    public enum Event: Sendable, Equatable {
        /// A notification.
        case notification(Notification)
        /// Some may have been missed: listening has just begun, the connection was made anew, or the buffer was full.
        case gap
    }

    /// The events, for one consumer. Ends after ``stop()``.
    public let events: AsyncStream<Event>
    private let connection: ListenerConnection

    /// Starts to listen. `bufferSize` is how many events may wait for the consumer; beyond it, notifications are dropped and one
    /// ``Event/gap`` stands for them.
    ///
    /// - Parameter isListening: told on the loop when listening has begun, and at once when the connection is lost: for a cache
    ///   that must not be trusted meanwhile.
    public init(
        _ pool: PostgresPool, channels: [SQLIdentifier], on loop: EventLoop, bufferSize: Int = 256,
        isListening: @escaping @Sendable (Bool) -> Void = { _ in }
    ) {
        let (events, continuation) = AsyncStream.makeStream(
            of: Event.self, bufferingPolicy: .bufferingOldest(max(2, bufferSize)))
        self.events = events
        let connection = ListenerConnection(
            pool, channels: channels, on: loop, output: GapBuffer(continuation), tell: isListening)
        self.connection = connection
        loop.onLoop { connection.connect() }
        continuation.onTermination = { _ in loop.onLoop { connection.stop() } }
    }

    /// Stops listening and ends ``events``.
    public func stop() {
        connection.loop.onLoop { [connection] in connection.stop() }
    }

    deinit {
        stop()
    }
}

/// Passes events on and lets one ``Listener/Event/gap`` stand for those that found no room.
///
/// The last place of the buffer is kept for the gap: when all others are taken, the gap goes in and everything after it is
/// dropped until there is room for another gap, which then stands for what was dropped meanwhile.
struct GapBuffer {
    private let continuation: AsyncStream<Listener.Event>.Continuation
    private var isFull = false

    init(_ continuation: AsyncStream<Listener.Event>.Continuation) {
        self.continuation = continuation
    }

    mutating func yield(_ event: Listener.Event) {
        let remaining = offer(isFull ? .gap : event)
        switch remaining {
        case 0: isFull = true
        case 1 where !isFull:
            isFull = true
            _ = offer(.gap)
        case 1: break
        default: isFull = false
        }
    }

    /// Places left after the event; 0 when it found none.
    private func offer(_ event: Listener.Event) -> Int {
        switch continuation.yield(event) {
        case .enqueued(let remaining): remaining
        case .dropped, .terminated: 0
        @unknown default: 0
        }
    }

    func finish() {
        continuation.finish()
    }
}
