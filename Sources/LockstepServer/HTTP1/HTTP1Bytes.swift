/// Character classes of RFC 9110 and scans over them, on bounds-checked spans.
enum HTTP1Bytes {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let colon = UInt8(ascii: ":")

    /// Whether the byte may be part of a token (RFC 9110 section 5.6.2): two 64-bit sets instead of a table.
    static func isToken(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        let set = byte < 64 ? tokenLow : tokenHigh
        return (set &>> UInt64(byte & 63)) & 1 == 1
    }

    /// Whether the byte may stand in a request target.
    ///
    /// Wider than RFC 3986, because browsers send `|`, `^`, `{`, `}`, `[` and `]` unescaped in queries; no delimiter of any
    /// other syntax (quotes, angle brackets, backslash, `#`), no control, no byte above ASCII.
    static func isTarget(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        let set = byte < 64 ? targetLow : targetHigh
        return (set &>> UInt64(byte & 63)) & 1 == 1
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// The value of a hexadecimal digit, or nil.
    static func hexValue(_ byte: UInt8) -> UInt8? {
        if byte &- 0x30 < 10 { return byte &- 0x30 }
        let lower = byte | 0x20
        return lower &- 0x61 < 6 ? lower &- 0x61 &+ 10 : nil
    }

    /// First offset at or after `start` whose byte is a control character (below 0x20, or DEL), or the end.
    ///
    /// Eight bytes at a time: a byte below 0x20 borrows into its high bit when 0x20 is subtracted, DEL becomes zero under
    /// XOR. Bytes of 0x80 and above are text to HTTP (obs-text) and are masked out.
    static func firstControl(in bytes: Span<UInt8>, from start: Int) -> Int {
        var offset = start
        let raw = bytes.bytes
        let high: UInt64 = 0x8080_8080_8080_8080
        let ones: UInt64 = 0x0101_0101_0101_0101
        while offset &+ 8 <= bytes.count {
            // Bounds-checked by RawSpan; "unsafe" only in that any bit pattern becomes a UInt64, which is always valid.
            let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let belowSpace = (word &- ones &* 0x20) & ~word & high
            let delete = word ^ (ones &* 0x7F)
            let isDelete = (delete &- ones) & ~delete & high
            let hits = belowSpace | isDelete
            if hits != 0 {
                // A borrow can only set bits above a true hit, so the lowest one is right.
                return offset &+ UInt64(littleEndian: hits).trailingZeroBitCount / 8
            }
            offset &+= 8
        }
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte < 0x20 || byte == 0x7F { return offset }
            offset &+= 1
        }
        return offset
    }

    /// Whether `bytes[range]` equals `name`, which must be lower case, without regard to ASCII case.
    static func equals(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ name: StaticString) -> Bool {
        guard end &- start == name.utf8CodeUnitCount else { return false }
        let expected = name.utf8Start
        var index = 0
        while index < end &- start {
            var byte = bytes[start &+ index]
            if byte &- 0x41 < 26 { byte |= 0x20 }
            // In bounds: the lengths were compared above.
            if unsafe expected[index] != byte { return false }
            index &+= 1
        }
        return true
    }

    /// Appends `bytes[start..<end]` to an array.
    static func append(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, to array: inout [UInt8]) {
        // One copy; the pointer does not leave the closure, and `extracting` has checked the bounds.
        unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { unsafe array.append(contentsOf: $0) }
    }

    /// A copy of `bytes[start..<end]`.
    static func copy(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> [UInt8] {
        var array: [UInt8] = []
        append(bytes, start, end, to: &array)
        return array
    }

    /// `bytes[start..<end]`, which is ASCII, as text.
    static func text(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> String {
        // One copy; the pointer does not leave the closure, and `extracting` has checked the bounds.
        unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    // Literals, so that they are constants without a once-check; a test compares them with the characters they stand for.
    private static let tokenLow: UInt64 = 0x03FF_6CFA_0000_0000
    private static let tokenHigh: UInt64 = 0x57FF_FFFF_C7FF_FFFE
    private static let targetLow: UInt64 = 0xAFFF_FFF2_0000_0000
    private static let targetHigh: UInt64 = 0x7FFF_FFFF_EFFF_FFFF
}
