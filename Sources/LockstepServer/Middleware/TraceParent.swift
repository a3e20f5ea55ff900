import LockstepRuntime

/// Reads the `traceparent` and `tracestate` fields (W3C Trace Context, level 1), strictly: what is malformed is ignored as if it
/// had not been sent, as the specification asks.
enum TraceParent {
    /// Trace id, parent id and flag of a valid field.
    struct Parent: Equatable {
        let traceID: String
        let spanID: String
        let isSampled: Bool
    }

    /// `00-<32 digits>-<16 digits>-<2 digits>`, lower case; a later version may have more behind another hyphen.
    static func parse(_ value: ArraySlice<UInt8>) -> Parent? {
        let bytes = Array(value)
        guard bytes.count >= 55, bytes[2] == hyphen, bytes[35] == hyphen, bytes[52] == hyphen,
            let version = byte(bytes, 0), version != 0xFF, let flags = byte(bytes, 53),
            isHex(bytes[3..<35]), isHex(bytes[36..<52])
        else { return nil }
        guard version == 0 ? bytes.count == 55 : bytes.count == 55 || bytes[55] == hyphen else { return nil }
        guard bytes[3..<35].contains(where: { $0 != zero }), bytes[36..<52].contains(where: { $0 != zero }) else {
            return nil
        }
        return Parent(
            traceID: String(decoding: bytes[3..<35], as: UTF8.self),
            spanID: String(decoding: bytes[36..<52], as: UTF8.self), isSampled: flags & 1 == 1)
    }

    /// Whether a combined `tracestate` is valid: at most 32 members `key=value`, no key twice, at most 512 characters.
    static func isValid(state: String) -> Bool {
        guard !state.isEmpty, state.utf8.count <= 512 else { return false }
        var keys: Set<Substring> = []
        for member in state.split(separator: ",", omittingEmptySubsequences: false) {
            var trimmed = member.drop { $0 == " " || $0 == "\t" }
            while trimmed.last == " " || trimmed.last == "\t" { trimmed.removeLast() }
            if trimmed.isEmpty { continue }
            guard let equals = trimmed.firstIndex(of: "=") else { return false }
            let key = trimmed[..<equals]
            guard isKey(key.utf8), isValue(trimmed[trimmed.index(after: equals)...].utf8) else { return false }
            guard keys.insert(key).inserted, keys.count <= 32 else { return false }
        }
        return !keys.isEmpty
    }

    private static let hyphen = UInt8(ascii: "-")
    private static let zero = UInt8(ascii: "0")

    private static func isHex(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { HTTP1Bytes.isDigit($0) || $0 &- 0x61 < 6 }
    }

    private static func byte(_ bytes: [UInt8], _ index: Int) -> UInt8? {
        guard isHex(bytes[index..<index + 2]), let high = HTTP1Bytes.hexValue(bytes[index]),
            let low = HTTP1Bytes.hexValue(bytes[index + 1])
        else { return nil }
        return high << 4 | low
    }

    private static func isKey(_ key: Substring.UTF8View) -> Bool {
        guard let first = key.first, first &- 0x61 < 26 || HTTP1Bytes.isDigit(first), key.count <= 256 else {
            return false
        }
        return key.allSatisfy { byte in
            byte &- 0x61 < 26 || HTTP1Bytes.isDigit(byte) || "_-*/@".utf8.contains(byte)
        }
    }

    private static func isValue(_ value: Substring.UTF8View) -> Bool {
        guard !value.isEmpty, value.count <= 256, value.last != HTTP1Bytes.space else { return false }
        return value.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=") }
    }
}
