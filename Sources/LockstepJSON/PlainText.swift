/// What stands in a JSON string as it is, looked at in words of eight bytes.
enum PlainText {
    /// The high bit of the first byte of eight that is a control character, `"`, `\` or not ASCII. Bits above the first
    /// one may be wrong.
    @inline(__always)  // a dozen instructions, in the innermost loops
    static func marks(_ word: UInt64) -> UInt64 { (escapes(word) | word) & 0x8080_8080_8080_8080 }

    /// Whether a text needs no escapes.
    static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = text.baseAddress else { return true }
        let count = text.count
        if count < 8 {
            for index in 0..<count where text[index] < 0x20 || text[index] == 0x22 || text[index] == 0x5c {
                return false
            }
            return true
        }
        let raw = UnsafeRawPointer(base)
        var index = 0
        var found: UInt64 = 0
        // In bounds: `index` stays at most `count - 8`. The last eight bytes come once more, whatever was left.
        while index < count &- 8 {
            found |= escapes(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            index &+= 8
        }
        found |= escapes(raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
        return found & 0x8080_8080_8080_8080 == 0
    }

    /// The high bit of the first byte of eight that needs an escape; no high bit when there is none.
    @inline(__always)  // as above
    private static func escapes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ 0x2222_2222_2222_2222
        let backslash = word ^ 0x5c5c_5c5c_5c5c_5c5c
        let control = (word &- 0x2020_2020_2020_2020) & ~word
        let quotes = (quote &- ones) & ~quote
        let backslashes = (backslash &- ones) & ~backslash
        return control | quotes | backslashes
    }
}
