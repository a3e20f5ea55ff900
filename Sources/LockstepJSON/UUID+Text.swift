extension UUID {
    /// Reads the 36 characters of RFC 9562, either case; nil when the text is anything else.
    public init?(text: String) {
        var text = text
        guard let value = text.withUTF8({ UUID(ByteView($0), 0, $0.count) }) else { return nil }
        self = value
    }

    package init?(_ bytes: ByteView, _ start: Int, _ length: Int) {
        guard let (low, high) = Self.halves(bytes, start, length) else { return nil }
        self.init(low: low, high: high)
    }

    /// The bytes in two words, the first one lowest.
    package init(low: UInt64, high: UInt64) {
        self.init(
            uuid: (
                Self.byte(low, 0), Self.byte(low, 1), Self.byte(low, 2), Self.byte(low, 3), Self.byte(low, 4),
                Self.byte(low, 5), Self.byte(low, 6), Self.byte(low, 7), Self.byte(high, 0), Self.byte(high, 1),
                Self.byte(high, 2), Self.byte(high, 3), Self.byte(high, 4), Self.byte(high, 5), Self.byte(high, 6),
                Self.byte(high, 7)
            ))
    }

    private static func byte(_ word: UInt64, _ index: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: word &>> (index &* 8))
    }

    /// The bytes of the text's UUID, the first one lowest; nil when the text is none.
    package static func halves(_ bytes: ByteView, _ start: Int, _ length: Int) -> (low: UInt64, high: UInt64)? {
        guard length == 36, start >= 0, start <= bytes.count &- 36, bytes[start &+ 8] == UInt8(ascii: "-"),
            bytes[start &+ 13] == UInt8(ascii: "-"), bytes[start &+ 18] == UInt8(ascii: "-"),
            bytes[start &+ 23] == UInt8(ascii: "-")
        else { return nil }
        let half: UInt64 = 0xffff_ffff
        let second = bytes.word(at: start &+ 9) & half | bytes.word(at: start &+ 14) &<< 32
        let third = bytes.word(at: start &+ 19) & half | bytes.word(at: start &+ 24) &<< 32
        guard let a = hex(bytes.word(at: start)), let b = hex(second), let c = hex(third),
            let d = hex(bytes.word(at: start &+ 28))
        else { return nil }
        return (a | b &<< 32, c | d &<< 32)
    }

    /// Eight hexadecimal digits, the first one lowest, as four bytes, the first one lowest; nil when one is none.
    static func hex(_ text: UInt64) -> UInt64? {
        let high: UInt64 = 0x8080_8080_8080_8080
        func isAtLeast(_ text: UInt64, _ limit: UInt8) -> UInt64 {
            // Bytes below 0x80 and a limit of at most 0x80: no carry into the next byte.
            text &+ UInt64(0x80 - limit) &* 0x0101_0101_0101_0101
        }
        let lower = text | 0x2020_2020_2020_2020
        let digits = isAtLeast(text, UInt8(ascii: "0")) & ~isAtLeast(text, UInt8(ascii: "9") + 1)
        let letters = isAtLeast(lower, UInt8(ascii: "a")) & ~isAtLeast(lower, UInt8(ascii: "f") + 1)
        guard text & high == 0, (digits | letters) & high == high else { return nil }
        let nibbles = (text & 0x0f0f_0f0f_0f0f_0f0f) &+ (letters & high) &>> 7 &* 9
        let pairs = (nibbles &<< 4 | nibbles &>> 8) & 0x00ff_00ff_00ff_00ff
        let quads = (pairs | pairs &>> 8) & 0x0000_ffff_0000_ffff
        return (quads | quads &>> 16) & 0xffff_ffff
    }

    /// The 36 characters of RFC 9562 in lower case.
    public var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    package func append(to bytes: inout [UInt8]) { bytes.fill(36) { append(to: &$0) } }

    /// 36 bytes.
    func append(to filler: inout ByteFiller) {
        let (first, last) = withUnsafeBytes(of: uuid) { raw in
            // A UUID has 16 bytes.
            (raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        let second = Self.digits(first.littleEndian &>> 32)
        let third = Self.digits(last.littleEndian & 0xffff_ffff)
        filler.append(word: Self.digits(first.littleEndian & 0xffff_ffff))
        filler.append(word: UInt64(UInt8(ascii: "-")) | second &<< 8, keeping: 5)
        filler.append(word: UInt64(UInt8(ascii: "-")) | (second &>> 32) &<< 8, keeping: 5)
        filler.append(word: UInt64(UInt8(ascii: "-")) | third &<< 8, keeping: 5)
        filler.append(word: UInt64(UInt8(ascii: "-")) | (third &>> 32) &<< 8, keeping: 5)
        filler.append(word: Self.digits(last.littleEndian &>> 32))
    }

    /// The eight hexadecimal digits of four bytes, the first one lowest in both.
    private static func digits(_ bytes: UInt64) -> UInt64 {
        let pairs = (bytes | bytes &<< 16) & 0x0000_ffff_0000_ffff
        let apart = (pairs | pairs &<< 8) & 0x00ff_00ff_00ff_00ff
        let nibbles = apart &>> 4 & 0x000f_000f_000f_000f | (apart & 0x000f_000f_000f_000f) &<< 8
        // Ten and more carry into the fifth bit: these become letters.
        let letters = (nibbles &+ 0x0606_0606_0606_0606) &>> 4 & 0x0101_0101_0101_0101
        return nibbles &+ 0x3030_3030_3030_3030 &+ letters &* UInt64(UInt8(ascii: "a") - UInt8(ascii: "0") - 10)
    }
}
