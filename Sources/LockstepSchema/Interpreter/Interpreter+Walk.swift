import LockstepJSON

/// Walks a valid value in the shape of its Swift type, where no single schema lists what the shape needs: an `allOf` of
/// several, a union inside another keyword, a tuple.
extension Interpreter {
    private typealias Part = Layout.ShapePart

    private mutating func word(_ offset: Int) -> Int { Int(words[offset]) }

    /// The frame of the value at a tape index (0 when it needs none), nil when the shape cannot hold it.
    mutating func walk(_ shape: Int, _ at: Int) -> Int? {
        guard let code = Layout.ShapeCode(rawValue: words[shape]) else {
            preconditionFailure("a damaged validator program")
        }
        let value = instance.words[at]
        if code == .any || value.isNull && words[shape + Part.nullable] != 0 { return 0 }
        guard depth < Self.maximumDepth else { return refuse(at, .tooComplex) }
        depth += 1
        defer { depth -= 1 }
        let body = shape + Part.body
        switch code {
        case .any: return 0
        case .scalar: return checkScalar(word(body), at, value) ? 0 : nil
        case .enumeration:
            let choice = constant(word(body), at)
            return choice >= 0 ? choice : refuse(at, .enum, .constants(word(body)))
        case .object: return walkObject(body, at, value)
        case .array: return walkElements(body, at, value, isObject: false)
        case .map: return walkElements(body, at, value, isObject: true)
        case .tuple: return walkTuple(body, at, value)
        case .union: return walkUnion(body, at)
        }
    }

    private mutating func refuse(_ at: Int, _ keyword: Keyword, _ expected: Expected = .nothing) -> Int? {
        fail(at, keyword, expected)
        return nil
    }

    private mutating func walkObject(_ body: Int, _ at: Int, _ value: TapeWord) -> Int? {
        guard value.isObject else { return refuse(at, .type, .words("object")) }
        let count = word(body)
        let additional = word(body + 1)
        let hash = word(body + 2)
        let table = body + 4
        let size = 6
        let base = allocate(count * 2 + (additional == 0 ? 0 : 1 + value.count * 2))
        var isValid = true
        var expected = 0
        var extra = base + count * 2 + 1
        var position = at + 1
        while position < value.end {
            let key = instance.words[position]
            let prefix = prefix(key)
            var slot = -1
            if expected < count, isName(table + expected * size, key, prefix) {
                slot = expected
            } else if hash != 0 {
                slot = lookUpHashed(key, prefix, table, hash, word(body + 3), size)
            } else {
                slot = scan(key, prefix, table, count, size)
            }
            let isLenient = slot >= 0 && words[table + slot * size + 5] & 2 != 0
            if slot >= 0 { expected = slot + 1 }
            if isLenient, fillIfFits(base + slot * 2, word(table + slot * size + 4), position + 1) {
                position = instance.indexAfter(position + 1)
                continue
            }
            if slot >= 0, !isLenient {
                isValid = fill(base + slot * 2, word(table + slot * size + 4), position + 1) && isValid
            } else if additional != 0 {
                frames[base + count * 2] += 1
                isValid = fill(extra, additional, position + 1) && isValid
                extra += 2
            }
            position = instance.indexAfter(position + 1)
        }
        for slot in 0..<count where words[table + slot * size + 5] & 1 != 0 && frames[base + slot * 2] == 0 {
            fail(at, .required, .text(table + slot * size))
            isValid = false
        }
        return isValid ? (count == 0 && additional == 0 ? 0 : base) : nil
    }

    /// Fills a cell: index and frame of a value.
    private mutating func fill(_ cell: Int, _ shape: Int, _ at: Int) -> Bool {
        frames[cell] = Int32(at + 1)
        guard let inner = walk(shape, at) else { return false }
        frames[cell + 1] = Int32(inner)
        return true
    }

    /// The same, where a value that does not fit is left out.
    private mutating func fillIfFits(_ cell: Int, _ shape: Int, _ at: Int) -> Bool {
        let wasCollecting = isCollecting
        let end = frames.count
        isCollecting = false
        defer { isCollecting = wasCollecting }
        if fill(cell, shape, at) { return true }
        frames.removeAll(after: end)
        frames[cell] = 0
        return false
    }

    private mutating func walkElements(_ body: Int, _ at: Int, _ value: TapeWord, isObject: Bool) -> Int? {
        guard isObject ? value.isObject : value.isArray else {
            return refuse(at, .type, .words(isObject ? "object" : "array"))
        }
        let shape = word(body)
        let hasFrames = word(body + 1) != 0
        if words[shape] == Layout.ShapeCode.any.rawValue { return 0 }
        let base = hasFrames ? allocate(max(1, value.count)) : 0
        var isValid = true
        var position = at + 1
        for ordinal in 0..<value.count {
            if isObject { position += 1 }
            if let inner = walk(shape, position) {
                if hasFrames { frames[base + ordinal] = Int32(inner) }
            } else {
                isValid = false
            }
            position = instance.indexAfter(position)
        }
        return isValid ? base : nil
    }

    /// A cell for each element that has a place of its own, then one for the first of the others, whose frames follow.
    private mutating func walkTuple(_ body: Int, _ at: Int, _ value: TapeWord) -> Int? {
        guard value.isArray else { return refuse(at, .type, .words("array")) }
        let count = word(body)
        let required = word(body + 1)
        let rest = word(body + 2)
        if value.count < required { return refuse(at, .minItems, .number(required)) }
        let others = rest == 0 ? 0 : max(0, value.count - count)
        let hasFrames = others > 0 && word(body + 3) != 0
        let base = allocate((count + 1) * 2 + (hasFrames ? others : 0))
        var isValid = true
        var position = at + 1
        for ordinal in 0..<min(count, value.count) {
            isValid = fill(base + ordinal * 2, word(body + 4 + ordinal), position) && isValid
            position = instance.indexAfter(position)
        }
        guard others > 0 else { return isValid ? base : nil }
        let frame = base + (count + 1) * 2
        frames[base + count * 2] = Int32(position + 1)
        frames[base + count * 2 + 1] = hasFrames ? Int32(frame) : 0
        for ordinal in 0..<others {
            if let inner = walk(rest, position) {
                if hasFrames { frames[frame + ordinal] = Int32(inner) }
            } else {
                isValid = false
            }
            position = instance.indexAfter(position)
        }
        return isValid ? base : nil
    }

    private mutating func walkUnion(_ table: Int, _ at: Int) -> Int? {
        let count = word(table)
        let named = namedBranch(table, at)
        let base = allocate(2)
        // The alternative that the discriminator names comes first; all are tried, because the value is valid by the
        // schema, which need not mean the one that is named.
        for turn in (named >= 0 ? -1 : 0)..<count {
            let branch = turn < 0 ? named : turn
            if turn >= 0 && branch == named { continue }
            frame = 0
            guard attempt(word(table + Layout.Branches.table + branch), at) else { continue }
            frames[base] = Int32(branch)
            frames[base + 1] = Int32(frame)
            return base
        }
        return refuse(at, .type, .words("one of \(count) forms"))
    }
}
