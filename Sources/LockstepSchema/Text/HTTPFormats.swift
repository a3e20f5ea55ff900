import LockstepJSON

/// Formats of header fields: dates, media ranges (RFC 9110) and structured fields (RFC 8941).
enum HTTPFormats {
    // MARK: Dates

    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let longDays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, and the two obsolete forms that recipients must take.
    static func isDate(_ text: [UInt8]) -> Bool {
        let words = String(decoding: text, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard let first = words.first else { return false }
        if first.hasSuffix(",") {
            let day = String(first.dropLast())
            if days.contains(day), words.count == 6, words[5] == "GMT" {
                return isDay(words[1], of: words[2], in: words[3]) && isTime(words[4])
            }
            guard longDays.contains(day), words.count == 4, words[3] == "GMT" else { return false }
            let parts = words[1].split(separator: "-", omittingEmptySubsequences: false)
            // Which century two digits mean depends on today: of all, 2000 has the most days.
            return parts.count == 3 && number(parts[2], 2) != nil && isDay(parts[0], of: parts[1], in: "2000")
                && isTime(words[2])
        }
        // asctime: a day below 10 has a space more in front.
        guard days.contains(String(first)) else { return false }
        let isPadded = words.count == 6 && words[2].isEmpty
        guard words.count == (isPadded ? 6 : 5), isTime(words[words.count - 2]) else { return false }
        let day = isPadded ? "0" + words[3] : words[2]
        guard !isPadded || words[3].utf8.count == 1 else { return false }
        return (isPadded || !day.hasPrefix("0")) && isDay(day, of: words[1], in: words[words.count - 1])
    }

    private static func isDay(_ day: Substring, of month: Substring, in year: Substring) -> Bool {
        guard let day = number(day, 2), let month = months.firstIndex(of: String(month)), let year = number(year, 4)
        else { return false }
        return CalendarDate(year: year, month: month + 1, day: day) != nil
    }

    private static func isTime(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = number(parts[0], 2), let minute = number(parts[1], 2),
            let second = number(parts[2], 2)
        else { return false }
        return hour < 24 && minute < 60 && second <= 60
    }

    private static func number(_ text: Substring, _ digits: Int) -> Int? {
        text.utf8.count == digits && text.utf8.allSatisfy(TextFormats.isDigit) ? Int(text) : nil
    }

    // MARK: Tokens

    private static let signs = Set("!#$%&'*+-.^_`|~".utf8)

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        TextFormats.isLetter(byte) || TextFormats.isDigit(byte) || signs.contains(byte)
    }

    /// A media type, `type/*` or `*/*`, with parameters.
    static func isMediaRange(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        let type = takeToken(&rest)
        guard !type.isEmpty, rest.popFirst() == UInt8(ascii: "/") else { return false }
        let subtype = takeToken(&rest)
        guard !subtype.isEmpty, !type.elementsEqual("*".utf8) || subtype.elementsEqual("*".utf8) else { return false }
        while !rest.isEmpty {
            dropSpace(&rest)
            guard rest.popFirst() == UInt8(ascii: ";") else { return false }
            dropSpace(&rest)
            if rest.isEmpty || rest.first == UInt8(ascii: ";") { continue }
            guard !takeToken(&rest).isEmpty, rest.popFirst() == UInt8(ascii: "=") else { return false }
            if rest.first == UInt8(ascii: "\"") {
                guard takeQuoted(&rest) else { return false }
            } else if takeToken(&rest).isEmpty {
                return false
            }
        }
        return true
    }

    private static func takeToken(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let token = rest.prefix(while: isTokenByte)
        rest = rest[token.endIndex...]
        return token
    }

    private static func dropSpace(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    private static func takeQuoted(_ rest: inout ArraySlice<UInt8>) -> Bool {
        rest.removeFirst()
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst(), escaped == 9 || escaped >= 0x20 && escaped != 0x7f
                else { return false }
            default: if byte != 9 && byte < 0x20 || byte == 0x7f { return false }
            }
        }
        return false
    }

    // MARK: Structured fields

    static func isStructuredString(_ text: [UInt8]) -> Bool {
        guard text.count >= 2, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") else { return false }
        var rest = text[1..<(text.count - 1)]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\") {
                guard let escaped = rest.popFirst(), escaped == UInt8(ascii: "\\") || escaped == UInt8(ascii: "\"")
                else { return false }
            } else if byte == UInt8(ascii: "\"") || byte < 0x20 || byte > 0x7e {
                return false
            }
        }
        return true
    }

    static func isStructuredToken(_ text: [UInt8]) -> Bool {
        guard let first = text.first, TextFormats.isLetter(first) || first == UInt8(ascii: "*") else { return false }
        return text.allSatisfy { isTokenByte($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
    }

    static func isStructuredBinary(_ text: [UInt8]) -> Bool {
        guard text.count >= 2, text.first == UInt8(ascii: ":"), text.last == UInt8(ascii: ":") else { return false }
        return text.withUnsafeBufferPointer { Base64.decode(ByteView($0), 1, $0.count - 2) != nil }
    }
}
