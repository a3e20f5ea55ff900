import LockstepJSON

/// Formats of plain text.
enum TextFormats {
    /// ISO 8601's duration as RFC 3339 appendix A writes it: `P1Y2M3DT4H5M6S` with units in order, or `P4W`.
    static func isDuration(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        guard rest.popFirst() == UInt8(ascii: "P"), !rest.isEmpty else { return false }
        if rest.last == UInt8(ascii: "W") { return rest.count > 1 && rest.dropLast().allSatisfy(isDigit) }
        guard takeUnits("YMD", &rest) else { return false }
        guard !rest.isEmpty else { return true }
        guard rest.popFirst() == UInt8(ascii: "T"), !rest.isEmpty else { return false }
        return takeUnits("HMS", &rest) && rest.isEmpty
    }

    /// Numbers with units, in order and without a gap between the first and the last.
    private static func takeUnits(_ units: String, _ rest: inout ArraySlice<UInt8>) -> Bool {
        let units = Array(units.utf8)
        var next: Int?
        while let first = rest.first, isDigit(first) {
            while let digit = rest.first, isDigit(digit) { rest.removeFirst() }
            guard let unit = rest.popFirst(), let index = units.firstIndex(of: unit) else { return false }
            if let next, index != next { return false }
            next = index + 1
        }
        return true
    }

    /// RFC 6901.
    static func isJSONPointer(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.isEmpty || text.first == UInt8(ascii: "/") else { return false }
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else { continue }
            guard let escape = rest.popFirst(), escape == UInt8(ascii: "0") || escape == UInt8(ascii: "1")
            else { return false }
        }
        return true
    }

    /// A number without leading zeros, then `#` or a JSON Pointer.
    static func isRelativeJSONPointer(_ text: [UInt8]) -> Bool {
        let digits = text.prefix(while: isDigit)
        guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else { return false }
        let rest = text[digits.count...]
        return rest.elementsEqual("#".utf8) || isJSONPointer(rest)
    }

    static func isRegex(_ text: [UInt8]) -> Bool {
        do throws(PatternError) {
            try PatternSet.check(try ECMAPattern.translate(String(decoding: text, as: UTF8.self)))
            return true
        } catch {
            return error.isLimitOfPCRE2
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 6 }

    /// RFC 4648, section 5; padding may be left out.
    static func isBase64URL(_ text: [UInt8]) -> Bool {
        let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding == 0 || padding < 3 && text.count % 4 == 0 else { return false }
        let digits = text.dropLast(padding)
        return digits.count % 4 != 1 && digits.allSatisfy { isBase64URL($0) }
    }

    /// A time of day without its offset. A leap second is one that UTC could have.
    static func isLocalTime(_ text: [UInt8]) -> Bool {
        let whole = text + [UInt8(ascii: "Z")]
        return whole.withUnsafeBufferPointer { ClockTime(ByteView($0), 0, $0.count) != nil }
    }

    private static func isBase64URL(_ byte: UInt8) -> Bool {
        isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
