/// What stands in a JSON string as it is, looked at in words of eight bytes.
enum PlainText {
    /// The high bit of the first byte of eight that is a control character, `"`, `\` or not ASCII. Bits above the first
    /// one may be wrong.
    @inline(__always)  // a dozen instructions, in the innermost loops
    static func marks(_ word: UInt64) -> UInt64 { (candidates(word) | word) & 0x8080_8080_8080_8080 }

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

    /// A text of at most 16 bytes that needs no escapes, as two words, the first byte lowest; nil when it needs some.
    @inline(__always)  // the one place where members' names are written
    static func words(of text: ByteView) -> (low: UInt64, high: UInt64)? {
        let count = text.count
        let spaces: UInt64 = 0x2020_2020_2020_2020
        if count > 8 {
            let low = text.word(at: 0)
            let last = text.word(at: count &- 8)
            guard (escapes(low) | escapes(last)) & 0x8080_8080_8080_8080 == 0 else { return nil }
            return (low, last &>> UInt64(truncatingIfNeeded: 128 &- count &* 8))
        }
        if count == 8 {
            let low = text.word(at: 0)
            return escapes(low) & 0x8080_8080_8080_8080 == 0 ? (low, 0) : nil
        }
        var low: UInt64 = 0
        if count >= 4 {
            let last = UInt64(text.halfWord(at: count &- 4))
            low = UInt64(text.halfWord(at: 0)) | last &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
        } else {
            for index in 0..<count { low |= UInt64(text[index]) &<< UInt64(truncatingIfNeeded: index &* 8) }
        }
        // Spaces behind the text, which need no escapes either.
        let padded = low | spaces &<< UInt64(truncatingIfNeeded: count &* 8)
        return escapes(padded) & 0x8080_8080_8080_8080 == 0 ? (low, 0) : nil
    }

    /// Appends a text with its escapes: at most six bytes for each of its own.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to filler: inout ByteFiller) {
        var index = 0
        while index < text.count {
            guard index <= text.count &- 8 else {
                append(text[index], to: &filler)
                index &+= 1
                continue
            }
            // In bounds by the guard. Where there is room for eight bytes of six, there is room for these eight.
            let word = UnsafeRawPointer(text.baseAddress.unsafelyUnwrapped)
                .loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let marks = escapes(UInt64(littleEndian: word)) & 0x8080_8080_8080_8080
            if marks == 0 {
                filler.append(word: UInt64(littleEndian: word))
                index &+= 8
                continue
            }
            let plain = marks.trailingZeroBitCount &>> 3
            filler.append(word: UInt64(littleEndian: word), keeping: plain)
            append(text[index &+ plain], to: &filler)
            index &+= plain &+ 1
        }
    }

    private static func append(_ byte: UInt8, to filler: inout ByteFiller) {
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { return filler.append(byte) }
        filler.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): filler.append(byte)
        case 0x08: filler.append(UInt8(ascii: "b"))
        case 0x09: filler.append(UInt8(ascii: "t"))
        case 0x0a: filler.append(UInt8(ascii: "n"))
        case 0x0c: filler.append(UInt8(ascii: "f"))
        case 0x0d: filler.append(UInt8(ascii: "r"))
        default:
            // A control character below 0x20: two hexadecimal digits, the first of them 0 or 1.
            filler.append(UInt8(ascii: "u"))
            filler.append(UInt8(ascii: "0"))
            filler.append(UInt8(ascii: "0"))
            filler.append(UInt8(ascii: "0") + byte >> 4)
            let digit = byte & 15
            filler.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    /// The high bit of the first byte of eight that needs an escape; no high bit when there is none.
    @inline(__always)  // as above
    private static func escapes(_ word: UInt64) -> UInt64 { candidates(word) & ~word }

    /// The same, as far as the bytes are ASCII. Exchanging bit 1 makes `"` the space, and leaves the control characters
    /// among themselves: below `!` is then what needs an escape, and one subtraction tells.
    @inline(__always)  // as above
    private static func candidates(_ word: UInt64) -> UInt64 {
        let controlsAndQuotes = (word ^ 0x0202_0202_0202_0202) &- 0x2121_2121_2121_2121
        let backslashes = (word ^ 0x5c5c_5c5c_5c5c_5c5c) &- 0x0101_0101_0101_0101
        return controlsAndQuotes | backslashes
    }
}
