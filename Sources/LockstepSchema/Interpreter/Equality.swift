import LockstepJSON

/// Equality of JSON values on tapes: numbers by value, objects whatever their order.
enum Equality {
    static func equal(_ a: Interpreter.Tape, _ aIndex: Int, _ b: Interpreter.Tape, _ bIndex: Int) -> Bool {
        let left = a.words[aIndex]
        let right = b.words[bIndex]
        if left.isNumber {
            guard right.isNumber else { return false }
            if left.length == right.length, a.bytes.equals(left.offset, left.length, b.bytes, right.offset) {
                return true
            }
            return Number.compare(
                Number(a.bytes, left.offset, left.length), Number(b.bytes, right.offset, right.length)) == 0
        }
        guard left.kindBits == right.kindBits else { return false }
        if left.isString {
            return left.length == right.length && a.bytes.equals(left.offset, left.length, b.bytes, right.offset)
        }
        guard left.isContainer else { return true }
        guard left.count == right.count else { return false }
        return left.isArray ? equalArrays(a, aIndex, b, bIndex) : equalObjects(a, aIndex, b, bIndex)
    }

    private static func equalArrays(
        _ a: Interpreter.Tape, _ aIndex: Int, _ b: Interpreter.Tape, _ bIndex: Int
    ) -> Bool {
        var left = aIndex &+ 1
        var right = bIndex &+ 1
        while left < a.words[aIndex].end {
            if !equal(a, left, b, right) { return false }
            left = a.indexAfter(left)
            right = b.indexAfter(right)
        }
        return true
    }

    private static func equalObjects(
        _ a: Interpreter.Tape, _ aIndex: Int, _ b: Interpreter.Tape, _ bIndex: Int
    ) -> Bool {
        let count = a.words[aIndex].count
        if count > 16 { return equalLargeObjects(a, aIndex, b, bIndex) }
        var left = aIndex &+ 1
        for _ in 0..<count {
            guard let right = find(a, a.words[left], b, bIndex), equal(a, left &+ 1, b, right) else { return false }
            left = a.indexAfter(left &+ 1)
        }
        return true
    }

    private static func find(_ a: Interpreter.Tape, _ key: TapeWord, _ b: Interpreter.Tape, _ bIndex: Int) -> Int? {
        var right = bIndex &+ 1
        while right < b.words[bIndex].end {
            let other = b.words[right]
            if key.length == other.length, a.bytes.equals(key.offset, key.length, b.bytes, other.offset) {
                return right &+ 1
            }
            right = b.indexAfter(right &+ 1)
        }
        return nil
    }

    private static func equalLargeObjects(
        _ a: Interpreter.Tape, _ aIndex: Int, _ b: Interpreter.Tape, _ bIndex: Int
    ) -> Bool {
        var places: [String: Int] = [:]
        var right = bIndex &+ 1
        while right < b.words[bIndex].end {
            let key = b.words[right]
            places[b.bytes.string(key.offset, key.length)] = right &+ 1
            right = b.indexAfter(right &+ 1)
        }
        var left = aIndex &+ 1
        while left < a.words[aIndex].end {
            let key = a.words[left]
            guard let place = places[a.bytes.string(key.offset, key.length)], equal(a, left &+ 1, b, place)
            else { return false }
            left = a.indexAfter(left &+ 1)
        }
        return true
    }

    /// A hash that equal values share.
    static func hash(_ tape: Interpreter.Tape, _ index: Int, into hasher: inout Hasher) {
        let word = tape.words[index]
        if word.isNumber {
            hasher.combine(1)
            Number(tape.bytes, word.offset, word.length).hash(into: &hasher)
        } else if word.isObject {
            // Members in any order: their hashes are added up.
            var sum = 0
            var position = index &+ 1
            while position < word.end {
                var member = Hasher()
                hash(tape, position, into: &member)
                hash(tape, position &+ 1, into: &member)
                sum &+= member.finalize()
                position = tape.indexAfter(position &+ 1)
            }
            hasher.combine(sum)
        } else if word.isArray {
            hasher.combine(word.count)
            var position = index &+ 1
            while position < word.end {
                hash(tape, position, into: &hasher)
                position = tape.indexAfter(position)
            }
        } else {
            hasher.combine(word.kindBits)
            guard word.isString else { return }
            for offset in word.offset..<(word.offset &+ word.length) { hasher.combine(tape.bytes[offset]) }
        }
    }
}
