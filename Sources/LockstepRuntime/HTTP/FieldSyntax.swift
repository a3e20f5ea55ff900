/// Character classes of RFC 9110 §5, by byte.
enum FieldSyntax {
    /// `token` characters (RFC 9110 §5.6.2).
    static func isToken(_ byte: UInt8) -> Bool {
        // Letters, digits and !#$%&'*+-.^_`|~ as bits.
        let set: UInt64 = byte < 64 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
        return byte < 128 && (set &>> UInt64(byte & 63)) & 1 == 1
    }

    /// What a field value may hold (RFC 9110 §5.5): visible characters, space, tab and `obs-text`; no other control.
    static func isValue(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F || byte == 0x09
    }

    /// Makes spaces of what a value may not hold, from a position to the end. Eight bytes are looked at together, since there
    /// is next to never anything to do.
    static func blankControls(in bytes: inout [UInt8], from start: Int) {
        let isClean = bytes.withUnsafeBytes { raw in
            var index = start
            while index <= raw.count - 8 {
                // In bounds by the condition; `start` is a position in the array.
                let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let deletes = word ^ 0x7F7F_7F7F_7F7F_7F7F
                let controls = (word &- 0x2020_2020_2020_2020) & ~word
                let suspects = controls | (deletes &- 0x0101_0101_0101_0101) & ~deletes
                if suspects & 0x8080_8080_8080_8080 != 0 { return false }
                index += 8
            }
            while index < raw.count {
                if !isValue(raw[index]) { return false }
                index += 1
            }
            return true
        }
        if isClean { return }
        for index in start..<bytes.count where !isValue(bytes[index]) { bytes[index] = 0x20 }
    }

    /// Space or tab.
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }

    /// ASCII letters in lower case; other bytes unchanged.
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }

    /// Whether all of it is a token of at least one character.
    static func isToken(_ text: some Collection<UInt8>) -> Bool {
        !text.isEmpty && text.allSatisfy(isToken)
    }

    /// `bytes` without leading and trailing blanks.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var slice = bytes
        while let first = slice.first, isBlank(first) { slice.removeFirst() }
        while let last = slice.last, isBlank(last) { slice.removeLast() }
        return slice
    }

    /// Compares ASCII without regard to case.
    static func equalIgnoringCase(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { lowercased($0) == lowercased($1) }
    }
}
