/// Translates ECMA-262 regular expressions (with the `u` flag, as JSON Schema asks) to PCRE2's syntax.
///
/// A lenient translation also takes what Annex B allows without that flag (`\_`, `\07`), and the flags, names and
/// anchors of other dialects whose meaning is plain (`(?i)`, `(?P<name>`, `\A`, `\Z`); it notes each.
struct ECMAPattern {
    let source: [Unicode.Scalar]
    var position = 0
    var output = ""
    /// What was read leniently, for the author of the pattern.
    private(set) var notes: [String] = []
    private let isLenient: Bool
    /// `.` takes line ends, as the flag `s` says.
    private var dotTakesAll = false

    /// What ECMA-262 calls white space and line ends: `\s`.
    private static let space =
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
        while position < self.source.count { try translateNext() }
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
            output += dotTakesAll ? #"[\x{00}-\x{10ffff}]"# : "[^\(Self.lineEnds)]"
            position += 1
        case "(": try translateGroup()
        case "{":
            // A brace that starts no quantifier is a fault with the flag `u`, text without it: read it as text.
            if isQuantifier() { output += "{" } else { output += #"\{"# }
            position += 1
        case "]":
            output += #"\]"#
            position += 1
        case "*", "+", "?":
            output.unicodeScalars.append(scalar)
            position += 1
            // ECMA-262 has no possessive quantifiers.
            if peek() == "+" { throw PatternError(reason: "nothing to repeat before +") }
        default:
            append(literal: scalar)
            position += 1
        }
    }

    private func isQuantifier() -> Bool {
        var index = position + 1
        var digits = 0
        while index < source.count, source[index].isDigit {
            index += 1
            digits += 1
        }
        guard digits > 0, index < source.count else { return false }
        if source[index] == "," {
            index += 1
            while index < source.count, source[index].isDigit { index += 1 }
        }
        return index < source.count && source[index] == "}"
    }

    private mutating func translateGroup() throws(PatternError) {
        position += 1
        guard peek() == "?" else {
            // `(*` would start one of PCRE2's verbs.
            if peek() == "*" { throw PatternError(reason: "nothing to repeat before *") }
            output += "("
            return
        }
        for opening in ["?:", "?=", "?!", "?<=", "?<!", "?i:", "?-i:"] where starts(with: opening) {
            output += "(" + opening
            position += opening.unicodeScalars.count
            return
        }
        if starts(with: "?P<") {
            try lenient("ECMA-262 has no groups (?P<name>)", "read as (?<name>)")
            position += 1
        } else if !starts(with: "?<") {
            throw PatternError(reason: "a group that ECMA-262 does not have")
        }
        position += 2
        output += "(?<\(try groupName())>"
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
    private mutating func groupName() throws(PatternError) -> String {
        var name = ""
        while let scalar = peek(), scalar != ">" {
            guard scalar.isWord || scalar == "$" || !scalar.isASCII else {
                throw PatternError(reason: "a group name with a character that it cannot have")
            }
            name += scalar.isWord ? String(scalar) : "_\(scalar.value)_"
            position += 1
        }
        guard peek() == ">", let first = name.unicodeScalars.first, !first.isDigit, name.utf8.count <= 32 else {
            throw PatternError(reason: "a group name that is missing, unfinished or too long")
        }
        position += 1
        return name
    }

    // MARK: Classes

    private mutating func translateClass() throws(PatternError) {
        position += 1
        output += "["
        if peek() == "^" {
            output += "^"
            position += 1
        }
        while let scalar = peek(), scalar != "]" {
            if scalar == "\\" {
                try translateEscape(inClass: true)
            } else {
                if scalar == "-" {
                    output += isRangeDash() ? "-" : #"\-"#
                } else if scalar == "[" {
                    output += #"\["#
                } else {
                    append(literal: scalar)
                }
                position += 1
            }
        }
        guard peek() == "]" else { throw PatternError(reason: "a character class without its ]") }
        position += 1
        output += "]"
    }

    /// Whether a dash stands between two characters (and not first, last, or beside a class such as `\d`).
    private func isRangeDash() -> Bool {
        guard let next = peek(1), next != "]", position > 0 else { return false }
        let before = source[position - 1]
        if before == "[" && !isEscaped(position - 1) || before == "^" && position >= 2 && source[position - 2] == "[" {
            return false
        }
        if isEscaped(position - 1), "dDsSwW".unicodeScalars.contains(before) { return false }
        if next == "\\", let escaped = peek(2), "dDsSwWpP".unicodeScalars.contains(escaped) { return false }
        return true
    }

    private func isEscaped(_ index: Int) -> Bool {
        var backslashes = 0
        var before = index - 1
        while before >= 0, source[before] == "\\" {
            backslashes += 1
            before -= 1
        }
        return backslashes % 2 == 1
    }

    // MARK: Escapes

    private mutating func translateEscape(inClass: Bool) throws(PatternError) {
        guard let scalar = peek(1) else { throw PatternError(reason: "a backslash at the end") }
        position += 2
        switch scalar {
        case "d": output += inClass ? "0-9" : "[0-9]"
        case "D": output += inClass ? #"\x{00}-/:-\x{10ffff}"# : "[^0-9]"
        case "w": output += inClass ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]"
        case "W": output += inClass ? #"\x{00}-/:-@\[-\^`{-\x{10ffff}"# : "[^a-zA-Z0-9_]"
        case "s": output += inClass ? Self.space : "[\(Self.space)]"
        case "S": output += inClass ? notSpace : "[^\(Self.space)]"
        case "b":
            output += inClass ? #"\x{08}"# : #"(?:(?<=[a-zA-Z0-9_])(?![a-zA-Z0-9_])|(?<![a-zA-Z0-9_])(?=[a-zA-Z0-9_]))"#
        case "B" where !inClass:
            output += #"(?:(?<=[a-zA-Z0-9_])(?=[a-zA-Z0-9_])|(?<![a-zA-Z0-9_])(?![a-zA-Z0-9_]))"#
        case "t": output += #"\t"#
        case "n": output += #"\n"#
        case "v": output += #"\x{0b}"#
        case "f": output += #"\f"#
        case "r": output += #"\r"#
        case "c": try translateControl()
        case "x" where isLenient && !hasHexDigits(2): try identity("x")
        case "x": output += hex(try hexDigits(2))
        case "u" where isLenient && peek() != "{" && !hasHexDigits(4): try identity("u")
        case "u": try translateUnicode()
        case "p", "P": try translateProperty(isNegated: scalar == "P")
        case "k" where !inClass:
            guard peek() == "<" else { throw PatternError(reason: #"\k without a group name"#) }
            position += 1
            output += "\\k<\(try groupName())>"
        case "0" where peek().map(\.isDigit) != true: output += #"\x{00}"#
        case "0"..."7" where isLenient && (inClass || scalar == "0"): try translateOctal(scalar)
        case "1"..."9" where !inClass: translateBackReference(scalar)
        case "-" where inClass: output += #"\-"#
        default:
            guard "^$\\.*+?()[]{}|/".unicodeScalars.contains(scalar) || scalar == "-" || scalar == "\"" else {
                if !inClass, let anchor = foreignAnchors[scalar] {
                    try lenient("\\\(scalar) is no escape of ECMA-262", "read as \(anchor)")
                    output += anchor
                    return
                }
                try identity(scalar)
                return
            }
            append(literal: scalar)
        }
    }

    private var notSpace: String {
        #"\x{00}-\x{08}\x{0e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}"#
            + #"\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"#
    }

    /// Where text starts and ends in other dialects.
    private var foreignAnchors: [Unicode.Scalar: String] { ["A": "^", "Z": "$", "z": "$"] }

    /// An escape that Annex B reads as the character itself.
    private mutating func identity(_ scalar: Unicode.Scalar) throws(PatternError) {
        try lenient("\\\(scalar) is no escape of ECMA-262", "read as the character \(scalar)")
        if scalar.isASCII, !scalar.isWord { output += "\\" }
        output.unicodeScalars.append(scalar)
    }

    /// `\07`, or any number in a class: up to three octal digits, up to 377.
    private mutating func translateOctal(_ first: Unicode.Scalar) throws(PatternError) {
        var value = first.value - 0x30
        while let digit = peek(), ("0"..."7").contains(digit), value * 8 + digit.value - 0x30 <= 0o377 {
            value = value * 8 + digit.value - 0x30
            position += 1
        }
        try lenient("ECMA-262 has no octal escapes", "read as the character of that number")
        output += hex(value)
    }

    private func hasHexDigits(_ count: Int) -> Bool {
        (0..<count).allSatisfy { peek($0).map { $0.isASCII && $0.properties.isASCIIHexDigit } == true }
    }

    private mutating func translateControl() throws(PatternError) {
        guard let letter = peek(), letter.isASCII, letter.properties.isAlphabetic else {
            try lenient(#"\c without a letter"#, #"read as the characters \c"#)
            output += #"\\c"#
            return
        }
        output += hex(letter.value % 32)
        position += 1
    }

    private mutating func translateUnicode() throws(PatternError) {
        if peek() == "{" {
            position += 1
            var digits = 0
            while let scalar = peek(digits), scalar != "}" { digits += 1 }
            let value = try hexDigits(digits)
            guard peek() == "}" else { throw PatternError(reason: #"\u{ without its }"#) }
            position += 1
            output += hex(value)
            return
        }
        var value = try hexDigits(4)
        if value & 0xfc00 == 0xd800, peek() == "\\", peek(1) == "u" {
            position += 2
            let low = try hexDigits(4)
            guard low & 0xfc00 == 0xdc00 else { throw PatternError(reason: "half of a surrogate pair") }
            value = 0x10000 + (value & 0x3ff) << 10 + (low & 0x3ff)
        }
        guard Unicode.Scalar(value) != nil else { throw PatternError(reason: "half of a surrogate pair") }
        output += hex(value)
    }

    private mutating func translateBackReference(_ first: Unicode.Scalar) {
        var number = String(first)
        while let digit = peek(), digit.isDigit {
            number.unicodeScalars.append(digit)
            position += 1
        }
        output += "\\g{\(number)}"
    }

    private mutating func translateProperty(isNegated: Bool) throws(PatternError) {
        guard peek() == "{" else { throw PatternError(reason: #"\p without {"#) }
        position += 1
        var name = ""
        while let scalar = peek(), scalar != "}" {
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard peek() == "}" else { throw PatternError(reason: #"\p{ without its }"#) }
        position += 1
        guard let property = UnicodeProperties.translate(name) else {
            throw PatternError(reason: "\\p{\(name)} is no property that is known")
        }
        output += "\\\(isNegated ? "P" : "p"){\(property)}"
    }

    private mutating func hexDigits(_ count: Int) throws(PatternError) -> UInt32 {
        var value: UInt32 = 0
        guard (1...8).contains(count) else { throw PatternError(reason: "hexadecimal digits are missing") }
        for _ in 0..<count {
            guard let scalar = peek(), scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
                throw PatternError(reason: "hexadecimal digits are missing")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private func hex(_ value: UInt32) -> String { "\\x{\(String(value, radix: 16))}" }

    private mutating func append(literal scalar: Unicode.Scalar) {
        // `^`, `$`, `|` and `)` mean the same in both when they are no literals: those come through `translateNext`.
        let isEscape =
            position > 0 && position <= source.count && source[position - 1] == scalar && isEscaped(position - 1)
        if isEscape, scalar.isASCII, !scalar.isWord {
            output += "\\"
        }
        output.unicodeScalars.append(scalar)
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
    fileprivate var isWord: Bool { isASCII && (properties.isAlphabetic || isDigit || self == "_") }
}
