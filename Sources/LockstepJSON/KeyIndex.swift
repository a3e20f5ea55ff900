/// The names of the objects that are still open, to refuse one that comes twice.
///
/// Few names are compared pairwise through a fingerprint of their first bytes; many go through a table that is hashed
/// with the process's random seed, so that no input can make it quadratic.
struct KeyIndex {
    private struct Key {
        var fingerprint: UInt64
        var word: TapeWord
        var position: Int
    }

    private var keys: [Key] = []
    private static let pairwiseLimit = 16

    var count: Int { keys.count }

    /// Notes a name; `position` is where it starts in the text.
    mutating func add(_ word: TapeWord, at position: Int, _ input: ByteView, _ decoded: [UInt8]) {
        var bytes: UInt64 = 0
        if word.offset <= input.count &- 8 {
            bytes = input.word(at: word.offset)
            if word.length < 8 { bytes &= (1 << UInt64(word.length * 8)) &- 1 }
        } else {
            for index in 0..<min(word.length, 8) {
                bytes |= UInt64(Self.byte(word.offset + index, input, decoded)) << UInt64(index * 8)
            }
        }
        // A name of 8 bytes or more may share the fingerprint of another: equality then decides.
        keys.append(Key(fingerprint: bytes ^ UInt64(word.length) << 56, word: word, position: position))
    }

    /// Forgets an object's names; the position of the first one that repeats an earlier one.
    mutating func close(from first: Int, _ input: ByteView, _ decoded: [UInt8]) -> Int? {
        let count = keys.count - first
        defer { keys.removeSubrange(first...) }
        if count < 2 { return nil }
        return count <= Self.pairwiseLimit ? pairwise(first, input, decoded) : hashed(first, input, decoded)
    }

    private func pairwise(_ first: Int, _ input: ByteView, _ decoded: [UInt8]) -> Int? {
        for later in (first + 1)..<keys.count {
            let fingerprint = keys[later].fingerprint
            for earlier in first..<later where keys[earlier].fingerprint == fingerprint {
                if Self.equal(keys[earlier].word, keys[later].word, input, decoded) { return keys[later].position }
            }
        }
        return nil
    }

    private func hashed(_ first: Int, _ input: ByteView, _ decoded: [UInt8]) -> Int? {
        let count = keys.count - first
        let size = 1 << (Int.bitWidth - (count * 2 - 1).leadingZeroBitCount)
        var table = [Int32](repeating: -1, count: size)
        for index in first..<keys.count {
            var slot = Self.hash(keys[index], input, decoded) & (size - 1)
            while table[slot] >= 0 {
                let other = keys[Int(table[slot])]
                if other.fingerprint == keys[index].fingerprint,
                    Self.equal(other.word, keys[index].word, input, decoded)
                {
                    return keys[index].position
                }
                slot = (slot + 1) & (size - 1)
            }
            table[slot] = Int32(index)
        }
        return nil
    }

    private static func hash(_ key: Key, _ input: ByteView, _ decoded: [UInt8]) -> Int {
        var hasher = Hasher()
        hasher.combine(key.fingerprint)
        var index = 8
        while index < key.word.length {
            hasher.combine(byte(key.word.offset + index, input, decoded))
            index += 1
        }
        return hasher.finalize()
    }

    private static func equal(_ a: TapeWord, _ b: TapeWord, _ input: ByteView, _ decoded: [UInt8]) -> Bool {
        guard a.length == b.length else { return false }
        for index in 0..<a.length
        where byte(a.offset + index, input, decoded) != byte(b.offset + index, input, decoded) {
            return false
        }
        return true
    }

    private static func byte(_ offset: Int, _ input: ByteView, _ decoded: [UInt8]) -> UInt8 {
        offset < input.count ? input[offset] : decoded[offset - input.count]
    }
}
