import LockstepJSON

/// What a node records while its value is checked.
extension Interpreter {
    private typealias Record = Layout.Record

    /// Where an object's members are noted.
    struct MemberFrame {
        /// The first slot; 0 when nothing is noted.
        var base = 0
        /// Every member has one frame, in the order of the text.
        var isMap = false
        /// Where the next member that is no property goes; 0 when such members are not kept.
        var next = 0
        var count = 0
    }

    mutating func allocate(_ count: Int) -> Int {
        let base = frames.count
        frames.append(contentsOf: repeatElement(0, count: count))
        return base
    }

    /// Makes room for the slots of an object or the frames of elements; 0 when there is nothing to note on the way.
    mutating func openFrame(_ record: Int, _ word: TapeWord) -> Int {
        frame = 0
        let first = Int(words[record &+ Record.body])
        switch Record(rawValue: words[record]) {
        case .object where word.isObject:
            let others = words[record &+ Record.body &+ 1] == 0 ? 0 : 1 &+ word.count &* 2
            return allocate(first &* 2 &+ others)
        case .array where word.isArray && first != 0, .map where word.isObject && first != 0:
            return allocate(max(1, word.count))
        default: return 0
        }
    }

    mutating func memberFrame(_ record: Int, _ base: Int) -> MemberFrame {
        if base == 0 { return MemberFrame() }
        if words[record] == Record.map.rawValue { return MemberFrame(base: base, isMap: true) }
        let slots = Int(words[record &+ Record.body])
        let count = words[record &+ Record.body &+ 1] == 0 ? 0 : base &+ slots &* 2
        return MemberFrame(base: base, next: count == 0 ? 0 : count &+ 1, count: count)
    }

    /// Notes a member that has been checked: its value's place and frame.
    mutating func note(_ at: Int, _ ordinal: Int, _ entry: Int, _ members: inout MemberFrame) {
        let inner = Int32(truncatingIfNeeded: frame)
        let slot = entry == 0 ? -1 : Int(words[entry &+ Layout.ObjectPart.entrySlot])
        if members.isMap {
            frames[members.base &+ ordinal] = inner
        } else if slot >= 0 {
            frames[members.base &+ slot &* 2] = Int32(truncatingIfNeeded: at &+ 1)
            frames[members.base &+ slot &* 2 &+ 1] = inner
        } else if members.next != 0 {
            frames[members.next] = Int32(truncatingIfNeeded: at &+ 1)
            frames[members.next &+ 1] = inner
            frames[members.count] &+= 1
            members.next &+= 2
        }
    }

    /// Leaves the value's frame in `frame`; false when the Swift type cannot hold the value.
    mutating func closeFrame(_ record: Int, _ at: Int, _ word: TapeWord, _ base: Int) -> Bool {
        guard let code = Record(rawValue: words[record]) else { preconditionFailure("a damaged validator program") }
        if code == .inner { return true }
        let body = record &+ Record.body
        if code == .shape {
            guard let recorded = walk(Int(words[body]), at) else { return false }
            frame = recorded
            return true
        }
        frame = base
        if word.isNull, words[record &+ Record.nullable] != 0 { return true }
        switch code {
        case .scalar: return checkScalar(Int(words[body]), at, word)
        case .enumeration:
            frame = constant(Int(words[body]), at)
            if frame >= 0 { return true }
            fail(at, .enum, .constants(Int(words[body])))
        case .object, .map:
            if word.isObject { return true }
            fail(at, .type, .words("object"))
        case .array:
            if word.isArray { return true }
            fail(at, .type, .words("array"))
        case .inner, .shape: return true
        }
        return false
    }

    /// Whether a Swift type without parts can hold a value.
    mutating func checkScalar(_ kind: Int, _ at: Int, _ word: TapeWord) -> Bool {
        let kind = ScalarKind.allCases[kind]
        if kind.holds(word, instance.bytes) { return true }
        fail(at, kind.accepts(word) ? .format : .type, .words(kind.expected))
        return false
    }
}
