/// One `notify`.
public struct Notification: Sendable, Equatable {
    /// The channel.
    public let channel: String
    /// What was sent with it; empty when nothing was.
    public let payload: String
    /// The server process that sent it.
    public let sender: Int32
}
