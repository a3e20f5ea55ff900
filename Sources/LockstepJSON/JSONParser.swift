/// One pass over a text that writes the tape. Iterative: nesting costs heap, never stack.
struct JSONParser {
    let input: ByteView
    let maximumDepth: Int
    var position = 0
    var tape: [TapeWord] = []
    /// Decoded strings; their tape offsets start at `input.count`.
    var decoded: [UInt8] = []
    /// The tape index of the innermost open container, -1 outside of all. Until it ends, its word holds the count of
    /// its values so far (as of the last inner container) and, plus one, the index of the container around it.
    private var container = -1
    private var count = 0
    private var isObject = false
    private var depth = 0

    init(_ input: ByteView, maximumDepth: Int) {
        self.input = input
        self.maximumDepth = maximumDepth
        tape.reserveCapacity(input.count / 8 + 8)
    }

    mutating func parseDocument() throws(JSONParseError) {
        repeat {
            try parseValue()
        } while try continueContainer()
        skipSpace()
        if position < input.count { throw JSONParseError(.trailingText, at: position) }
    }

    /// Reads a scalar, an empty container, or the opening of a container up to its first value.
    private mutating func parseValue() throws(JSONParseError) {
        while true {
            skipSpace()
            guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
            switch input[position] {
            case UInt8(ascii: "\""):
                tape.append(try parseString())
                return
            case UInt8(ascii: "{"):
                try openContainer(isObject: true)
                if try closeIfEmpty(UInt8(ascii: "}")) { return }
                try parseKey()
            case UInt8(ascii: "["):
                try openContainer(isObject: false)
                if try closeIfEmpty(UInt8(ascii: "]")) { return }
            case UInt8(ascii: "t"):
                try parseLiteral(.trueValue, "true")
                return
            case UInt8(ascii: "f"):
                try parseLiteral(.falseValue, "false")
                return
            case UInt8(ascii: "n"):
                try parseLiteral(.null, "null")
                return
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                tape.append(try parseNumber())
                return
            default:
                throw JSONParseError(.unexpectedByte, at: position)
            }
        }
    }

    /// After a value: closes what ends here; true when another value follows.
    private mutating func continueContainer() throws(JSONParseError) -> Bool {
        while container >= 0 {
            count &+= 1
            skipSpace()
            guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
            let byte = input[position]
            if byte == UInt8(ascii: ",") {
                position &+= 1
                if isObject { try parseKey() }
                return true
            }
            guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw JSONParseError(.unexpectedByte, at: position)
            }
            position += 1
            try closeContainer()
        }
        return false
    }

    private mutating func openContainer(isObject inner: Bool) throws(JSONParseError) {
        guard depth < maximumDepth else { throw JSONParseError(.tooDeep, at: position) }
        depth &+= 1
        position &+= 1
        if container >= 0 {
            tape[container] = TapeWord(isObject ? .object : .array, count, tape[container].end)
        }
        let start = tape.count
        tape.append(TapeWord(inner ? .object : .array, 0, container &+ 1))
        container = start
        count = 0
        isObject = inner
    }

    private mutating func closeIfEmpty(_ end: UInt8) throws(JSONParseError) -> Bool {
        skipSpace()
        guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
        guard input[position] == end else { return false }
        position += 1
        try closeContainer()
        return true
    }

    private mutating func closeContainer() throws(JSONParseError) {
        if isObject { try checkKeys(container, count) }
        let outer = tape[container].end &- 1
        tape[container] = TapeWord(isObject ? .object : .array, count, tape.count)
        depth &-= 1
        container = outer
        guard outer >= 0 else { return }
        count = tape[outer].count
        isObject = tape[outer].isObject
    }

    private mutating func parseKey() throws(JSONParseError) {
        skipSpace()
        guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
        guard input[position] == UInt8(ascii: "\"") else { throw JSONParseError(.unexpectedByte, at: position) }
        tape.append(try parseString())
        skipSpace()
        guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
        guard input[position] == UInt8(ascii: ":") else { throw JSONParseError(.unexpectedByte, at: position) }
        position += 1
    }

    private mutating func parseLiteral(_ kind: TapeKind, _ text: StaticString) throws(JSONParseError) {
        let start = position
        for index in 0..<text.utf8CodeUnitCount {
            guard position < input.count else { throw JSONParseError(.unexpectedEnd, at: position) }
            // In bounds of the static text by the loop.
            guard input[position] == text.utf8Start[index] else { throw JSONParseError(.invalidLiteral, at: start) }
            position += 1
        }
        tape.append(TapeWord(kind, start, text.utf8CodeUnitCount))
    }

    mutating func skipSpace() {
        while position < input.count {
            switch input[position] {
            case 0x20, 0x0a, 0x0d, 0x09: position += 1
            default: return
            }
        }
    }
}
