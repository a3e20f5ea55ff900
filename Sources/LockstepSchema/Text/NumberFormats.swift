import LockstepJSON

/// Numbers of formats that strings may have, too, so that no reader rounds them.
enum NumberFormats {
    /// Digits with a sign, within 64 bits.
    static func isInteger(_ text: [UInt8], _ format: Format) -> Bool {
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.allSatisfy(TextFormats.isDigit),
            digits.count == 1 || digits.first != UInt8(ascii: "0")
        else { return false }
        return Number.with(String(decoding: text, as: UTF8.self)) { format.accepts(number: $0) }
    }

    /// A decimal number of 34 digits, or what JSON numbers cannot say.
    static func isDecimal128(_ text: [UInt8]) -> Bool {
        let text = String(decoding: text, as: UTF8.self)
        if ["NaN", "INF", "-INF"].contains(text) { return true }
        guard Decimal(text) != nil else { return false }
        return Number.with(text) { isDecimal128($0) }
    }

    static func isDecimal128(_ number: Number) -> Bool {
        number.digits <= 34 && number.magnitude <= 6_144 && number.exponent >= -6_176
    }

    /// Up to 12 digits before the point and 3 behind it.
    static func isStructuredDecimal(_ number: Number) -> Bool {
        number.digits == 0 || number.magnitude < 12 && number.exponent >= -3
    }

    /// Whether a binary number holds the value, rounded: not beyond its range.
    static func isFinite(_ number: Number, magnitude: Int, _ largest: String) -> Bool {
        if number.magnitude != magnitude { return number.magnitude < magnitude }
        return Number.with(number.isNegative ? "-" + largest : largest) { limit in
            let order = Number.compare(number, limit)
            return number.isNegative ? order > 0 : order < 0
        }
    }
}
