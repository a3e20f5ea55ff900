extension JSONParser {
    /// Objects of at most this many members are compared name by name.
    private static let pairwiseLimit = 16

    /// Refuses an object that has a name twice.
    ///
    /// Few names are compared through a fingerprint of their bytes, and only when a bit that each fingerprint chooses is
    /// taken already. Many names, and fingerprints that are equal, go through a table that is hashed with the process's
    /// random seed, so that no input can make it quadratic. `end` is the position behind the object.
    mutating func checkKeys(_ start: Int, _ count: Int, _ end: Int) throws(JSONParseError) {
        if count < 2 { return }
        guard count <= Self.pairwiseLimit else { return try checkKeysHashed(start, count, end) }
        var fingerprints = InlineArray<16, UInt64>(repeating: 0)
        var taken: UInt64 = 0
        var position = start &+ 1
        for index in 0..<count {
            let fingerprint = fingerprint(tape[position])
            fingerprints[index] = fingerprint
            let bit: UInt64 = 1 &<< (Self.spread(fingerprint) &>> 58)
            if taken & bit != 0 {
                for earlier in 0..<index where fingerprints[earlier] == fingerprint {
                    return try checkKeysHashed(start, count, end)
                }
            }
            taken |= bit
            let value = tape[position &+ 1]
            position = value.isContainer ? value.end : position &+ 2
        }
    }

    /// Equal for equal names; up to 8 bytes, different for different ones.
    @inline(__always)  // runs for every name
    private mutating func fingerprint(_ key: TapeWord) -> UInt64 {
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

    private mutating func checkKeysHashed(_ start: Int, _ count: Int, _ end: Int) throws(JSONParseError) {
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
        for index in 0..<a.length where byte(a.offset + index) != byte(b.offset + index) { return false }
        return true
    }

    private mutating func byte(_ offset: Int) -> UInt8 {
        offset < input.count ? input[offset] : decoded?.bytes[offset - input.count] ?? 0
    }
}
