import LockstepJSON

extension Interpreter {
    private typealias Branches = Layout.Branches

    /// The branch that the discriminating property of the value names: -1 when it names none, -2 when there is no such
    /// property or no string in it.
    mutating func namedBranch(_ table: Int, _ at: Int) -> Int {
        let object = instance.words[at]
        guard object.isObject else { return -2 }
        let header = words.block(table, Branches.table)
        let length = Int(header[Branches.length])
        guard length >= 0 else { return -2 }
        let name = Int(header[Branches.name])
        // Mostly the first member.
        let isFirst = object.count > 0 && equals(instance.words[at &+ 1], name, length)
        let place = isFirst ? at &+ 2 : member(at, name, length)
        guard place >= 0 else { return -2 }
        let value = instance.words[place]
        guard value.isString else { return -2 }
        let values = Int(header[Branches.values])
        let count = Int(words[values])
        var item = words.block(values &+ 1, count &* Branches.valueSize)
        for _ in 0..<count {
            if Int(item[1]) == value.length, equals(value, Int(item[0]), value.length) {
                // The branch looks the same value up in this list.
                if item[3] != 0 { choice = (Int(item[3]), place, Int(item[4])) }
                return Int(item[2])
            }
            item += Branches.valueSize
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
        let node = Int(words[table &+ Branches.table &+ named])
        let header = words.block(node, Layout.Node.size)
        let kinds = header[Layout.Node.kinds]
        let fits: Bool
        if kinds & Layout.Node.object0 != 0, isPlainObject(header, kinds) {
            // What has the property is an object: no need to ask `validate` what it is. The union has counted the depth.
            steps &+= 1
            fits = validatePlainObject(header, at, instance.words[at], evaluated)
        } else {
            fits = validate(node, at, evaluated)
        }
        guard fits else { return false }
        recordBranch(table, named, frame)
        return true
    }

    /// Leaves in `frame` what the union or the schema around it records.
    @inline(__always)  // runs for every value of a union
    private mutating func recordBranch(_ table: Int, _ branch: Int, _ recorded: Int) {
        switch words[table &+ Branches.recording] {
        case 1:
            let alternative = words[table &+ Branches.table &+ Int(words[table]) &+ branch]
            guard alternative >= 0 else { return frame = 0 }
            frame = frames.append(alternative, Int32(truncatingIfNeeded: recorded))
        case 2: frame = recorded
        default: break
        }
    }
}
