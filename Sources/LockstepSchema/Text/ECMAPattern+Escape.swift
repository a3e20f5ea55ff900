/// What a backslash means.
extension ECMAPattern {
    enum Escape {
        /// A character, or half of a surrogate pair, with its text in PCRE2's syntax.
        case character(UInt32, String)
        /// One of several characters, with its text outside of a class.
        case set(OneCharacter, String)
        case assertion(String)
        /// What can be repeated, and is not one character.
        case atom(String)
        /// Text without any meaning.
        case quoted([Unicode.Scalar])
    }

    private static let word = "a-zA-Z0-9_"

    mutating func translateEscape() throws(PatternError) {
        switch try readEscape(inClass: false) {
        case .character(let value, let text):
            if 0xd800...0xdfff ~= value { return try emit(halves: [value...value]) }
            emit(text, OneCharacter(members: text))
        case .set(let set, let text): emit(text, set)
        case .assertion(let text): emit(assertion: text)
        case .atom(let text): emit(text)
        case .quoted(let scalars):
            for scalar in scalars { emit(text(of: scalar), OneCharacter(members: text(of: scalar))) }
        }
    }

    mutating func readEscape(inClass: Bool) throws(PatternError) -> Escape {
        guard let scalar = peek(1) else { throw PatternError(reason: "a backslash at the end") }
        position += 2
        if let set = characterSet(scalar) { return set }
        switch scalar {
        case "b" where inClass: return .character(8, #"\x{08}"#)
        case "b": return .assertion(boundary(isNegated: false))
        case "B" where !inClass: return .assertion(boundary(isNegated: true))
        case "t": return .character(9, #"\t"#)
        case "n": return .character(10, #"\n"#)
        case "v": return .character(11, #"\x{0b}"#)
        case "f": return .character(12, #"\f"#)
        case "r": return .character(13, #"\r"#)
        case "c": return try control()
        case "x", "u": return try numbered(scalar)
        case "p", "P": return try readProperty(scalar)
        case "k" where !inClass: return try namedReference()
        case "0" where peek().map(\.isDigit) != true: return .character(0, #"\x{00}"#)
        case "0"..."7" where dialect.isLenient && (inClass || scalar == "0"): return try octal(scalar)
        case "1"..."9" where !inClass: return backReference(scalar)
        case "-" where inClass: return .character(scalar.value, #"\-"#)
        case _ where "^$\\.*+?()[]{}|/".unicodeScalars.contains(scalar):
            return .character(scalar.value, "\\\(scalar)")
        default:
            if dialect.isLenient, let foreign = try foreignEscape(scalar, inClass: inClass) { return foreign }
            return try identity(scalar)
        }
    }

    private func characterSet(_ scalar: Unicode.Scalar) -> Escape? {
        switch scalar {
        case "d": .set(OneCharacter(members: "0-9"), "[0-9]")
        case "D": .set(OneCharacter(members: #"\x{00}-/:-\x{10ffff}"#), "[^0-9]")
        case "w": .set(OneCharacter(members: Self.word), "[\(Self.word)]")
        case "W": .set(OneCharacter(members: notWord), "[^\(Self.word)]")
        case "s": .set(OneCharacter(members: Self.space), "[\(Self.space)]")
        case "S": .set(OneCharacter(members: notSpace), "[^\(Self.space)]")
        default: nil
        }
    }

    /// Where case is ignored, ECMA-262 counts ſ and the Kelvin sign to the letters, and PCRE2 would find s and k in a class
    /// that has them.
    private var notWord: String {
        #"\x{00}-/:-@\[-\^`{-"#
            + (flags.ignoresCase ? #"\x{17e}\x{180}-\x{2129}\x{212b}-"# : "") + #"\x{10ffff}"#
    }

    private var notSpace: String {
        #"\x{00}-\x{08}\x{0e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}"#
            + #"\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}"#
    }

    private func boundary(isNegated: Bool) -> String {
        let (isWord, isOther) = ("[\(Self.word)]", isNegated ? "=" : "!")
        let isSame = isNegated ? "!" : "="
        return "(?:(?<=\(isWord))(?\(isOther)\(isWord))|(?<!\(isWord))(?\(isSame)\(isWord)))"
    }

    /// A character as itself, inside and outside of a class.
    private func text(of scalar: Unicode.Scalar) -> String {
        scalar.isASCII && !scalar.isWord ? "\\\(scalar)" : String(scalar)
    }

    /// An escape that Annex B reads as the character itself.
    private mutating func identity(_ scalar: Unicode.Scalar) throws(PatternError) -> Escape {
        guard dialect.isLenient else { throw PatternError(reason: "\\\(scalar) is no escape of ECMA-262") }
        notes.add(escape: scalar)
        return .character(scalar.value, text(of: scalar))
    }

    // MARK: Characters by their number

    /// `\07`, or any number in a class: up to three octal digits, up to 377.
    private mutating func octal(_ first: Unicode.Scalar) throws(PatternError) -> Escape {
        var value = first.value - 0x30
        while let digit = peek(), ("0"..."7").contains(digit), value * 8 + digit.value - 0x30 <= 0o377 {
            value = value * 8 + digit.value - 0x30
            position += 1
        }
        try lenient("ECMA-262 has no octal escapes", "read as the character of that number")
        return character(value)
    }

    private mutating func control() throws(PatternError) -> Escape {
        guard let letter = peek(), letter.isASCII, letter.properties.isAlphabetic else {
            try lenient(#"\c without a letter"#, #"read as the characters \c"#)
            position -= 1
            return .character(0x5c, #"\\"#)
        }
        position += 1
        return character(letter.value % 32)
    }

    /// `\x41`, `\u0041`, `\u{41}`, `\uD83D\uDE00`.
    private mutating func numbered(_ kind: Unicode.Scalar) throws(PatternError) -> Escape {
        let count = kind == "x" ? 2 : 4
        if peek() == "{", kind == "u" || dialect.isLenient && isBraced() {
            if kind == "x" { notes.add(#"ECMA-262 has no \x{…}"#, #"read as \u{…}"#) }
            return try braced()
        }
        if dialect.isLenient, hexValue(count) == nil { return try identity(kind) }
        let value = try hexDigits(count)
        if kind == "u", value & 0xfc00 == 0xd800, peek() == "\\", peek(1) == "u", let low = hexValue(4, after: 2),
            low & 0xfc00 == 0xdc00
        {
            position += 6
            return character(0x10000 + (value & 0x3ff) << 10 + (low & 0x3ff))
        }
        return character(value)
    }

    private mutating func braced() throws(PatternError) -> Escape {
        position += 1
        var digits = 0
        while let scalar = peek(digits), scalar != "}" { digits += 1 }
        let value = try hexDigits(digits)
        guard peek() == "}" else { throw PatternError(reason: #"\u{ without its }"#) }
        position += 1
        if value > 0x10ffff { throw PatternError(reason: "a number that no character has") }
        return character(value)
    }

    private func isBraced() -> Bool {
        guard let end = source[position...].firstIndex(of: "}") else { return false }
        return hexValue(end - position - 1, after: 1) != nil
    }

    private mutating func hexDigits(_ count: Int) throws(PatternError) -> UInt32 {
        guard let value = hexValue(count) else { throw PatternError(reason: "hexadecimal digits are missing") }
        position += count
        return value
    }

    /// The value of so many hexadecimal digits at a distance.
    func hexValue(_ count: Int, after distance: Int = 0) -> UInt32? {
        guard (1...8).contains(count) else { return nil }
        var value: UInt32 = 0
        for place in distance..<(distance + count) {
            guard let scalar = peek(place), scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
                return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    func character(_ value: UInt32) -> Escape { .character(value, "\\x{\(String(value, radix: 16))}") }

    // MARK: References

    private mutating func namedReference() throws(PatternError) -> Escape {
        guard peek() == "<" else {
            guard dialect.isLenient, let end = foreignNameEnd() else {
                throw PatternError(reason: #"\k without a group name"#)
            }
            notes.add(#"ECMA-262 has no references such as \k{name}"#, #"read as \k<name>"#)
            position += 1
            return reference(to: try groupName(upTo: end))
        }
        position += 1
        return reference(to: try groupName(upTo: ">"))
    }

    mutating func reference(to name: String) -> Escape {
        groups.refer(to: name, at: start)
        return .atom("(?:\\k<\(name)>)")
    }

    /// What closes the name of a reference in another dialect.
    private func foreignNameEnd() -> Unicode.Scalar? { peek() == "{" ? "}" : peek() == "'" ? "'" : nil }

    private mutating func backReference(_ first: Unicode.Scalar) -> Escape {
        var number = String(first)
        while let digit = peek(), digit.isDigit {
            number.unicodeScalars.append(digit)
            position += 1
        }
        groups.refer(to: number, at: start)
        // PCRE2 repeats a bare reference to a group that has matched nothing in a way of its own.
        return .atom("(?:\\g{\(number)})")
    }
}
