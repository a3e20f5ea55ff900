import LockstepJSON

/// Walks a valid document in the shape of its Swift type: notes where each property lies and which alternative a union
/// took, and checks what the type holds less than the schema allows.
struct Recorder {
    var interpreter: Interpreter
    /// Slots; 0 is never a frame.
    var frames: [Int32] = [0]
    private var depth = 0

    init(_ interpreter: Interpreter) {
        self.interpreter = interpreter
        frames.reserveCapacity(48)
    }

    private func word(_ offset: Int) -> Int { Int(interpreter.words[offset]) }

    /// The frame of the value at a tape index (0 when it needs none), nil when the shape cannot hold it.
    mutating func record(_ shape: Int, _ at: Int) -> Int? {
        guard let code = Layout.ShapeCode(rawValue: interpreter.words[shape]) else {
            preconditionFailure("a damaged validator program")
        }
        let value = interpreter.instance.words[at]
        if code == .any { return 0 }
        if value.isNull {
            if word(shape + Layout.ShapePart.nullable) != 0 { return 0 }
            if code == .enumeration { return enumeration(shape + Layout.ShapePart.body, at) }
            if code != .union { return refuse(at, .type, .words("a value that is not null")) }
        }
        guard depth < Interpreter.maximumDepth else { return refuse(at, .tooComplex, .nothing) }
        depth += 1
        defer { depth -= 1 }
        let body = shape + Layout.ShapePart.body
        switch code {
        case .any: return 0
        case .scalar: return scalar(word(body), at, value)
        case .enumeration: return enumeration(body, at)
        case .object: return object(body, at, value)
        case .array: return elements(body, at, value, isObject: false)
        case .map: return elements(body, at, value, isObject: true)
        case .tuple: return tuple(body, at, value)
        case .union: return union(body, at)
        }
    }

    private mutating func refuse(_ at: Int, _ keyword: Keyword, _ expected: Expected) -> Int? {
        interpreter.fail(at, keyword, expected)
        return nil
    }

    private mutating func scalar(_ kind: Int, _ at: Int, _ value: TapeWord) -> Int? {
        let kind = ScalarKind.allCases[kind]
        if kind.holds(value, interpreter.instance.bytes) { return 0 }
        return refuse(at, kind.accepts(value) ? .format : .type, .words(kind.expected))
    }

    private mutating func enumeration(_ body: Int, _ at: Int) -> Int? {
        let choice = interpreter.constant(word(body), at)
        return choice >= 0 ? choice : refuse(at, .enum, .constants(word(body)))
    }

    private mutating func allocate(_ count: Int) -> Int {
        let frame = frames.count
        frames.append(contentsOf: repeatElement(0, count: count))
        return frame
    }

    private mutating func object(_ body: Int, _ at: Int, _ value: TapeWord) -> Int? {
        guard value.isObject else { return refuse(at, .type, .words("object")) }
        let count = word(body)
        let additional = word(body + 1)
        let hash = word(body + 2)
        let table = body + 4
        let frame = allocate(count * 2 + (additional == 0 ? 0 : 1 + value.count * 2))
        var isValid = true
        var expected = 0
        var extra = frame + count * 2
        var position = at + 1
        while position < value.end {
            let key = interpreter.instance.words[position]
            var slot = -1
            if expected < count, interpreter.equals(key, word(table + expected * 4), word(table + expected * 4 + 1)) {
                slot = expected
            } else if hash != 0 {
                slot = interpreter.lookUpHashed(key, table, hash, word(body + 3), 4)
            } else {
                slot = interpreter.scan(key, table, count, 4)
            }
            if slot >= 0 {
                expected = slot + 1
                isValid = fill(frame + slot * 2, word(table + slot * 4 + 2), position + 1) && isValid
            } else if additional != 0 {
                frames[frame + count * 2] += 1
                isValid = fill(extra + 1, additional, position + 1) && isValid
                extra += 2
            }
            position = interpreter.instance.indexAfter(position + 1)
        }
        for slot in 0..<count where word(table + slot * 4 + 3) != 0 && frames[frame + slot * 2] == 0 {
            interpreter.fail(at, .required, .text(table + slot * 4))
            isValid = false
        }
        return isValid ? frame : nil
    }

    /// Fills a cell: index and frame of a value.
    private mutating func fill(_ cell: Int, _ shape: Int, _ at: Int) -> Bool {
        frames[cell] = Int32(at + 1)
        guard let frame = record(shape, at) else { return false }
        frames[cell + 1] = Int32(frame)
        return true
    }

    private mutating func elements(_ body: Int, _ at: Int, _ value: TapeWord, isObject: Bool) -> Int? {
        guard isObject ? value.isObject : value.isArray else {
            return refuse(at, .type, .words(isObject ? "object" : "array"))
        }
        let shape = word(body)
        let hasFrames = word(body + 1) != 0
        if !hasFrames, interpreter.words[shape] == Layout.ShapeCode.any.rawValue { return 0 }
        let frame = hasFrames ? allocate(max(1, value.count)) : 0
        var isValid = true
        var position = at + 1
        for ordinal in 0..<value.count {
            if isObject { position += 1 }
            if let inner = record(shape, position) {
                if hasFrames { frames[frame + ordinal] = Int32(inner) }
            } else {
                isValid = false
            }
            position = interpreter.instance.indexAfter(position)
        }
        return isValid ? frame : nil
    }

    private mutating func tuple(_ body: Int, _ at: Int, _ value: TapeWord) -> Int? {
        guard value.isArray else { return refuse(at, .type, .words("array")) }
        let count = word(body)
        let frame = allocate(max(1, count) * 2)
        var isValid = true
        var position = at + 1
        for ordinal in 0..<min(count, value.count) {
            isValid = fill(frame + ordinal * 2, word(body + 1 + ordinal), position) && isValid
            position = interpreter.instance.indexAfter(position)
        }
        return isValid ? frame : nil
    }

    private mutating func union(_ table: Int, _ at: Int) -> Int? {
        let count = word(table)
        let named = interpreter.namedBranch(table, at)
        let frame = allocate(2)
        let nodes = table + Layout.Branches.table
        // The alternative that the discriminator names comes first; all are tried, because the value is valid by the
        // schema, which need not mean the one that is named.
        for turn in (named >= 0 ? -1 : 0)..<count {
            let branch = turn < 0 ? named : turn
            if turn >= 0 && branch == named { continue }
            guard interpreter.attempt(word(nodes + branch), at) else { continue }
            let end = frames.count
            let wasCollecting = interpreter.isCollecting
            interpreter.isCollecting = wasCollecting && (turn < 0 || count == 1)
            let inner = record(word(nodes + count + branch), at)
            interpreter.isCollecting = wasCollecting
            guard let inner else {
                frames.removeLast(frames.count - end)
                continue
            }
            frames[frame] = Int32(branch)
            frames[frame + 1] = Int32(inner)
            return frame
        }
        return refuse(at, .type, .words("one of \(count) forms"))
    }
}
