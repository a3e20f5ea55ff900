public import LockstepRuntime

/// What the transport must do next for a connection.
///
/// The connection queues actions while it handles an event; the transport takes them with
/// ``HTTP1Connection/nextAction()`` until there are none, after every call that changes the connection.
public enum HTTP1Action: Sendable {
    /// Start the handler. No further request is delivered before this one's response is complete.
    case request(HTTP1Request)
    /// Give content to the handler's stream; report it with ``HTTP1Connection/bodyConsumed(_:now:)`` once it has been taken.
    case body([UInt8])
    /// End the handler's stream.
    case bodyEnd
    /// Fail the handler's stream: the content is malformed, too large, late, or the peer left. What the handler then answers
    /// is still sent where that is possible, and the connection closes after it.
    case bodyFailed(HTTP1BodyFailure)
    /// Write a protocol error: log it and call ``HTTP1Connection/refuse(with:date:into:now:)``. The fields are those that had
    /// been read before the fault, for what concerns the form of the answer (`Accept`, `X-Request-Id`).
    case refuse(HTTP1Refusal, HTTPFields)
    /// Stop reading from the socket.
    case pauseReading
    /// Read from the socket again.
    case resumeReading
    /// Once all output is written, shut the socket's write side down and keep reading: the connection throws away what still
    /// comes, and asks for ``close`` at the peer's end or at its deadline.
    case shutdownWrite
    /// Once all output is written, close the socket. Nothing follows.
    case close
    /// Close the socket now, drop unwritten output, and cancel the handler if it still runs. Nothing follows.
    case abort
}

/// A request as the connection delivers it.
public struct HTTP1Request: Sendable {
    /// How the content comes.
    public enum Content: Sendable {
        /// There is none.
        case none
        /// It is all here.
        case complete([UInt8])
        /// It follows as ``HTTP1Action/body(_:)`` and ``HTTP1Action/bodyEnd``; the length if it was declared.
        case streaming(length: Int?)
    }

    /// The method.
    public let method: HTTPMethod
    /// The target in origin form (`/path?query`) or `*`; an absolute target has been reduced to it.
    public let target: String
    /// The fields, checked, over one copy of the received head.
    public let headers: HTTPFields
    /// The content.
    public internal(set) var content: Content
    /// 1 for HTTP/1.1, 0 for HTTP/1.0.
    public let minorVersion: UInt8

    func with(_ content: Content) -> HTTP1Request {
        var copy = self
        copy.content = content
        return copy
    }
}

/// Why a request's content ended early.
public enum HTTP1BodyFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Malformed, too large or too slow: answered with the refusal's status.
    case refused(HTTP1Refusal)
    /// The peer closed before the content was complete.
    case peerClosed

    /// A fixed text, never the peer's bytes.
    public var description: String {
        switch self {
        case .refused(let refusal): refusal.description
        case .peerClosed: "the peer closed before the content was complete"
        }
    }
}

/// The content of a response, as the connection needs to know it.
public enum HTTP1Content: Sendable {
    /// No content.
    case none
    /// All of it.
    case bytes([UInt8])
    /// It follows piece by piece: with this length, or in chunks.
    case stream(length: Int?)
}

/// Whether the bytes of a response's content are in the output already.
public enum HTTP1Write: Sendable, Equatable {
    /// Everything is in the output buffer.
    case copied
    /// The content was not copied: write it, unchanged, after what the output buffer holds now.
    case separate
    /// The peer must not get this content (HEAD, 204, 304, or more than was announced): drop it.
    case dropped
}
