/// What a backslash means.
extension ECMAPattern {
    mutating func translateEscape(inClass: Bool) throws(PatternError) {
        guard let scalar = peek(1) else { throw PatternError(reason: "a backslash at the end") }
        position += 2
        if !inClass { emit(atom: "") }
        switch scalar {
        case "d": output += inClass ? "0-9" : "[0-9]"
        case "D": output += inClass ? #"\x{00}-/:-\x{10ffff}"# : "[^0-9]"
        case "w": output += inClass ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]"
        case "W": output += inClass ? #"\x{00}-/:-@\[-\^`{-\x{10ffff}"# : "[^a-zA-Z0-9_]"
        case "s": output += inClass ? Self.space : "[\(Self.space)]"
        case "S": output += inClass ? notSpace : "[^\(Self.space)]"
        case "b" where inClass: output += #"\x{08}"#
        case "b":
            before = .assertion
            output += #"(?:(?<=[a-zA-Z0-9_])(?![a-zA-Z0-9_])|(?<![a-zA-Z0-9_])(?=[a-zA-Z0-9_]))"#
        case "B" where !inClass:
            before = .assertion
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
            let name = try groupName()
            groups.refer(to: name, at: start)
            output += "(?:\\k<\(name)>)"
        case "0" where peek().map(\.isDigit) != true: output += #"\x{00}"#
        case "0"..."7" where isLenient && (inClass || scalar == "0"): try translateOctal(scalar)
        case "1"..."9" where !inClass: translateBackReference(scalar)
        case "-" where inClass: output += #"\-"#
        default:
            if "^$\\.*+?()[]{}|/".unicodeScalars.contains(scalar) {
                output += "\\\(scalar)"
            } else if !inClass, let anchor = foreignAnchors[scalar] {
                try lenient("\\\(scalar) is no escape of ECMA-262", "read as \(anchor)")
                before = .assertion
                output += anchor
            } else {
                try identity(scalar)
            }
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
            if value > 0x10ffff { throw PatternError(reason: "a number that no character has") }
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
        groups.refer(to: number, at: start)
        // PCRE2 repeats a bare reference to a group that has matched nothing in a way of its own.
        output += "(?:\\g{\(number)})"
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
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }
    var isWord: Bool { isASCII && (properties.isAlphabetic || isDigit || self == "_") }
}
