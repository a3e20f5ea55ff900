/// Percent-decoding (RFC 3986 §2.1).
enum PercentCoding {
    /// Decoded text; `nil` if an escape is malformed or the result is not UTF-8.
    ///
    /// `plusIsSpace` is the convention of queries and forms (`application/x-www-form-urlencoded`).
    static func decode(_ text: ArraySlice<UInt8>, plusIsSpace: Bool = false) -> String? {
        let needsDecoding = text.contains { $0 == 0x25 || plusIsSpace && $0 == 0x2B }
        if !needsDecoding { return String(validating: text, as: UTF8.self) }
        guard let bytes = decodeBytes(text, plusIsSpace: plusIsSpace) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Decoded bytes; `nil` if an escape is malformed.
    static func decodeBytes(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == 0x25 {
                guard index + 2 < text.endIndex, let high = hexValue(text[index + 1]),
                    let low = hexValue(text[index + 2])
                else { return nil }
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(plusIsSpace && byte == 0x2B ? 0x20 : byte)
                index += 1
            }
        }
        return bytes
    }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
