/// Escapes of other dialects, and properties.
extension ECMAPattern {
    /// What a letter means elsewhere that is no escape of ECMA-262.
    mutating func foreignEscape(_ scalar: Unicode.Scalar, inClass: Bool) throws(PatternError) -> Escape? {
        switch scalar {
        case "h", "H":
            let blank = #"\t\x{20}\x{a0}\x{1680}\x{180e}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}"#
            note(scalar, scalar == "h" ? "horizontal white space" : "all but horizontal white space")
            let set = OneCharacter(members: blank, isNegated: scalar == "H")
            return .set(set, set.pattern)
        case "Q": return quotation()
        case "U":
            guard let value = hexValue(8), value <= 0x10ffff else { return nil }
            notes.add(#"ECMA-262 has no \U with eight digits"#, #"read as \u{…}"#)
            position += 8
            return character(value)
        case _ where inClass: return nil
        case "A": return anchor(scalar, "^", "the start of the text")
        case "Z", "z": return anchor(scalar, "$", "the end of the text")
        case "G": return anchor(scalar, "^", "the start of the text")
        case "R":
            note(scalar, "a line end")
            return .atom(#"(?>\r\n|[\n-\r\x{85}\x{2028}\x{2029}])"#)
        case "X":
            note(scalar, "a character with its marks, as in Java and PCRE")
            return .atom(#"\X"#)
        case "g": return relativeReference()
        default: return nil
        }
    }

    private mutating func note(_ scalar: Unicode.Scalar, _ reading: String) {
        notes.add("\\\(scalar) is no escape of ECMA-262", "read as \(reading)")
    }

    private mutating func anchor(_ scalar: Unicode.Scalar, _ text: String, _ reading: String) -> Escape {
        note(scalar, reading)
        return .assertion(text)
    }

    /// `\Q…\E`.
    private mutating func quotation() -> Escape? {
        guard
            let end = source.indices.dropFirst(position).first(where: {
                source[$0] == "\\" && $0 + 1 < source.count && source[$0 + 1] == "E"
            })
        else { return nil }
        notes.add(#"ECMA-262 has no \Q…\E"#, "read as the characters themselves")
        let scalars = Array(source[position..<end])
        position = end + 2
        return .quoted(scalars)
    }

    /// `\g{1}`, `\g{-1}`, `\g{name}`, `\g1`, as Perl and PCRE have them.
    private mutating func relativeReference() -> Escape? {
        let isBraced = peek() == "{"
        let rest = source[(position + (isBraced ? 1 : 0))...]
        let name = rest.prefix { $0.isWord || $0 == "-" }
        let digits = name.first == "-" ? name.dropFirst() : name
        let isNumber = !digits.isEmpty && digits.allSatisfy(\.isDigit)
        let isName = isBraced && digits.first.map { !$0.isDigit } == true && digits.count == name.count
        guard isNumber || isName, !isBraced || name.endIndex < source.count && source[name.endIndex] == "}" else {
            return nil
        }
        notes.add(#"ECMA-262 has no references \g"#, "read as in Perl and PCRE")
        position = name.endIndex + (isBraced ? 1 : 0)
        return .atom("(?:\\g{\(String(String.UnicodeScalarView(name)))})")
    }

    // MARK: Properties

    mutating func readProperty(_ kind: Unicode.Scalar) throws(PatternError) -> Escape {
        var (name, spelling, isPlain) = try propertyName(kind)
        var isNegated = kind == "P"
        if dialect.isLenient, name.hasPrefix("^") {
            isNegated.toggle()
            isPlain = false
            name.removeFirst()
        }
        if let property = UnicodeProperties.translate(name), !(dialect.isJava && ForeignProperties.java[name] != nil) {
            let text = "\\\(isNegated ? "P" : "p"){\(property)}"
            if !isPlain { try lenient("ECMA-262 has no \(spelling)", "read as \\\(isNegated ? "P" : "p"){\(name)}") }
            return .set(OneCharacter(members: text), text)
        }
        guard dialect.isLenient, let members = ForeignProperties.members(name) else {
            throw PatternError(reason: "\\p{\(name)} is no property that is known")
        }
        let isECMA = UnicodeProperties.translate(name) != nil
        notes.add(
            "\(spelling) \(isECMA ? "is beside classes of Java" : "is no property of ECMA-262")",
            "read as \(isNegated ? "all but " : "")\(OneCharacter(members: members).spelling)")
        let set = OneCharacter(members: members, isNegated: isNegated)
        return .set(set, set.pattern)
    }

    /// The name of a property, as it is spelled with its escape, and whether ECMA-262 spells it so.
    private mutating func propertyName(_ kind: Unicode.Scalar) throws(PatternError) -> (String, String, Bool) {
        let opening = position - 2
        var isPlain = true
        if dialect.isLenient, starts(with: #"\{"#) {
            position += 1
            isPlain = false
        } else if dialect.isLenient, let letter = peek(), "LMNPSZC".unicodeScalars.contains(letter) {
            position += 1
            return (String(letter), "\\\(kind)\(letter)", false)
        }
        guard peek() == "{" else { throw PatternError(reason: #"\p without {"#) }
        position += 1
        let name = source[position...].prefix { $0 != "}" && (isPlain || $0 != "\\") }
        position = name.endIndex
        if !isPlain, peek() == "\\" { position += 1 }
        guard peek() == "}" else { throw PatternError(reason: #"\p{ without its }"#) }
        position += 1
        let spelling = String(String.UnicodeScalarView(source[opening..<position]))
        return (String(String.UnicodeScalarView(name)), spelling, isPlain)
    }
}
