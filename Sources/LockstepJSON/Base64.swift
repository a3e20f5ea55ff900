/// Bytes that JSON carries as a base64 string (RFC 4648, with padding).
public struct Base64: Sendable, Hashable {
    /// The bytes.
    public var bytes: [UInt8]

    /// Wraps bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Decodes base64; nil when the text is malformed (line breaks and missing padding included).
    public init?(encoded text: String) {
        var text = text
        guard let bytes = text.withUTF8({ Self.decode(ByteView($0), 0, $0.count) }) else { return nil }
        self.bytes = bytes
    }

    /// The bytes in base64.
    public var encoded: String {
        var text: [UInt8] = []
        Self.encode(bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static let alphabet: [UInt8] = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xff, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    package static func encode(_ bytes: [UInt8], to text: inout [UInt8]) {
        let alphabet = alphabet
        var index = 0
        while index < bytes.count {
            let left = bytes.count - index
            let group =
                Int(bytes[index]) << 16 | (left > 1 ? Int(bytes[index + 1]) << 8 : 0)
                | (left > 2 ? Int(bytes[index + 2]) : 0)
            text.append(alphabet[group >> 18])
            text.append(alphabet[group >> 12 & 63])
            text.append(left > 1 ? alphabet[group >> 6 & 63] : UInt8(ascii: "="))
            text.append(left > 2 ? alphabet[group & 63] : UInt8(ascii: "="))
            index += 3
        }
    }

    package static func decode(_ text: ByteView, _ start: Int, _ length: Int) -> [UInt8]? {
        guard length % 4 == 0 else { return nil }
        let values = values
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length / 4 * 3)
        for offset in stride(from: start, to: start + length, by: 4) {
            let isLast = offset + 4 == start + length
            let padding =
                !isLast || text[offset + 3] != UInt8(ascii: "=") ? 0 : text[offset + 2] == UInt8(ascii: "=") ? 2 : 1
            var group = 0
            for index in 0..<4 {
                let value = index >= 4 - padding ? 0 : values[Int(text[offset + index])]
                if value == 0xff { return nil }
                group = group << 6 | Int(value)
            }
            bytes.append(UInt8(group >> 16))
            if padding < 2 { bytes.append(UInt8(group >> 8 & 255)) }
            if padding < 1 { bytes.append(UInt8(group & 255)) }
            // The bits that padding drops must be zero: one text for each value.
            if padding == 2, group & 0xffff != 0 { return nil }
            if padding == 1, group & 0xff != 0 { return nil }
        }
        return bytes
    }
}
