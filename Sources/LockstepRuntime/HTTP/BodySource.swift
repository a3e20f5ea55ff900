/// Content that arrives, or is produced, piece by piece.
///
/// The consumer pulls: nothing is read from the network, or produced for it, before the consumer asks, which is how
/// back-pressure works in both directions. One consumer only.
public protocol BodySource: Sendable {
    /// The next piece, or `nil` at the end. Pieces are never empty. After `nil` or an error it is not called again.
    func next() async throws -> [UInt8]?
}

/// Fixed pieces as a stream, for tests and for bodies that are already in memory.
public actor BufferedBodySource: BodySource {
    private var pieces: [[UInt8]]
    private var position = 0

    /// A source that yields these pieces in order, leaving out empty ones.
    public init(_ pieces: [[UInt8]]) {
        self.pieces = pieces.filter { !$0.isEmpty }
    }

    /// The next piece, or `nil` at the end.
    public func next() -> [UInt8]? {
        guard position < pieces.count else { return nil }
        defer { position += 1 }
        return pieces[position]
    }
}
