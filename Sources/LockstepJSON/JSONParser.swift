/// One pass over a text that writes the tape. Iterative: nesting costs heap, never stack.
///
/// The position stays in a register: it travels as an `inout` argument through functions that are inlined, and by value
/// through others. Not copyable, and every function is `mutating`: both keep the state in place, where a call by value
/// would copy all of it.
struct JSONParser: ~Copyable {
    let input: ByteView
    let maximumDepth: Int
    var tape: TapeMemory
    /// Decoded strings, once there are any; their tape offsets start at `input.count`.
    private(set) var decoded: ByteFiller?
    /// The tape index of the innermost open container, -1 outside of all. Until it ends, its word holds the count of
    /// its values so far (as of the last inner container) and, plus one, the index of the container around it.
    private(set) var container = -1
    private(set) var count = 0
    private var isObject = false
    private var depth = 0
    /// What the names of the innermost object have chosen: see `checkKey`. All, when that is not known.
    var names: UInt64 = 0
    /// The same of the containers around it, as far as there is room.
    private var outerNames = InlineArray<16, UInt64>(repeating: 0)

    /// Makes the tape's memory; the caller takes it over or frees it.
    init(_ input: ByteView, maximumDepth: Int) {
        self.input = input
        self.maximumDepth = maximumDepth
        tape = TapeMemory(capacity: input.count / 8 + 8)
    }

    deinit { decoded?.deallocate() }

    /// Memory for all strings with escapes from a position on: none of them grows when it is decoded. Eight bytes more, so
    /// that whole words can be written up to the end.
    mutating func takeDecoded(from start: Int) -> ByteFiller {
        decoded ?? ByteFiller(capacity: input.count &- start &+ 8)
    }

    mutating func giveBack(_ filler: ByteFiller) { decoded = filler }

    mutating func parseDocument() throws(JSONParseError) {
        var position = 0
        repeat {
            if isObject { try parseKey(&position) }
            let byte = try peek(&position)
            if byte == UInt8(ascii: "\"") {
                tape.append(try parseString(&position))
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                try openContainer(isObject: byte == UInt8(ascii: "{"), position)
                position &+= 1
                let next = try peek(&position)
                guard next == end else { continue }
                position &+= 1
                try closeContainer(position)
            } else {
                let (word, end) = try parsePlain(byte, position)
                tape.append(word)
                position = end
            }
            guard try continueContainer(&position) else { break }
        } while true
        position = skipSpace(position)
        if position < input.count { throw JSONParseError(.trailingText, at: position) }
    }

    /// What closes the innermost container.
    private var end: UInt8 { isObject ? UInt8(ascii: "}") : UInt8(ascii: "]") }

    /// The next byte that is no white space, which stays where it is.
    @inline(__always)  // runs several times a value
    private mutating func peek(_ position: inout Int) throws(JSONParseError) -> UInt8 {
        if UInt(bitPattern: position) < UInt(bitPattern: input.count) {
            let byte = input[position]
            if byte > 0x20 { return byte }
        }
        position = skipSpace(position)
        guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
        return input[position]
    }

    @inline(never)
    private mutating func skipSpace(_ start: Int) -> Int {
        var position = start
        while position < input.count {
            switch input[position] {
            case 0x20, 0x0a, 0x0d, 0x09: position &+= 1
            default: return position
            }
        }
        return position
    }

    /// A name and the colon after it.
    @inline(__always)  // called from one place
    private mutating func parseKey(_ position: inout Int) throws(JSONParseError) {
        guard try peek(&position) == UInt8(ascii: "\"") else { throw JSONParseError(.unexpectedByte, at: position) }
        if !(try parseShortKey(&position)) {
            let start = position
            let key = try parseString(&position)
            try checkKey(key, fingerprint(key), start)
            tape.append(key)
        }
        guard try peek(&position) == UInt8(ascii: ":") else { throw JSONParseError(.unexpectedByte, at: position) }
        position &+= 1
    }

    /// A number or a literal, and the position behind it.
    private mutating func parsePlain(_ byte: UInt8, _ position: Int) throws(JSONParseError) -> (TapeWord, Int) {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let word = try parseNumber(position)
            return (word, position &+ word.length)
        // Four letters at once: `true`, `null`, and those behind the `f` of `false`.
        case UInt8(ascii: "t"):
            guard position <= input.count &- 4, input.halfWord(at: position) == 0x6575_7274 else {
                return try parseLiteral(.trueValue, "true", position)
            }
            return (TapeWord(.trueValue, position, 4), position &+ 4)
        case UInt8(ascii: "f"):
            guard position <= input.count &- 5, input.halfWord(at: position &+ 1) == 0x6573_6c61 else {
                return try parseLiteral(.falseValue, "false", position)
            }
            return (TapeWord(.falseValue, position, 5), position &+ 5)
        case UInt8(ascii: "n"):
            guard position <= input.count &- 4, input.halfWord(at: position) == 0x6c6c_756e else {
                return try parseLiteral(.null, "null", position)
            }
            return (TapeWord(.null, position, 4), position &+ 4)
        default: throw JSONParseError(.unexpectedByte, at: position)
        }
    }

    private mutating func parseLiteral(
        _ kind: TapeKind, _ text: StaticString, _ start: Int
    ) throws(JSONParseError) -> (TapeWord, Int) {
        var position = start
        for index in 0..<text.utf8CodeUnitCount {
            guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
            // In bounds of the static text by the loop.
            guard input[position] == text.utf8Start[index] else { throw JSONParseError(.invalidLiteral, at: start) }
            position &+= 1
        }
        return (TapeWord(kind, start, text.utf8CodeUnitCount), position)
    }

    // MARK: Containers

    /// After a value: closes what ends here; true when another value follows.
    @inline(__always)  // called from one place
    private mutating func continueContainer(_ position: inout Int) throws(JSONParseError) -> Bool {
        while container >= 0 {
            count &+= 1
            let byte = try peek(&position)
            if byte == UInt8(ascii: ",") {
                position &+= 1
                return true
            }
            guard byte == end else { throw JSONParseError(.unexpectedByte, at: position) }
            position &+= 1
            try closeContainer(position)
        }
        return false
    }

    private mutating func openContainer(isObject inner: Bool, _ position: Int) throws(JSONParseError) {
        guard depth < maximumDepth else { throw JSONParseError(.tooDeep, at: position) }
        if depth < outerNames.count { outerNames[depth] = names }
        names = 0
        depth &+= 1
        if container >= 0 {
            tape[container] = TapeWord(isObject ? .object : .array, count, tape[container].end)
        }
        let start = tape.count
        tape.append(TapeWord(inner ? .object : .array, 0, container &+ 1))
        container = start
        count = 0
        isObject = inner
    }

    /// `position` is behind the container.
    private mutating func closeContainer(_ position: Int) throws(JSONParseError) {
        if isObject, count > Self.pairwiseLimit { try checkKeysHashed(container, count, position) }
        let outer = tape[container].end &- 1
        tape[container] = TapeWord(isObject ? .object : .array, count, tape.count)
        depth &-= 1
        names = depth < outerNames.count ? outerNames[depth] : ~0
        container = outer
        guard outer >= 0 else {
            isObject = false
            return
        }
        count = tape[outer].count
        isObject = tape[outer].isObject
    }
}
