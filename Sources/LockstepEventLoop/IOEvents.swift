internal import CLockstepLinux

/// What a descriptor is watched for, and what has happened to it.
public struct IOEvents: OptionSet, Sendable, Hashable {
    /// The bits of `epoll_event.events`.
    public let rawValue: UInt32

    /// Takes the bits of `epoll_event.events`.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Bytes (or the end of the stream, or a new connection) can be read.
    public static let readable = IOEvents(rawValue: EPOLLIN.rawValue)
    /// Bytes can be written.
    public static let writable = IOEvents(rawValue: EPOLLOUT.rawValue)
    /// The peer has shut down its sending side.
    public static let readClosed = IOEvents(rawValue: EPOLLRDHUP.rawValue)
    /// Both directions are gone. Reported whether or not it was asked for.
    public static let hangup = IOEvents(rawValue: EPOLLHUP.rawValue)
    /// The socket has an error pending. Reported whether or not it was asked for.
    public static let error = IOEvents(rawValue: EPOLLERR.rawValue)
    /// Report changes instead of states.
    public static let edgeTriggered = IOEvents(rawValue: EPOLLET.rawValue)
    /// Wake one of several loops that watch the same descriptor.
    public static let exclusive = IOEvents(rawValue: EPOLLEXCLUSIVE.rawValue)
}
