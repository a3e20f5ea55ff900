/// How many connections a listener has and has had.
public struct ConnectionStatistics: Sendable, Hashable {
    /// Open now.
    public let open: Int
    /// Accepted since the start.
    public let accepted: Int
    /// Refused since the start, because there were too many.
    public let refused: Int
}
