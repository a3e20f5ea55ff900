internal import CLockstepPQ

/// Owns one `PGcancel`. `PQcancel` opens a connection of its own and blocks, so it runs on the blocking pool.
///
/// Unchecked: libpq documents `PQcancel` as safe on any thread, and the structure is never changed.
final class PQCancel: @unchecked Sendable {
    private let raw: OpaquePointer

    /// Takes ownership of `raw`.
    init(_ raw: OpaquePointer) {
        self.raw = raw
    }

    deinit {
        PQfreeCancel(raw)
    }

    /// Asks the server to cancel what the backend runs; returns when the server has passed it on. Blocks.
    func send() -> Bool {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            PQcancel(raw, buffer.baseAddress, 256) == 1
        }
    }
}
