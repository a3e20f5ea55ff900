import LockstepJSON

extension Interpreter {
    private typealias Branches = Layout.Branches

    /// The branch that the discriminating property of the value names: -1 when it names none, -2 when there is no such
    /// property or no string in it.
    mutating func namedBranch(_ table: Int, _ at: Int) -> Int {
        let length = Int(words[table &+ Branches.length])
        guard length >= 0 else { return -2 }
        let place = member(at, Int(words[table &+ Branches.name]), length)
        guard place >= 0, instance.words[place].isString else { return -2 }
        let values = Int(words[table &+ Branches.values])
        let count = Int(words[values])
        let items = words.block(values &+ 1, count &* 3)
        let value = instance.words[place]
        for index in 0..<count where Int(items[index &* 3 &+ 1]) == value.length {
            if equals(value, Int(items[index &* 3]), value.length) { return Int(items[index &* 3 &+ 2]) }
        }
        return -1
    }

    /// A branch that is tried: what it marks counts only when it fits.
    private mutating func tryBranch(_ node: Int, _ at: Int, _ evaluated: Int) -> Bool {
        guard evaluated >= 0, instance.words[at].isContainer else { return attempt(node, at) }
        let count = instance.words[at].count
        let base = marks.count
        marks.append(contentsOf: repeatElement(false, count: count))
        defer { marks.removeLast(count) }
        guard attempt(node, at, base) else { return false }
        merge(base, into: evaluated, count)
        return true
    }

    mutating func validateAnyOf(_ table: Int, _ at: Int, _ evaluated: Int) -> Bool {
        let named = namedBranch(table, at)
        if named >= 0, words[table &+ Branches.isExclusive] != 0 {
            return validateExclusive(table, named, at, evaluated)
        }
        var matched = -1
        var recorded = 0
        // The branch that the discriminator names comes first: it is what a union should be read as.
        for turn in (named >= 0 ? -1 : 0)..<Int(words[table]) {
            let branch = turn < 0 ? named : turn
            if turn >= 0, branch == named { continue }
            if words[table &+ Branches.recording] != 0 { frame = 0 }
            guard tryBranch(Int(words[table &+ Branches.table &+ branch]), at, evaluated) else { continue }
            if matched < 0 {
                matched = branch
                recorded = frame
            }
            // The others only matter to who asks for what they look at.
            if evaluated < 0 { break }
        }
        if matched < 0 {
            if isCollecting { explain(table, at, named, .anyOf, evaluated) }
            return false
        }
        recordBranch(table, matched, recorded)
        return true
    }

    mutating func validateOneOf(_ table: Int, _ at: Int, _ evaluated: Int) -> Bool {
        let named = namedBranch(table, at)
        if named >= 0, words[table &+ Branches.isExclusive] != 0 {
            return validateExclusive(table, named, at, evaluated)
        }
        var matched = -1
        var recorded = 0
        for branch in 0..<Int(words[table]) {
            if words[table &+ Branches.recording] != 0 { frame = 0 }
            guard tryBranch(Int(words[table &+ Branches.table &+ branch]), at, evaluated) else { continue }
            if matched >= 0 {
                fail(at, .oneOf, .words("exactly one form"))
                return false
            }
            matched = branch
            recorded = frame
        }
        if matched < 0 {
            if isCollecting { explain(table, at, named, .oneOf, evaluated) }
            return false
        }
        recordBranch(table, matched, recorded)
        return true
    }

    /// The value proves that every other branch fails: only one has to be tried.
    mutating func validateExclusive(_ table: Int, _ named: Int, _ at: Int, _ evaluated: Int) -> Bool {
        if words[table &+ Branches.recording] != 0 { frame = 0 }
        guard validate(Int(words[table &+ Branches.table &+ named]), at, evaluated) else { return false }
        recordBranch(table, named, frame)
        return true
    }

    /// Leaves in `frame` what the union or the schema around it records.
    private mutating func recordBranch(_ table: Int, _ branch: Int, _ recorded: Int) {
        switch words[table &+ Branches.recording] {
        case 1:
            let alternative = words[table &+ Branches.table &+ Int(words[table]) &+ branch]
            guard alternative >= 0 else { return frame = 0 }
            frame = frames.allocate(2)
            frames.set(frame, alternative, Int32(truncatingIfNeeded: recorded))
        case 2: frame = recorded
        default: break
        }
    }
}
