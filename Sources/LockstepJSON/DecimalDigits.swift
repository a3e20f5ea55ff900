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

/// Eight bytes of digits with fixed characters between them, such as `2026-01-` or `10:00:00`, checked at once.
struct EightDigits {
    /// The value of each digit, the first one lowest; 0 in the gaps.
    private let values: UInt64

    /// Nil unless the bytes are `filled` where `gaps` has ones, and digits elsewhere.
    init?(_ bytes: ByteView, _ start: Int, gaps: UInt64, filled: UInt64) {
        guard start >= 0, start <= bytes.count &- 8 else { return nil }
        let word = bytes.word(at: start)
        guard word & gaps == filled else { return nil }
        let digits = word & ~gaps | 0x3030_3030_3030_3030 & gaps
        // A digit's high half is 3, and stays 3 when 6 is added.
        guard digits & 0xf0f0_f0f0_f0f0_f0f0 == 0x3030_3030_3030_3030,
            (digits &+ 0x0606_0606_0606_0606) & 0xf0f0_f0f0_f0f0_f0f0 == 0x3030_3030_3030_3030
        else { return nil }
        values = digits & 0x0f0f_0f0f_0f0f_0f0f
    }

    /// The number of the two digits from a position on.
    func pair(_ position: UInt64) -> Int {
        let pair = values &>> (position &* 8)
        return Int(truncatingIfNeeded: pair & 0xff) &* 10 &+ Int(truncatingIfNeeded: pair &>> 8 & 0xff)
    }
}
