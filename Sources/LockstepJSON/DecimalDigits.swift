/// Appends an integer's decimal digits.
func appendDecimal(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    appendDecimal(value.magnitude, to: &bytes)
}

/// Appends an integer's decimal digits.
func appendDecimal(_ value: UInt64, to bytes: inout [UInt8], minimumDigits: Int = 1) {
    var digits = 1
    var limit: UInt64 = 10
    while digits < 20, value >= limit {
        digits += 1
        if digits < 20 { limit *= 10 }
    }
    digits = max(digits, minimumDigits)
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits))
    var rest = value
    var index = bytes.count - 1
    while rest > 0 {
        bytes[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
        index -= 1
    }
}

/// Reads a fixed number of digits; nil when one is missing.
func fixedDigits(_ bytes: ByteView, _ start: Int, _ count: Int) -> Int? {
    guard start >= 0, start + count <= bytes.count else { return nil }
    var value = 0
    for index in start..<(start + count) {
        let digit = bytes[index] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        value = value * 10 + Int(digit)
    }
    return value
}
