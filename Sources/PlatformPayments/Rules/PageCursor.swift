public import LockstepRuntime
public import PlatformCore

/// Where a page of payments ended: the last payment's time and id, signed, and bound to the list's filters so that it
/// cannot be used with others. Opaque to clients.
public struct PageCursor: Sendable, Equatable {
    /// Microseconds since 1970, the database's precision.
    public let createdAt: Int64
    /// Tells payments of the same microsecond apart.
    public let id: UUID

    /// A place in the list.
    public init(createdAt: Int64, id: UUID) {
        self.createdAt = createdAt
        self.id = id
    }

    private static let macLength = 16

    /// As the client gets it.
    public func encoded(filters: String, key: MACKey) -> String {
        let body = bytes
        return Base64URL.encode(body + PageCursor.mac(body, filters, key))
    }

    /// Nil for what ``encoded(filters:key:)`` did not make with the same filters and key.
    public init?(_ text: String, filters: String, key: MACKey) {
        guard let bytes = Base64URL.decode(text.utf8), bytes.count == 24 + PageCursor.macLength else { return nil }
        let body = Array(bytes[..<24])
        guard Digest.isEqual(Array(bytes[24...]), PageCursor.mac(body, filters, key)) else { return nil }
        createdAt = body[..<8].reduce(0) { $0 << 8 | Int64($1) }
        let b = body[8...]
        func byte(_ index: Int) -> UInt8 { b[b.startIndex + index] }
        id = UUID(
            uuid: (
                byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), byte(6), byte(7), byte(8), byte(9), byte(10),
                byte(11), byte(12), byte(13), byte(14), byte(15)
            ))
    }

    private var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: createdAt >> shift))
        }
        withUnsafeBytes(of: id.uuid) { bytes.append(contentsOf: $0) }
        return bytes
    }

    private static func mac(_ body: [UInt8], _ filters: String, _ key: MACKey) -> [UInt8] {
        Array(key.code(of: body + Array("payments page ".utf8) + Array(filters.utf8))[..<macLength])
    }
}
