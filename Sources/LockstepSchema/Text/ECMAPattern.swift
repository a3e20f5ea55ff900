/// Translates ECMA-262 regular expressions (with the `u` flag, as JSON Schema asks) to PCRE2's syntax.
///
/// A lenient translation also takes what Annex B allows without that flag (`\_`, `\07`), and the flags, names and
/// anchors of other dialects whose meaning is plain (`(?i)`, `(?P<name>`, `\A`, `\Z`); it notes each.
struct ECMAPattern {
    let source: [Unicode.Scalar]
    var position = 0
    /// Where what is being read began: what is wrong with it is wrong there.
    var start = 0
    var output = ""
    /// What was read leniently, for the author of the pattern.
    private(set) var notes: [String] = []
    let isLenient: Bool
    /// `.` takes line ends, as the flag `s` says.
    private var dotTakesAll = false
    var groups = PatternGroups()
    var before = Before.nothing

    /// What stands before the place that is read: only an atom can be repeated.
    enum Before {
        case nothing, atom, lookahead, assertion, quantifier
    }

    static let anything = #"[\x{00}-\x{10ffff}]"#

    /// What ECMA-262 calls white space and line ends: `\s`.
    static let space =
        #"\t\n\x{0b}\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"#
    private static let lineEnds = #"\n\r\x{2028}\x{2029}"#

    /// The pattern in PCRE2's syntax; fails for what ECMA-262 has not with the flag `u`.
    static func translate(_ source: String) throws(PatternError) -> String {
        try ECMAPattern(source, isLenient: false).output
    }

    /// The pattern in PCRE2's syntax, with notes about what is not ECMA-262 and was understood all the same.
    static func translateLeniently(_ source: String) throws(PatternError) -> (pattern: String, notes: [String]) {
        let translation = try ECMAPattern(source, isLenient: true)
        return (translation.output, translation.notes)
    }

    private init(_ source: String, isLenient: Bool) throws(PatternError) {
        self.source = Array(source.unicodeScalars)
        self.isLenient = isLenient
        if isLenient { readLeadingFlags() }
        do throws(PatternError) {
            while position < self.source.count {
                start = position
                try translateNext()
            }
            try groups.check()
        } catch {
            var located = error
            located.offset = error.offset ?? start
            throw located
        }
    }

    /// Takes a leniency and notes it; fails where only ECMA-262 is taken.
    mutating func lenient(_ fault: String, _ reading: String) throws(PatternError) {
        guard isLenient else { throw PatternError(reason: fault) }
        let note = "\(fault); \(reading)"
        if !notes.contains(note) { notes.append(note) }
    }

    func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        position + distance < source.count ? source[position + distance] : nil
    }

    private func starts(with text: String) -> Bool {
        text.unicodeScalars.enumerated().allSatisfy { peek($0.offset) == $0.element }
    }

    private mutating func translateNext() throws(PatternError) {
        let scalar = source[position]
        switch scalar {
        case "\\": try translateEscape(inClass: false)
        case "[": try translateClass()
        case ".":
            emit(atom: dotTakesAll ? Self.anything : "[^\(Self.lineEnds)]")
            position += 1
        case "(": try openGroup()
        case ")": try closeGroup()
        case "|":
            groups.addBranch()
            before = .nothing
            output += "|"
            position += 1
        case "^", "$":
            before = .assertion
            output.unicodeScalars.append(scalar)
            position += 1
        case "*", "+", "?", "{": try translateQuantifier()
        case "]", "}": try translateBracket(scalar)
        default:
            emit(atom: String(scalar))
            position += 1
        }
    }

    /// Writes what can be repeated.
    mutating func emit(atom: String) {
        output += atom
        before = .atom
        groups.addAtom()
    }

    /// A bracket that nothing opened, or that opens nothing, is text in Annex B.
    private mutating func translateBracket(_ scalar: Unicode.Scalar) throws(PatternError) {
        if scalar == "]", position >= 2, source[position - 2] == ":", source[position - 1] == "]" {
            throw PatternError(
                reason: "ECMA-262 has no POSIX classes; it has \\p{L}, \\p{Nd} and others",
                offset: source[..<position].lastIndex(of: "["))
        }
        try lenient("ECMA-262 has no \(scalar) that stands alone", "read as the character \(scalar)")
        emit(atom: "\\\(scalar)")
        position += 1
    }

    // MARK: Quantifiers

    private mutating func translateQuantifier() throws(PatternError) {
        var end = position + 1
        var minimum = 0
        var repeats = true
        switch source[position] {
        case "+": minimum = 1
        case "?": repeats = false
        case "{":
            guard let bounds = bounds() else { return try translateBracket("{") }
            (minimum, end) = (bounds.minimum, bounds.end)
            repeats = bounds.maximum.map { $0 > 1 } ?? true
            if let maximum = bounds.maximum, maximum < minimum {
                throw PatternError(reason: "a repetition whose most is less than its least")
            }
            if max(minimum, bounds.maximum ?? 0) > 65_535 {
                throw PatternError(
                    reason: "a repetition of more than 65535, which PCRE2 cannot count", isLimitOfPCRE2: true)
            }
        default: break
        }
        switch before {
        case .atom: break
        case .lookahead: try lenient("ECMA-262 repeats no look-ahead", "read as Annex B reads it")
        case .nothing, .assertion, .quantifier:
            throw PatternError(reason: "nothing to repeat before \(source[position])")
        }
        // A question mark makes it lazy; any other quantifier behind it would repeat a quantifier.
        if end < source.count, source[end] == "?" { end += 1 }
        output.unicodeScalars.append(contentsOf: source[position..<end])
        position = end
        groups.quantify(isOptional: minimum == 0, repeats: repeats)
        before = .quantifier
    }

    /// What `{2}`, `{2,}` and `{2,5}` say, and where they end; nil for a brace that starts no quantifier.
    private func bounds() -> (minimum: Int, maximum: Int?, end: Int)? {
        var index = position + 1
        func number() -> Int? {
            var value: Int?
            while index < source.count, source[index].isDigit {
                value = min((value ?? 0) * 10 + Int(source[index].value - 0x30), 1_000_000)
                index += 1
            }
            return value
        }
        guard let minimum = number(), index < source.count else { return nil }
        var maximum: Int? = minimum
        if source[index] == "," {
            index += 1
            maximum = number()
        }
        return index < source.count && source[index] == "}" ? (minimum, maximum, index + 1) : nil
    }

    // MARK: Groups

    private mutating func openGroup() throws(PatternError) {
        let openings: [(text: String, kind: PatternGroups.Kind)] = [
            ("(?:", .plain), ("(?=", .lookahead), ("(?!", .lookahead), ("(?<=", .lookbehind), ("(?<!", .lookbehind),
            ("(?i:", .plain), ("(?-i:", .plain),
        ]
        before = .nothing
        if let opening = openings.first(where: { starts(with: $0.text) }) {
            output += opening.text
            position += opening.text.unicodeScalars.count
            return groups.open(opening.kind, at: start)
        }
        position += 1
        guard peek() == "?" else {
            // `(*` would start one of PCRE2's verbs.
            if peek() == "*" { throw PatternError(reason: "nothing to repeat before *", offset: position) }
            output += "("
            return groups.open(.capture(nil), at: start)
        }
        if starts(with: "?P<") {
            try lenient("ECMA-262 has no groups (?P<name>)", "read as (?<name>)")
            position += 1
        } else if !starts(with: "?<") {
            let opening = String(String.UnicodeScalarView(source[start..<min(start + 3, source.count)]))
            throw PatternError(reason: "\(opening) opens no group that ECMA-262 has")
        }
        position += 2
        let name = try groupName()
        guard !groups.hasCapture(name) else { throw PatternError(reason: "a second group of the same name") }
        output += "(?<\(name)>"
        groups.open(.capture(name), at: start)
    }

    private mutating func closeGroup() throws(PatternError) {
        switch groups.close() {
        case nil: throw PatternError(reason: "a ) that closes nothing")
        case .lookahead: before = .lookahead
        case .lookbehind: before = .assertion
        case .plain, .capture: before = .atom
        }
        output += ")"
        position += 1
    }

    /// `(?i)` and `(?s)` in front of the whole pattern, as Python, Java and Go write flags; `u` changes nothing.
    private mutating func readLeadingFlags() {
        guard starts(with: "(?"), let end = source.firstIndex(of: ")"), end > 2 else { return }
        let flags = source[2..<end]
        guard flags.allSatisfy({ $0 == "i" || $0 == "s" || $0 == "u" }) else { return }
        notes.append("ECMA-262 has no flags in front of a pattern; they are taken as other dialects take them")
        if flags.contains("i") { output = "(?i)" }
        dotTakesAll = flags.contains("s")
        position = end + 1
    }

    /// A group's name up to `>`, spelled so that PCRE2 takes it.
    mutating func groupName() throws(PatternError) -> String {
        var name = ""
        while let scalar = peek(), scalar != ">" {
            guard scalar.isWord || scalar == "$" || !scalar.isASCII else {
                throw PatternError(
                    reason: "a group name with a character that it cannot have", offset: position)
            }
            name += scalar.isWord ? String(scalar) : "_\(scalar.value)_"
            position += 1
        }
        guard peek() == ">" else { throw PatternError(reason: "a group name without its >") }
        guard let first = name.unicodeScalars.first else { throw PatternError(reason: "a group name that is empty") }
        if first.isDigit { throw PatternError(reason: "a group name that begins with a digit") }
        if name.utf8.count > 32 {
            throw PatternError(reason: "a group name of more than 32 characters, which PCRE2 cannot take")
        }
        position += 1
        return name
    }
}
