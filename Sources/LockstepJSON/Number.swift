/// The value of a JSON number's text, for exact comparison at any size: digits without leading and trailing zeros, and
/// the power of ten of the first of them.
package struct Number {
    private let text: ByteView
    private let first: Int
    /// Significant digits; 0 for zero.
    package let digits: Int
    package let isNegative: Bool
    /// The number is `d.ddd × 10^magnitude`, limited to ±10^15.
    package let magnitude: Int

    /// Reads a range that is known to follow the grammar.
    package init(_ text: ByteView, _ start: Int, _ length: Int) {
        let end = start + length
        var position = start
        let negative = length > 0 && text[start] == UInt8(ascii: "-")
        if negative { position += 1 }
        var firstDigit = -1
        var lastDigit = -1
        var place = 0  // digits before the point, then minus the zeros after it until the first significant digit
        var significant = 0
        var trailing = 0
        var pointSeen = false
        scan: while position < end {
            switch text[position] {
            case UInt8(ascii: "."): pointSeen = true
            case UInt8(ascii: "0"):
                if firstDigit >= 0 {
                    trailing += 1
                    if !pointSeen { place += 1 }
                } else if pointSeen {
                    place -= 1
                }
            case UInt8(ascii: "e"), UInt8(ascii: "E"): break scan
            default:
                if firstDigit < 0 { firstDigit = position }
                lastDigit = position
                significant += trailing + 1
                trailing = 0
                if !pointSeen { place += 1 }
            }
            position += 1
        }
        self.text = text
        first = max(firstDigit, 0)
        digits = lastDigit < 0 ? 0 : significant
        isNegative = negative && lastDigit >= 0
        magnitude = lastDigit < 0 ? 0 : place - 1 + Self.exponent(text, position, end)
    }

    private static func exponent(_ text: ByteView, _ start: Int, _ end: Int) -> Int {
        var position = start + 1
        guard position < end else { return 0 }
        let negative = text[position] == UInt8(ascii: "-")
        if negative || text[position] == UInt8(ascii: "+") { position += 1 }
        var value = 0
        while position < end {
            value = min(value * 10 + Int(text[position] &- UInt8(ascii: "0")), 1_000_000_000_000_000)
            position += 1
        }
        return negative ? -value : value
    }

    /// The power of ten of the last significant digit.
    package var exponent: Int { magnitude - digits + 1 }

    /// Whether the value is mathematically an integer (`1.0` and `1e2` are).
    package var isInteger: Bool { digits == 0 || exponent >= 0 }

    /// Calls `body` with each significant digit, the first one first, until it returns false.
    package func forEachDigit(_ body: (UInt8) -> Bool) {
        var position = first
        var left = digits
        while left > 0 {
            let byte = text[position]
            position += 1
            if byte == UInt8(ascii: ".") { continue }
            if !body(byte - UInt8(ascii: "0")) { return }
            left -= 1
        }
    }

    /// The value as an integer, nil when it is none or out of range.
    package var int64: Int64? {
        guard isInteger, magnitude < 19 else { return nil }
        var value: UInt64 = 0
        forEachDigit {
            value = value * 10 + UInt64($0)
            return true
        }
        if digits > 0 { for _ in 0..<exponent { value *= 10 } }
        if isNegative { return value <= UInt64(Int64.max) + 1 ? Int64(truncatingIfNeeded: 0 &- value) : nil }
        return value <= UInt64(Int64.max) ? Int64(value) : nil
    }

    /// The order of two numbers: -1, 0 or 1.
    package static func compare(_ a: Number, _ b: Number) -> Int {
        if a.digits == 0 || b.digits == 0 { return a.sign - b.sign }
        if a.isNegative != b.isNegative { return a.sign }
        if a.magnitude != b.magnitude { return a.magnitude < b.magnitude ? -a.sign : a.sign }
        var aPosition = a.first
        var bPosition = b.first
        for index in 0..<max(a.digits, b.digits) {
            let aDigit = index < a.digits ? a.digit(&aPosition) : 0
            let bDigit = index < b.digits ? b.digit(&bPosition) : 0
            if aDigit != bDigit { return aDigit < bDigit ? -a.sign : a.sign }
        }
        return 0
    }

    private var sign: Int { digits == 0 ? 0 : isNegative ? -1 : 1 }

    private func digit(_ position: inout Int) -> UInt8 {
        if text[position] == UInt8(ascii: ".") { position += 1 }
        defer { position += 1 }
        return text[position] - UInt8(ascii: "0")
    }

    /// A hash that equal numbers share, whatever their spelling.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(isNegative)
        hasher.combine(magnitude)
        forEachDigit {
            hasher.combine($0)
            return true
        }
    }

    /// Calls `body` with the value of a text that follows the grammar.
    package static func with<Result>(_ text: String, _ body: (Number) -> Result) -> Result {
        var text = text
        return text.withUTF8 { body(Number(ByteView($0), 0, $0.count)) }
    }
}

extension Number {
    /// The value of a range as an integer, nil when it is none or out of range. Short plain integers take a quick way.
    package static func integer(_ text: ByteView, _ start: Int, _ length: Int) -> Int64? {
        guard length <= 18 else { return Number(text, start, length).int64 }
        var position = start
        let end = start + length
        let negative = length > 0 && text[start] == UInt8(ascii: "-")
        if negative { position += 1 }
        var value: Int64 = 0
        while position < end {
            let digit = text[position] &- UInt8(ascii: "0")
            guard digit < 10 else { return Number(text, start, length).int64 }
            value = value &* 10 &+ Int64(digit)
            position += 1
        }
        return negative ? -value : value
    }
}
