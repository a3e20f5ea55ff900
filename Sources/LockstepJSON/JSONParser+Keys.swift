extension JSONParser {
    /// The first names of an object are compared as they come; with more of them, all go through a table at its end.
    static let pairwiseLimit = 16

    /// Refuses a name that the object has had, while it has few. `start` is where the name stands in the text.
    ///
    /// Each name chooses two of 64 bits. Only when both are taken already, the names so far are gone through.
    @inline(__always)  // runs for every name
    mutating func checkKey(
        _ key: TapeWord, _ fingerprint: UInt64, _ start: Int
    ) throws(JSONParseError) {
        let hash = Self.spread(fingerprint)
        let bits: UInt64 = 1 &<< (hash &>> 58) | 1 &<< (hash &>> 52)
        if names & bits == bits { try compareKey(key, start) }
        names |= bits
    }

    /// A name of at most seven plain bytes, which is what most names are: one word is all that is looked at. False, and
    /// nothing done, for any other one.
    @inline(__always)  // called from one place
    mutating func parseShortKey(_ position: inout Int) throws(JSONParseError) -> Bool {
        let start = position &+ 1
        guard start <= input.count &- 8 else { return false }
        let word = input.word(at: start)
        let marks = PlainText.marks(word)
        let bits = UInt64(truncatingIfNeeded: marks.trailingZeroBitCount & ~7)
        guard marks != 0, word &>> bits & 0xff == 0x22 else { return false }
        let length = Int(truncatingIfNeeded: bits &>> 3)
        // Both are at most the input's length, which is at most `TapeWord.maximum`.
        let key = TapeWord(text: start, length, isASCII: true)
        // What `fingerprint` makes of these bytes.
        let fingerprint = word & ((1 &<< bits) &- 1) ^ UInt64(truncatingIfNeeded: length) &<< 56
        try checkKey(key, fingerprint, position)
        tape.append(key)
        position = start &+ length &+ 1
        return true
    }

    @inline(never)
    private mutating func compareKey(_ key: TapeWord, _ start: Int) throws(JSONParseError) {
        if count >= Self.pairwiseLimit { return }
        var position = container &+ 1
        for _ in 0..<count {
            if equal(tape[position], key) { throw JSONParseError(.duplicateKey, at: start) }
            let value = tape[position &+ 1]
            position = value.isContainer ? value.end : position &+ 2
        }
    }

    /// Equal for equal names; up to 8 bytes, different for different ones.
    @inline(__always)  // runs for every name
    mutating func fingerprint(_ key: TapeWord) -> UInt64 {
        let length = key.length
        let tag = UInt64(truncatingIfNeeded: length) &<< 56
        guard key.offset <= input.count &- 8 else { return slowFingerprint(key) ^ tag }
        let first = input.word(at: key.offset)
        if length < 8 { return first & ((1 &<< UInt64(length &* 8)) &- 1) ^ tag }
        guard key.offset &+ length <= input.count else { return slowFingerprint(key) ^ tag }
        return first ^ Self.spread(input.word(at: key.offset &+ length &- 8)) ^ tag
    }

    private mutating func slowFingerprint(_ key: TapeWord) -> UInt64 {
        if key.length < 8 { return word(key.offset, key.length) }
        return word(key.offset, 8) ^ Self.spread(word(key.offset + key.length - 8, 8))
    }

    private mutating func word(_ start: Int, _ count: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<count { word |= UInt64(byte(start + index)) << UInt64(index * 8) }
        return word
    }

    private static func spread(_ word: UInt64) -> UInt64 { word &* 0x9e37_79b9_7f4a_7c15 }

    /// Refuses an object of many members that has a name twice: in a table that is hashed with the process's random seed, so
    /// that no input can make it quadratic. `end` is the position behind the object.
    @inline(never)
    mutating func checkKeysHashed(_ start: Int, _ count: Int, _ end: Int) throws(JSONParseError) {
        let size = 1 << (Int.bitWidth - (count * 2 - 1).leadingZeroBitCount)
        var table = [Int32](repeating: -1, count: size)
        var position = start + 1
        for _ in 0..<count {
            let key = tape[position]
            var slot = hash(key) & (size - 1)
            while table[slot] >= 0 {
                if equal(tape[Int(table[slot])], key) {
                    // Where a name with escapes stood in the text is no longer known.
                    throw JSONParseError(.duplicateKey, at: key.offset <= input.count ? key.offset - 1 : end)
                }
                slot = (slot + 1) & (size - 1)
            }
            table[slot] = Int32(position)
            let value = tape[position + 1]
            position = value.isContainer ? value.end : position + 2
        }
    }

    private mutating func hash(_ key: TapeWord) -> Int {
        var hasher = Hasher()
        for start in stride(from: 0, to: key.length, by: 8) {
            hasher.combine(word(key.offset + start, min(8, key.length - start)))
        }
        return hasher.finalize()
    }

    private mutating func equal(_ a: TapeWord, _ b: TapeWord) -> Bool {
        guard a.length == b.length else { return false }
        if max(a.offset, b.offset) <= input.count &- a.length {
            return input.equals(a.offset, a.length, input, b.offset)
        }
        for index in 0..<a.length where byte(a.offset + index) != byte(b.offset + index) { return false }
        return true
    }

    private mutating func byte(_ offset: Int) -> UInt8 {
        offset < input.count ? input[offset] : decoded?.bytes[offset - input.count] ?? 0
    }
}
