extension UUID {
    /// Reads the 36 characters of RFC 9562, either case; nil when the text is anything else.
    public init?(text: String) {
        var text = text
        guard let value = text.withUTF8({ UUID(ByteView($0), 0, $0.count) }) else { return nil }
        self = value
    }

    package init?(_ bytes: ByteView, _ start: Int, _ length: Int) {
        guard length == 36, start >= 0, start + 36 <= bytes.count else { return nil }
        for dash in [8, 13, 18, 23] where bytes[start + dash] != UInt8(ascii: "-") { return nil }
        guard let a = Self.hex(bytes, start, 8), let b = Self.hex(bytes, start + 9, 4),
            let c = Self.hex(bytes, start + 14, 4), let d = Self.hex(bytes, start + 19, 4),
            let e = Self.hex(bytes, start + 24, 12)
        else { return nil }
        let high = a << 32 | b << 16 | c
        let low = d << 48 | e
        self.init(
            uuid: (
                Self.byte(high, 7), Self.byte(high, 6), Self.byte(high, 5), Self.byte(high, 4), Self.byte(high, 3),
                Self.byte(high, 2), Self.byte(high, 1), Self.byte(high, 0), Self.byte(low, 7), Self.byte(low, 6),
                Self.byte(low, 5), Self.byte(low, 4), Self.byte(low, 3), Self.byte(low, 2), Self.byte(low, 1),
                Self.byte(low, 0)
            ))
    }

    private static func byte(_ word: UInt64, _ index: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: word >> (index * 8))
    }

    private static func hex(_ bytes: ByteView, _ start: Int, _ count: Int) -> UInt64? {
        var value: UInt64 = 0
        for index in start..<(start + count) {
            let byte = bytes[index]
            let letter = byte | 0x20
            if byte &- UInt8(ascii: "0") < 10 {
                value = value << 4 | UInt64(byte &- UInt8(ascii: "0"))
            } else if letter &- UInt8(ascii: "a") < 6 {
                value = value << 4 | UInt64(letter &- UInt8(ascii: "a") + 10)
            } else {
                return nil
            }
        }
        return value
    }

    /// The 36 characters of RFC 9562 in lower case.
    public var text: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    package func append(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: uuid) { raw in
            for (index, byte) in raw.enumerated() {
                if index == 4 || index == 6 || index == 8 || index == 10 { bytes.append(UInt8(ascii: "-")) }
                bytes.append(Self.digit(byte >> 4))
                bytes.append(Self.digit(byte & 15))
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
