internal import Glibc

/// What makes two statements the same to the server: the text and the types of the parameters.
///
/// The hash is computed once, eight bytes at a time. Statement texts are literals of the program, so no one outside can
/// choose them to collide.
struct StatementKey: Hashable {
    let text: [UInt8]
    private let parameters: [SQLParameters.Entry]
    private let fingerprint: UInt64

    init(_ sql: SQL) {
        text = sql.bytes
        parameters = sql.parameters.entries
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(text.count)
        text.withUnsafeBytes { bytes in
            var offset = 0
            while offset + 8 <= bytes.count {
                hash = StatementKey.mix(hash, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset += 8
            }
            while offset < bytes.count {
                hash = StatementKey.mix(hash, UInt64(bytes[offset]))
                offset += 1
            }
        }
        for entry in parameters { hash = StatementKey.mix(hash, UInt64(entry.type.rawValue)) }
        fingerprint = hash
    }

    var types: [PostgresType] { parameters.map(\.type) }

    /// Compared as blocks of memory: element by element costs more than the rest of finding a statement.
    private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count
            && left.withUnsafeBytes { left in
                // Both have `count` bytes; an empty array may have no address, and nothing is compared then.
                right.withUnsafeBytes { right in
                    guard let a = left.baseAddress, let b = right.baseAddress else { return true }
                    return memcmp(a, b, left.count) == 0
                }
            }
    }

    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(fingerprint)
    }

    static func == (left: StatementKey, right: StatementKey) -> Bool {
        left.fingerprint == right.fingerprint && isEqual(left.text, right.text)
            && left.parameters.elementsEqual(right.parameters) { $0.type == $1.type }
    }
}
