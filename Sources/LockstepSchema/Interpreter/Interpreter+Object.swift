import LockstepJSON

extension Interpreter {
    private typealias Part = Layout.ObjectPart

    /// `base` is where the slots of the object are, 0 when nothing is recorded.
    mutating func validateObject(
        _ part: Int, _ at: Int, _ word: TapeWord, _ evaluated: Int, _ record: Int, _ base: Int
    ) -> Bool {
        var isValid = validateCount(
            word.count, words[part], words[part &+ Part.maximum], at, .minProperties, .maxProperties)
        guard isValid || isCollecting else { return false }
        var found: UInt64 = 0
        let isPlain = evaluated < 0 && words[part &+ Part.patterns] == 0 && words[part &+ Part.propertyNames] == 0
        let fit =
            isPlain
            ? validatePlainMembers(part, at, word, record, base, &found)
            : validateMembers(part, at, word, evaluated, record, base, &found)
        if !fit {
            isValid = false
            if !isCollecting { return false }
        }
        steps &+= word.count
        let required = Int(words[part &+ Part.required])
        // A bit for each required name, as far as there are 64.
        let hasAll = required < 64 && found == (1 &<< UInt64(truncatingIfNeeded: required)) &- 1
        if !hasAll, required > 0, !validateRequired(part, at, word, found) {
            isValid = false
            if !isCollecting { return false }
        }
        let dependents = Int(words[part &+ Part.dependents])
        if dependents != 0, !validateDependents(dependents, at, word, evaluated) { isValid = false }
        return isValid
    }

    mutating func validateCount(
        _ count: Int, _ minimum: Int32, _ maximum: Int32, _ at: Int, _ low: Keyword, _ high: Keyword
    ) -> Bool {
        if count < Int(minimum) {
            fail(at, low, .number(Int(minimum)))
            return false
        }
        if maximum >= 0, count > Int(maximum) {
            fail(at, high, .number(Int(maximum)))
            return false
        }
        return true
    }

    /// Members that `properties` and `additionalProperties` alone decide, in what is nearly every object.
    private mutating func validatePlainMembers(
        _ part: Int, _ at: Int, _ word: TapeWord, _ record: Int, _ base: Int, _ found: inout UInt64
    ) -> Bool {
        // Values of their own, so that they stay in registers: what `self` holds is read again after every store.
        let words = image.words
        let tape = instance.words
        let bytes = instance.bytes
        var isValid = true
        var seen: UInt64 = 0
        let header = words.block(part, Part.table)
        let additional = Int(header[Part.additional])
        let first = part &+ Part.table
        let end = first &+ Int(header[Part.names]) &* Part.entrySize
        // All entries are in bounds, and only those are looked at below.
        let table = words.block(first, end &- first)
        // Members mostly come in the order of the table.
        var expected = first
        var members = memberFrame(record, base)
        var key = at &+ 1
        for ordinal in 0..<word.count {
            let (name, value) = tape.pair(key)
            var entry = expected
            var fields = table + (entry &- first)
            if entry == end || !isExpected(fields, name, bytes) {
                entry = lookUp(name, prefix(name), part)
                // Zero, or the place of one of the entries.
                if entry != 0 { fields = table + (entry &- first) }
            }
            var node = additional
            var slot = -1
            var keyword = Keyword.additionalProperties
            if entry != 0 {
                expected = entry &+ Part.entrySize
                let number = UInt32(bitPattern: fields[Part.entryOrdinal])
                if number < 64 { seen |= 1 &<< UInt64(number) }
                slot = Int(fields[Part.entrySlot])
                if fields[Part.entryDeclared] != 0 {
                    node = Int(fields[Part.entryNode])
                    keyword = .properties
                }
            }
            key &+= 1
            if base != 0 { frame = 0 }
            if node != 0, !(node == Layout.falseNode ? never(key, keyword) : validateMember(node, key, value)) {
                isValid = false
                if !isCollecting { return false }
            }
            if base != 0 {
                // A value that is no container has no frame of its own, unless it is a choice.
                if reading.at == key, frame == 0, slot >= 0, isSimple(node) { frame = frames.append(reading) }
                note(key, ordinal, slot, &members)
            }
            key = value.isContainer ? value.end : key &+ 1
        }
        found = seen
        return isValid
    }

    /// Whether a table entry has this name. The name's first eight bytes are read where there are as many.
    @inline(__always)  // runs for every member
    private mutating func isExpected(_ fields: UnsafePointer<Int32>, _ key: TapeWord, _ bytes: ByteView) -> Bool {
        let length = key.length
        guard Int(fields[1]) == length, key.offset <= bytes.count &- 8 else { return false }
        let difference = Self.prefix(of: fields) ^ bytes.word(at: key.offset)
        if length < 8 { return difference & ((1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1) == 0 }
        return difference == 0 && (length == 8 || bytes.equals(key.offset, length, blob, Int(fields[0])))
    }

    /// The first eight bytes of the name of a table entry, the first one lowest.
    @inline(__always)  // two loads
    private static func prefix(of fields: UnsafePointer<Int32>) -> UInt64 {
        let low = UInt64(UInt32(bitPattern: fields[Part.entryPrefix]))
        return UInt64(UInt32(bitPattern: fields[Part.entryPrefix &+ 1])) &<< 32 | low
    }

    /// Whether a node neither records nor lets another one record.
    private mutating func isSimple(_ node: Int) -> Bool {
        words[node &+ Layout.Node.kinds] & Layout.Node.isSimple != 0
    }

    /// Members of an object of any kind.
    private mutating func validateMembers(
        _ part: Int, _ at: Int, _ word: TapeWord, _ evaluated: Int, _ record: Int, _ base: Int, _ found: inout UInt64
    ) -> Bool {
        var isValid = true
        let end = part &+ Part.table &+ Int(words[part &+ Part.names]) &* Part.entrySize
        var expected = part &+ Part.table
        var members = memberFrame(record, base)
        var position = at &+ 1
        for ordinal in 0..<word.count {
            let entry = lookUp(instance.words[position], part, expected, end)
            var slot = -1
            if entry != 0 {
                expected = entry &+ Part.entrySize
                let number = words[entry &+ Part.entryOrdinal]
                if number >= 0, number < 64 { found |= 1 &<< UInt64(truncatingIfNeeded: number) }
                slot = Int(words[entry &+ Part.entrySlot])
            }
            if base != 0 { frame = 0 }
            if !validateMember(part, entry, position, ordinal, evaluated) {
                isValid = false
                if !isCollecting { return false }
            }
            if base != 0 { note(position &+ 1, ordinal, slot, &members) }
            position = instance.indexAfter(position &+ 1)
        }
        return isValid
    }

    /// The table entry of a name, 0 when there is none; `expected` is a guess, `end` where the table ends.
    @inline(__always)  // runs for every member; the guess is mostly right
    private mutating func lookUp(_ key: TapeWord, _ part: Int, _ expected: Int, _ end: Int) -> Int {
        let prefix = prefix(key)
        if expected != end, isName(expected, key, prefix) { return expected }
        return lookUp(key, prefix, part)
    }

    private mutating func lookUp(_ key: TapeWord, _ prefix: UInt64, _ part: Int) -> Int {
        let count = Int(words[part &+ Part.names])
        let table = part &+ Part.table
        let hash = Int(words[part &+ Part.hash])
        let found =
            hash == 0
            ? scan(key, prefix, table, count, Part.entrySize)
            : lookUpHashed(key, prefix, table, hash, Int(words[part &+ Part.hashMask]), Part.entrySize)
        return found < 0 ? 0 : table &+ found &* Part.entrySize
    }

    /// The first eight bytes of a string of the document, with zeros behind a shorter one.
    @inline(__always)  // runs for every member
    mutating func prefix(_ key: TapeWord) -> UInt64 {
        if key.offset <= instance.bytes.count &- 8 {
            let word = instance.bytes.word(at: key.offset)
            return key.length >= 8 ? word : word & ((1 &<< UInt64(truncatingIfNeeded: key.length &* 8)) &- 1)
        }
        var prefix: UInt64 = 0
        for index in 0..<min(8, key.length) {
            prefix |= UInt64(instance.bytes[key.offset &+ index]) &<< UInt64(truncatingIfNeeded: index &* 8)
        }
        return prefix
    }

    /// Whether a table entry has this name.
    @inline(__always)  // runs for every member
    mutating func isName(_ entry: Int, _ key: TapeWord, _ prefix: UInt64) -> Bool {
        let fields = words.block(entry, Part.entryPrefix &+ 2)
        guard Self.prefix(of: fields) == prefix, Int(fields[1]) == key.length else { return false }
        return key.length <= 8 || instance.bytes.equals(key.offset, key.length, blob, Int(fields[0]))
    }

    /// The index of a name in a short table, -1 when there is none.
    mutating func scan(_ key: TapeWord, _ prefix: UInt64, _ table: Int, _ count: Int, _ entrySize: Int) -> Int {
        var entry = table
        for index in 0..<count {
            if isName(entry, key, prefix) { return index }
            entry &+= entrySize
        }
        return -1
    }

    /// The index of a name in a hashed table, -1 when there is none.
    mutating func lookUpHashed(
        _ key: TapeWord, _ prefix: UInt64, _ table: Int, _ hash: Int, _ mask: Int, _ entrySize: Int
    ) -> Int {
        var place = NameHash.hash(instance.bytes, key.offset, key.length) & mask
        while true {
            let index = Int(words[hash &+ place]) &- 1
            if index < 0 { return -1 }
            if isName(table &+ index &* entrySize, key, prefix) { return index }
            place = (place &+ 1) & mask
        }
    }

    /// One member: `properties`, `patternProperties`, `additionalProperties`, `propertyNames`.
    private mutating func validateMember(
        _ part: Int, _ entry: Int, _ key: Int, _ ordinal: Int, _ evaluated: Int
    ) -> Bool {
        var isValid = true
        var isKnown = false
        if entry != 0, words[entry &+ Part.entryDeclared] != 0 {
            isKnown = true
            let node = Int(words[entry &+ Part.entryNode])
            isValid = node == Layout.falseNode ? never(key &+ 1, .properties) : validate(node, key &+ 1)
        }
        let patterned = Int(words[part &+ Part.patterns])
        if patterned != 0 {
            for index in 0..<Int(words[patterned]) {
                let item = patterned &+ 1 &+ index &* 2
                guard matches(Int(words[item]), instance.words[key], key &+ 1) else { continue }
                isKnown = true
                let node = Int(words[item &+ 1])
                let fits = node == Layout.falseNode ? never(key &+ 1, .patternProperties) : validate(node, key &+ 1)
                if !fits { isValid = false }
            }
        }
        let additional = Int(words[part &+ Part.additional])
        if !isKnown, additional != 0 {
            isKnown = true
            let fits =
                additional == Layout.falseNode
                ? never(key &+ 1, .additionalProperties) : validate(additional, key &+ 1)
            if !fits { isValid = false }
        }
        if isKnown, evaluated >= 0 { marks[evaluated &+ ordinal] = true }
        let names = Int(words[part &+ Part.propertyNames])
        if names != 0, !validateName(names, key) { isValid = false }
        return isValid
    }

    /// A member's name under `propertyNames`: what is wrong with it is told at the member.
    private mutating func validateName(_ node: Int, _ key: Int) -> Bool {
        let count = failures.count
        if validate(node, key) { return true }
        guard isCollecting else { return false }
        let reasons = failures[count...].map { $0.keyword == .never ? "" : $0.keyword.message($0.expected) }
        failures.removeLast(failures.count - count)
        for reason in reasons { fail(key &+ 1, .propertyNames, .words(reason)) }
        return false
    }

    mutating func never(_ at: Int, _ keyword: Keyword) -> Bool {
        fail(at, keyword)
        return false
    }

    private mutating func validateRequired(_ part: Int, _ at: Int, _ word: TapeWord, _ found: UInt64) -> Bool {
        var isValid = true
        for index in 0..<Int(words[part &+ Part.names]) {
            let entry = part &+ Part.table &+ index &* Part.entrySize
            let number = Int(words[entry &+ Part.entryOrdinal])
            guard number >= 0 else { continue }
            let isThere =
                number < 64
                ? found >> UInt64(number) & 1 != 0 : member(at, Int(words[entry]), Int(words[entry &+ 1])) >= 0
            if !isThere {
                fail(at, .required, .text(entry))
                isValid = false
                if !isCollecting { return false }
            }
        }
        return isValid
    }

    /// The tape index of the value of a member of the object at `at`, -1 when there is none.
    mutating func member(_ at: Int, _ text: Int, _ length: Int) -> Int {
        let tape = instance.words
        let word = tape[at]
        guard word.isObject else { return -1 }
        var position = at &+ 1
        while position < word.end {
            let name = tape[position]
            if name.length == length, equals(name, text, length) { return position &+ 1 }
            position = tape.indexAfter(position &+ 1)
        }
        return -1
    }

    private mutating func validateDependents(_ table: Int, _ at: Int, _ word: TapeWord, _ evaluated: Int) -> Bool {
        var isValid = true
        var entry = table &+ 1
        for _ in 0..<Int(words[table]) {
            let count = Int(words[entry &+ 3])
            if member(at, Int(words[entry]), Int(words[entry &+ 1])) >= 0 {
                let node = Int(words[entry &+ 2])
                if node == Layout.falseNode {
                    isValid = never(at, .dependentSchemas)
                } else if node != 0, !validate(node, at, evaluated) {
                    isValid = false
                }
                for index in 0..<count {
                    let name = entry &+ 4 &+ index &* 2
                    if member(at, Int(words[name]), Int(words[name &+ 1])) < 0 {
                        fail(at, .dependentRequired, .text(name))
                        isValid = false
                    }
                }
                if !isValid, !isCollecting { return false }
            }
            entry &+= 4 &+ count &* 2
        }
        return isValid
    }
}
