/// Translates ECMA-262 regular expressions (with the `u` flag, as JSON Schema asks) to PCRE2's syntax.
///
/// A lenient translation also takes what Annex B allows without that flag (`\_`, `\07`), and what other dialects have and
/// is plain (`\p{Alnum}`, `(?i)`, `a++`, `[[:alpha:]]`); it notes each. A pattern that is ECMA-262 means what that says.
struct ECMAPattern {
    let source: [Unicode.Scalar]
    let dialect: PatternDialect
    var position = 0
    /// Where what is being read began: what is wrong with it is wrong there.
    var start = 0
    var output = ""
    /// What was read leniently, for the author of the pattern.
    var notes = PatternNotes()
    var flags = Flags()
    var groups = PatternGroups()
    /// The groups around the place that is read, the whole pattern first.
    var frames = [Frame()]
    var before = Before.nothing
    /// Where in the output the last atom starts, and what it is if it is one character.
    var atom: (start: Int, character: OneCharacter?) = (0, nil)
    /// Groups that are written at the end, and called.
    var definitions: [String] = []

    /// What stands before the place that is read: only an atom can be repeated.
    enum Before {
        case nothing, atom, lookahead, assertion, quantifier
    }

    struct Flags {
        var ignoresCase = false
        var multiline = false
        /// `.` takes line ends.
        var dotTakesAll = false
        /// White space and comments are not part of the pattern.
        var isExtended = false
    }

    /// What ECMA-262 calls white space and line ends: `\s`.
    static let space =
        #"\t\n\x{0b}\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"#
    private static let lineEnds = #"\n\r\x{2028}\x{2029}"#
    private static let notLineEnds = #"\x{00}-\t\x{0b}\f\x{0e}-\x{2027}\x{202a}-\x{10ffff}"#

    /// The pattern in PCRE2's syntax; fails for what ECMA-262 has not with the flag `u`.
    static func translate(_ source: String) throws(PatternError) -> String {
        let scalars = Array(source.unicodeScalars)
        return try ECMAPattern(scalars, .strict(scalars)).output
    }

    /// The pattern in PCRE2's syntax, known to compile, with a note about what is not ECMA-262 and was understood all the
    /// same.
    static func translateLeniently(_ source: String) throws(PatternError) -> (pattern: String, note: String?) {
        let scalars = Array(source.unicodeScalars)
        let (isECMA, isDead) = check(scalars)
        let notations = [PatternNotation.basic(scalars, isDead), isDead ? PatternNotation.literal(scalars) : nil]
        for case let notation? in notations where !isECMA || isDead {
            let isECMA = check(notation.pattern).isECMA
            do throws(PatternError) {
                var dialect = PatternDialect.lenient(notation.pattern, isECMA: isECMA)
                dialect.flags = notation.flags
                let (output, note, isDead) = try translate(notation.pattern, dialect)
                if isDead { continue }
                return (output, note.map { "\(notation.reading); \($0)" } ?? notation.reading)
            } catch {
                if isECMA { continue }
                var located = error
                located.offset = error.offset.map { $0 < notation.places.count ? notation.places[$0] : scalars.count }
                throw located
            }
        }
        let (output, note, _) = try translate(scalars, .lenient(scalars, isECMA: isECMA))
        return (output, note)
    }

    /// Whether a pattern is ECMA-262, and whether it can match nothing then.
    private static func check(_ source: [Unicode.Scalar]) -> (isECMA: Bool, isDead: Bool) {
        do throws(PatternError) {
            return (true, try ECMAPattern(source, .strict(source)).isDead)
        } catch {
            return (error.isLimitOfPCRE2, false)
        }
    }

    /// It asks for characters before the start or behind the end of the text.
    private var isDead: Bool { frames[0].reach.all.isDead }

    private static func translate(
        _ source: [Unicode.Scalar], _ dialect: PatternDialect
    ) throws(PatternError) -> (pattern: String, note: String?, isDead: Bool) {
        let translation = try ECMAPattern(source, dialect)
        do throws(PatternError) {
            try PatternSet.check(translation.output)
        } catch {
            guard error.isTooLarge, !dialect.keepsCaptures else { throw error }
            var shorter = dialect
            shorter.callsGroups = true
            let translation = try ECMAPattern(source, shorter)
            try PatternSet.check(translation.output)
            return (translation.output, translation.notes.text, translation.isDead)
        }
        return (translation.output, translation.notes.text, translation.isDead)
    }

    private init(_ source: [Unicode.Scalar], _ dialect: PatternDialect) throws(PatternError) {
        self.source = source
        self.dialect = dialect
        flags = dialect.flags
        frames[0].flags = flags
        if flags.ignoresCase { output = "(?i)" }
        do throws(PatternError) {
            while position < source.count {
                start = position
                try translateNext()
            }
            try groups.check()
        } catch {
            var located = error
            located.offset = error.offset ?? start
            throw located
        }
        if isDead { notes.add("characters are asked for before ^ or behind $", "so that no text matches") }
        if !definitions.isEmpty { output += "(?(DEFINE)\(definitions.joined()))" }
    }

    /// Takes a leniency and notes it; fails where only ECMA-262 is taken.
    mutating func lenient(_ fault: String, _ reading: String) throws(PatternError) {
        guard dialect.isLenient else { throw PatternError(reason: fault) }
        notes.add(fault, reading)
    }

    func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        position + distance < source.count ? source[position + distance] : nil
    }

    func starts(with text: String) -> Bool {
        text.unicodeScalars.enumerated().allSatisfy { peek($0.offset) == $0.element }
    }

    private mutating func translateNext() throws(PatternError) {
        let scalar = source[position]
        switch scalar {
        case "\\": try translateEscape()
        case "[": try translateClass()
        case ".":
            position += 1
            if flags.dotTakesAll { return emit(.any) }
            emit("[^\(Self.lineEnds)]", OneCharacter(members: Self.notLineEnds))
        case "(": try openGroup()
        case ")": try closeGroup()
        case "|":
            groups.addBranch()
            frames[frames.count - 1].addBranch()
            before = .nothing
            output += "|"
            position += 1
        case "^":
            position += 1
            emit(assertion: flags.multiline ? "(?:^|(?<=[\(Self.lineEnds)]))" : "^")
        case "$":
            position += 1
            emit(assertion: flags.multiline ? "(?:$|(?=[\(Self.lineEnds)]))" : "$")
        case "*", "+", "?", "{": try translateQuantifier()
        case "]", "}": try translateBracket(scalar)
        case _ where flags.isExtended && (scalar.properties.isPatternWhitespace || scalar == "#"): skipBlank()
        default:
            position += 1
            emit(String(scalar), OneCharacter(members: OneCharacter.member(scalar)))
        }
    }

    /// White space, and a comment up to the end of its line.
    private mutating func skipBlank() {
        if source[position] == "#" {
            while let scalar = peek(), scalar != "\n" { position += 1 }
        }
        if position < source.count { position += 1 }
    }

    /// Writes what can be repeated.
    mutating func emit(_ text: String, _ character: OneCharacter? = nil) {
        atom = (output.utf8.count, character)
        output += text
        before = .atom
        groups.addAtom()
        frames[frames.count - 1].add(character)
        frames[frames.count - 1].reach.append(.init(consumes: character != nil))
    }

    mutating func emit(_ character: OneCharacter) { emit(character.pattern, character) }

    mutating func emit(assertion: String) {
        output += assertion
        before = .assertion
        frames[frames.count - 1].add(nil)
        frames[frames.count - 1].reach.append(.init(starts: assertion == "^", ends: assertion == "$"))
    }

    /// A bracket that nothing opened, or that opens nothing, is text in Annex B.
    mutating func translateBracket(_ scalar: Unicode.Scalar) throws(PatternError) {
        try lenient("ECMA-262 has no \(scalar) that stands alone", "read as the character \(scalar)")
        position += 1
        emit("\\\(scalar)", OneCharacter(members: "\\\(scalar)"))
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }
    var isWord: Bool { isASCII && (properties.isAlphabetic || isDigit || self == "_") }
}
