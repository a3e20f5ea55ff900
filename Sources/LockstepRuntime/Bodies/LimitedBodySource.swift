import Synchronization

/// A stream that fails as soon as it has delivered more than is allowed.
final class LimitedBodySource: BodySource {
    private let source: any BodySource
    private let limit: Int
    private let received = Mutex(0)

    init(_ source: any BodySource, limit: Int) {
        self.source = source
        self.limit = limit
    }

    func next() async throws -> [UInt8]? {
        guard let piece = try await source.next() else { return nil }
        let total = received.withLock { received in
            received += piece.count
            return received
        }
        guard total <= limit else { throw Problem.contentTooLarge(limit: limit) }
        return piece
    }
}
