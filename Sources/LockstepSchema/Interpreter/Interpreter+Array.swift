import LockstepJSON

extension Interpreter {
    private typealias Part = Layout.ArrayPart

    /// `base` is where the frames of the elements are, 0 when they have none.
    mutating func validateArray(_ part: Int, _ at: Int, _ word: TapeWord, _ evaluated: Int, _ base: Int) -> Bool {
        var isValid = validateCount(word.count, words[part], words[part &+ Part.maximum], at, .minItems, .maxItems)
        guard isValid || isCollecting else { return false }
        let prefix = Int(words[part &+ Part.prefix])
        let items = Int(words[part &+ Part.items])
        if prefix > 0 || items != 0 {
            var position = at &+ 1
            for ordinal in 0..<word.count {
                let node = ordinal < prefix ? Int(words[part &+ Part.table &+ ordinal]) : items
                if node == 0 { break }
                if base != 0 { frame = 0 }
                let value = instance.words[position]
                let fits = node == Layout.falseNode ? never(position, .items) : validateMember(node, position, value)
                if base != 0 { frames[base &+ ordinal] = Int32(truncatingIfNeeded: frame) }
                if !fits {
                    isValid = false
                    if !isCollecting { return false }
                }
                if evaluated >= 0 { marks[evaluated &+ ordinal] = true }
                position = value.isContainer ? value.end : position &+ 1
            }
        }
        if words[part &+ Part.contains] != 0, !validateContains(part, at, word, evaluated) {
            isValid = false
            if !isCollecting { return false }
        }
        if words[part &+ Part.unique] != 0, word.count > 1 {
            for (first, second) in repeatedElements(at, word) {
                fail(second, .uniqueItems, .number(first))
                isValid = false
            }
        }
        return isValid
    }

    private mutating func validateContains(_ part: Int, _ at: Int, _ word: TapeWord, _ evaluated: Int) -> Bool {
        let node = Int(words[part &+ Part.contains])
        let minimum = Int(words[part &+ Part.minContains])
        let maximum = Int(words[part &+ Part.maxContains])
        var count = 0
        var position = at &+ 1
        for ordinal in 0..<word.count {
            if attempt(node, position) {
                count &+= 1
                if evaluated >= 0 { marks[evaluated &+ ordinal] = true }
            }
            position = instance.indexAfter(position)
        }
        if count < minimum {
            fail(at, minimum == 1 ? .contains : .minContains, .number(minimum))
            return false
        }
        if maximum >= 0, count > maximum {
            fail(at, .maxContains, .number(maximum))
            return false
        }
        return true
    }

    /// Whether a value fits, without noting why not.
    mutating func attempt(_ node: Int, _ at: Int, _ evaluated: Int = -1) -> Bool {
        let wasCollecting = isCollecting
        let end = frames.count
        isCollecting = false
        let fits = validate(node, at, evaluated)
        isCollecting = wasCollecting
        if !fits { frames.removeAll(after: end) }
        return fits
    }

    /// The ordinals of elements and the places of later ones that equal them; only the first unless all are asked for. Many
    /// elements go through a hash with the process's random seed.
    private func repeatedElements(_ at: Int, _ word: TapeWord) -> [(first: Int, second: Int)] {
        var places: [Int] = []
        places.reserveCapacity(word.count)
        var position = at &+ 1
        for _ in 0..<word.count {
            places.append(position)
            position = instance.indexAfter(position)
        }
        let maximum = isCollecting ? maximumFailures : 1
        var found: [(Int, Int)] = []
        if places.count <= 8 {
            for second in 1..<places.count where found.count < maximum {
                for first in 0..<second where Equality.equal(instance, places[first], instance, places[second]) {
                    found.append((first, places[second]))
                    break
                }
            }
            return found
        }
        var seen: [Int: [Int]] = [:]
        for (ordinal, place) in places.enumerated() where found.count < maximum {
            var hasher = Hasher()
            Equality.hash(instance, place, into: &hasher)
            let hash = hasher.finalize()
            let first = seen[hash]?.first { Equality.equal(instance, places[$0], instance, place) }
            if let first { found.append((first, place)) } else { seen[hash, default: []].append(ordinal) }
        }
        return found
    }
}
