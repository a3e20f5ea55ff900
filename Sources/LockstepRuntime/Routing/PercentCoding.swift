/// Percent-encoding (RFC 3986 §2.1).
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

    /// The text with everything escaped that is not unreserved (RFC 3986 §2.3); with `keepsReserved`, what may stand in the value of a
    /// query stays as well.
    static func encode(_ text: String, keepsReserved: Bool = false) -> String {
        if text.utf8.allSatisfy(isUnreserved) { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || keepsReserved && isReservedInValue(byte) {
                bytes.append(byte)
            } else {
                bytes += [0x25, hexDigit(byte >> 4), hexDigit(byte & 0x0F)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }

    /// `:/?@!$'()*,;` but not what ends a value or is read as something else: `&`, `=`, `+`, `#`.
    private static func isReservedInValue(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x24, 0x27...0x2A, 0x2C, 0x2F, 0x3A, 0x3B, 0x3F, 0x40: true
        default: false
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
