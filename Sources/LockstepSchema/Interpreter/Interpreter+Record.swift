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

    mutating func allocate(_ count: Int) -> Int { frames.allocate(count) }

    /// Makes room for the slots of an object or the frames of elements; 0 when there is nothing to note on the way.
    mutating func openFrame(_ record: Int, _ word: TapeWord) -> Int {
        frame = 0
        guard word.isContainer else { return 0 }
        let code = words[record]
        let first = Int(words[record &+ Record.body])
        if code == Record.object.rawValue, word.isObject {
            let others = words[record &+ Record.body &+ 1] == 0 ? 0 : 1 &+ word.count &* 2
            return frames.allocate(first &* 2 &+ others)
        }
        guard first != 0, code == Record.array.rawValue && word.isArray || code == Record.map.rawValue && word.isObject
        else { return 0 }
        return frames.allocate(max(1, word.count))
    }

    @inline(__always)  // runs for every object
    mutating func memberFrame(_ record: Int, _ base: Int) -> MemberFrame {
        if base == 0 { return MemberFrame() }
        if words[record] == Record.map.rawValue { return MemberFrame(base: base, isMap: true) }
        let slots = Int(words[record &+ Record.body])
        let count = words[record &+ Record.body &+ 1] == 0 ? 0 : base &+ slots &* 2
        return MemberFrame(base: base, next: count == 0 ? 0 : count &+ 1, count: count)
    }

    /// Notes a member that has been checked: its value's place and frame.
    @inline(__always)  // runs for every member
    mutating func note(_ at: Int, _ ordinal: Int, _ slot: Int, _ members: inout MemberFrame) {
        if slot >= 0, !members.isMap {
            frames.set(members.base &+ slot &* 2, Int32(truncatingIfNeeded: at &+ 1), Int32(truncatingIfNeeded: frame))
        } else {
            noteOther(at, ordinal, &members)
        }
    }

    /// A member of a map, or one that is no property.
    private mutating func noteOther(_ at: Int, _ ordinal: Int, _ members: inout MemberFrame) {
        let inner = Int32(truncatingIfNeeded: frame)
        if members.isMap {
            frames[members.base &+ ordinal] = inner
        } else if members.next != 0 {
            frames[members.next] = Int32(truncatingIfNeeded: at &+ 1)
            frames[members.next &+ 1] = inner
            frames[members.count] &+= 1
            members.next &+= 2
        }
    }

    /// Leaves the value's frame in `frame`; false when the Swift type cannot hold the value.
    mutating func closeFrame(_ record: Int, _ at: Int, _ word: TapeWord, _ base: Int) -> Bool {
        if words[record] == Record.inner.rawValue { return true }
        if words[record] == Record.object.rawValue, word.isObject {
            frame = base
            return true
        }
        guard let code = Record(rawValue: words[record]) else { preconditionFailure("a damaged validator program") }
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
