import LockstepJSON

/// Runs a program over a tape. It lives for one document, inside the scopes that lend it the program and the document.
///
/// Not copyable, and its small functions are `mutating` too: both keep it in place. A call by value would copy all of
/// its state, which costs more than the look-up. A first run only decides. When it fails, a second one with `isCollecting` goes on after each failure and notes it.
struct Interpreter: ~Copyable {
    let image: ProgramImage
    let instance: Tape
    /// Not counted: the program keeps them, and the program outlives the interpreter.
    let patterns: Unmanaged<PatternSet>
    let usesDynamicReferences: Bool

    /// Slots of what has been recorded; 0 is never a frame.
    var frames: FrameMemory
    /// The frame of the value that a recording node has just accepted; 0 when it needs none.
    var frame = 0
    /// The last string that a format has been read from.
    var reading = Reading(at: -1, kind: .uuid, low: 0, high: 0)
    /// The last look-up in a list of constants.
    var choice = (list: 0, at: -1, index: 0)
    var isCollecting = false
    var failures: [RawFailure] = []
    var maximumFailures = 0
    var matcher: PatternMatcher?
    /// Resources on the way to the current schema, the outermost first; kept only for `$dynamicRef`.
    var scope: [Int32] = []
    /// One byte for each member or element of a container whose evaluated parts somebody asks for.
    var marks: [Bool] = []
    var depth = 0
    var steps = 0
    let maximumSteps: Int

    /// Schemas inside schemas, with the value's own depth: keeps the stack within some hundred kilobytes.
    static let maximumDepth = 640

    /// A tape with its bytes.
    struct Tape {
        let words: TapeView
        let bytes: ByteView

        func indexAfter(_ index: Int) -> Int { words.indexAfter(index) }
    }

    var words: CheckedView<Int32> { image.words }
    var blob: ByteView { image.blob }
    var constants: Tape { image.constants }

    init(
        _ image: ProgramImage, instance: Tape, patterns: Unmanaged<PatternSet>, usesDynamicReferences: Bool,
        maximumSteps: Int
    ) {
        self.image = image
        self.instance = instance
        self.patterns = patterns
        self.usesDynamicReferences = usesDynamicReferences
        self.maximumSteps = maximumSteps
        // Most words of a tape are names and the values of properties: a slot has two numbers.
        frames = FrameMemory(capacity: instance.words.count &* 2 &+ 24)
        frames.append(0)
    }

    // MARK: One schema, one value

    /// `validate` for a member or an element, without a call for most of them.
    @inline(__always)  // most values are scalars under a simple schema, which need no more than what is here
    mutating func validateMember(_ node: Int, _ at: Int, _ word: TapeWord) -> Bool {
        let header = words.block(node, Layout.Node.size)
        let kinds = header[Layout.Node.kinds]
        let kind = Int32(truncatingIfNeeded: word.kindBits)
        if kinds & Layout.Node.isSimple != 0, kinds & (1 &<< kind) != 0, kind <= Int32(TapeKind.string.rawValue) {
            if word.isString {
                let part = Int(header[Layout.Node.string])
                return part == 0 || validateString(part, at, word)
            }
            guard word.isNumber else { return true }
            let part = Int(header[Layout.Node.number])
            return part == 0 || validateNumber(part, at, word)
        }
        if kinds & Layout.Node.isChoice != 0, word.isString { return validateChoice(header, at, word) }
        return validate(node, at)
    }

    /// Whether the value at a tape index fits the schema. `evaluated` is where to mark the parts that were looked at.
    /// A node that records leaves the value's frame in `frame`.
    mutating func validate(_ node: Int, _ at: Int, _ evaluated: Int = -1) -> Bool {
        let header = words.block(node, Layout.Node.size)
        let kinds = header[Layout.Node.kinds]
        let word = instance.words[at]
        if kinds & (1 &<< Int32(truncatingIfNeeded: word.kindBits)) == 0 {
            guard kinds & Layout.Node.integerBit != 0, isInteger(word) else {
                fail(at, node == Layout.falseNode ? .never : .type, .kinds(kinds))
                return false
            }
        }
        steps &+= 1
        guard steps <= maximumSteps, depth < Self.maximumDepth else { return giveUp(at) }
        depth &+= 1
        if word.isObject, isPlainObject(header, kinds) {
            let fits = validatePlainObject(header, at, word, evaluated)
            depth &-= 1
            return fits
        }
        if word.isArray, isPlainArray(header, kinds) {
            let fits = validatePlainArray(header, at, word, evaluated)
            depth &-= 1
            return fits
        }
        if kinds & Layout.Node.isUnion != 0, word.isObject, !usesDynamicReferences {
            let table = Int(words[Int(header[Layout.Node.general]) &+ 2])
            let named = namedBranch(table, at)
            if named >= 0, words[table &+ Layout.Branches.isExclusive] != 0 {
                if header[Layout.Node.record] != 0 { frame = 0 }
                let fits = validateExclusive(table, named, at, evaluated)
                depth &-= 1
                return fits
            }
        }
        if usesDynamicReferences { scope.append(header[Layout.Node.resource]) }
        let record = Int(header[Layout.Node.record])
        let isValid: Bool
        if kinds & Layout.Node.unevaluated != 0, word.isContainer {
            isValid = validateTracking(node, at, word, evaluated, record)
        } else {
            isValid = validateParts(node, at, word, evaluated, record)
        }
        if usesDynamicReferences { scope.removeLast() }
        depth &-= 1
        return isValid
    }

    /// Whether members are all that a schema looks at in an object, and slots all that it records.
    @inline(__always)  // some comparisons
    mutating func isPlainObject(_ header: UnsafePointer<Int32>, _ kinds: Int32) -> Bool {
        let record = Int(header[Layout.Node.record])
        return header[Layout.Node.general] == 0 && kinds & Layout.Node.unevaluated == 0 && !usesDynamicReferences
            && (record == 0 || words[record] == Layout.Record.object.rawValue)
    }

    mutating func validatePlainObject(
        _ header: UnsafePointer<Int32>, _ at: Int, _ word: TapeWord, _ evaluated: Int
    ) -> Bool {
        let record = Int(header[Layout.Node.record])
        let part = Int(header[Layout.Node.object])
        if record == 0 { return part == 0 || validateObject(part, at, word, evaluated, 0, 0) }
        let body = words.block(record &+ Layout.Record.body, 2)
        let others = body[1] == 0 ? 0 : 1 &+ word.count &* 2
        let base = frames.allocate(Int(body[0]) &* 2 &+ others)
        let fits = part == 0 || validateObject(part, at, word, evaluated, record, base)
        frame = base
        return fits
    }

    /// Whether elements are all that a schema looks at in an array, and frames all that it records.
    @inline(__always)  // some comparisons
    private mutating func isPlainArray(_ header: UnsafePointer<Int32>, _ kinds: Int32) -> Bool {
        let record = Int(header[Layout.Node.record])
        return header[Layout.Node.general] == 0 && kinds & Layout.Node.unevaluated == 0 && !usesDynamicReferences
            && (record == 0 || words[record] == Layout.Record.array.rawValue)
    }

    @inline(__always)  // called from one place
    private mutating func validatePlainArray(
        _ header: UnsafePointer<Int32>, _ at: Int, _ word: TapeWord, _ evaluated: Int
    ) -> Bool {
        let record = Int(header[Layout.Node.record])
        let part = Int(header[Layout.Node.array])
        let hasFrames = record != 0 && words[record &+ Layout.Record.body] != 0
        let base = hasFrames ? frames.allocate(max(1, word.count)) : 0
        let fits = part == 0 || validateArray(part, at, word, evaluated, base)
        if record != 0 { frame = base }
        return fits
    }

    private mutating func validateParts(
        _ node: Int, _ at: Int, _ word: TapeWord, _ evaluated: Int, _ record: Int
    ) -> Bool {
        var isValid = true
        var base = 0
        if record != 0 {
            frame = 0
            if word.isContainer, words[record] < Layout.Record.inner.rawValue { base = openFrame(record, word) }
        }
        let header = words.block(node, Layout.Node.size)
        switch word.kindBits {
        case TapeKind.string.rawValue:
            let part = Int(header[Layout.Node.string])
            if part != 0 { isValid = validateString(part, at, word) }
        case TapeKind.integer.rawValue, TapeKind.fraction.rawValue:
            let part = Int(header[Layout.Node.number])
            if part != 0 { isValid = validateNumber(part, at, word) }
        case TapeKind.object.rawValue:
            let part = Int(header[Layout.Node.object])
            if part != 0 { isValid = validateObject(part, at, word, evaluated, record, base) }
        case TapeKind.array.rawValue:
            let part = Int(header[Layout.Node.array])
            if part != 0 { isValid = validateArray(part, at, word, evaluated, base) }
        default: break
        }
        guard isValid || isCollecting else { return false }
        let general = Int(header[Layout.Node.general])
        if general != 0, !validateGeneral(general, at, evaluated) { isValid = false }
        if record != 0, isValid { isValid = closeFrame(record, at, word, base) }
        return isValid
    }

    /// A schema with `unevaluatedProperties` or `unevaluatedItems`: gathers what its parts look at, then looks at the rest.
    private mutating func validateTracking(
        _ node: Int, _ at: Int, _ word: TapeWord, _ evaluated: Int, _ record: Int
    ) -> Bool {
        let base = marks.count
        marks.append(contentsOf: repeatElement(false, count: word.count))
        defer { marks.removeLast(word.count) }
        var isValid = validateParts(node, at, word, base, record)
        guard isValid || isCollecting else { return false }
        let recorded = frame
        defer { frame = recorded }
        if word.isObject {
            let part = Int(words[node &+ Layout.Node.object])
            let rest = part == 0 ? 0 : Int(words[part &+ Layout.ObjectPart.unevaluated])
            if rest != 0 { isValid = validateRest(rest, at, word, base, .unevaluatedProperties) && isValid }
        } else {
            let part = Int(words[node &+ Layout.Node.array])
            let rest = part == 0 ? 0 : Int(words[part &+ Layout.ArrayPart.unevaluated])
            if rest != 0 { isValid = validateRest(rest, at, word, base, .unevaluatedItems) && isValid }
        }
        if evaluated >= 0 { merge(base, into: evaluated, word.count) }
        return isValid
    }

    private mutating func validateRest(
        _ node: Int, _ at: Int, _ word: TapeWord, _ base: Int, _ keyword: Keyword
    ) -> Bool {
        var isValid = true
        var position = at &+ 1
        for ordinal in 0..<word.count {
            if word.isObject { position &+= 1 }
            if !marks[base &+ ordinal] {
                marks[base &+ ordinal] = true
                if node == Layout.falseNode {
                    fail(position, keyword)
                    isValid = false
                } else if !validate(node, position) {
                    isValid = false
                }
                if !isValid, !isCollecting { return false }
            }
            position = instance.indexAfter(position)
        }
        return isValid
    }

    mutating func merge(_ base: Int, into evaluated: Int, _ count: Int) {
        for ordinal in 0..<count where marks[base &+ ordinal] { marks[evaluated &+ ordinal] = true }
    }

    // MARK: Failures

    /// Notes a failure when collecting. Never inlined: it would crowd the code of what mostly fits.
    @inline(never)
    mutating func fail(_ at: Int, _ keyword: Keyword, _ expected: Expected = .nothing) {
        guard isCollecting, failures.count < maximumFailures else { return }
        failures.append(RawFailure(at: at, keyword: keyword, expected: describe(expected)))
    }

    private mutating func describe(_ expected: Expected) -> String {
        switch expected {
        case .nothing: ""
        case .words(let words): words
        case .number(let number): String(number)
        case .text(let offset): text(offset)
        case .pattern(let index): patterns.takeUnretainedValue().sources[index]
        case .constants(let list): constantNames(list)
        case .kinds(let kinds): Self.kindNames(kinds)
        }
    }

    /// Too deep or too much work: refuse, whatever the rest says.
    mutating func giveUp(_ at: Int) -> Bool {
        if isCollecting, !failures.contains(where: { $0.keyword == .tooComplex }) {
            failures.append(RawFailure(at: at, keyword: .tooComplex, expected: ""))
        }
        return false
    }

    /// Whether there is no answer: nothing that was found since counts.
    var isExhausted: Bool { steps > maximumSteps }

    // MARK: Data

    /// Text of the program.
    mutating func text(_ offset: Int) -> String { blob.string(Int(words[offset]), Int(words[offset &+ 1])) }

    /// Whether a string of the document equals a text of the program.
    mutating func equals(_ word: TapeWord, _ text: Int, _ length: Int) -> Bool {
        word.length == length && instance.bytes.equals(word.offset, length, blob, text)
    }

    private mutating func isInteger(_ word: TapeWord) -> Bool {
        word.isNumber && Number(instance.bytes, word.offset, word.length).isInteger
    }

    static func kindNames(_ kinds: Int32) -> String {
        var names: [String] = []
        if kinds & Layout.Node.string0 != 0 { names.append("string") }
        if kinds & Layout.Node.number0 == Layout.Node.number0 {
            names.append("number")
        } else if kinds & Layout.Node.integerBit != 0 {
            names.append("integer")
        }
        if kinds & Layout.Node.bool != 0 { names.append("boolean") }
        if kinds & Layout.Node.object0 != 0 { names.append("object") }
        if kinds & Layout.Node.array0 != 0 { names.append("array") }
        if kinds & Layout.Node.null != 0 { names.append("null") }
        return names.joined(separator: ", ")
    }
}
