/// The content of a request: absent, whole, or a stream to pull from.
public enum RequestBody: Sendable {
    /// No content.
    case empty
    /// The whole content.
    case bytes([UInt8])
    /// Content that is still arriving.
    case stream(any BodySource)

    /// Whether it is known that there is no content. A stream may turn out to be empty too.
    public var isEmpty: Bool {
        switch self {
        case .empty: true
        case .bytes(let bytes): bytes.isEmpty
        case .stream: false
        }
    }

    /// The whole content, read to its end if it is a stream.
    ///
    /// - Throws: ``Problem/contentTooLarge(limit:)`` as soon as more than `limit` bytes have arrived.
    public func collect(limit: Int) async throws -> [UInt8] {
        switch self {
        case .empty:
            return []
        case .bytes(let bytes):
            guard bytes.count <= limit else { throw Problem.contentTooLarge(limit: limit) }
            return bytes
        case .stream(let source):
            return try await RequestBody.collect(source, limit: limit)
        }
    }

    private static func collect(_ source: any BodySource, limit: Int) async throws -> [UInt8] {
        guard var all = try await source.next() else { return [] }
        guard all.count <= limit else { throw Problem.contentTooLarge(limit: limit) }
        while let piece = try await source.next() {
            guard all.count + piece.count <= limit else { throw Problem.contentTooLarge(limit: limit) }
            all.append(contentsOf: piece)
        }
        return all
    }
}
