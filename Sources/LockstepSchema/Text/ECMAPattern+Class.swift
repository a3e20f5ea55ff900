/// Character classes.
extension ECMAPattern {
    mutating func translateClass() throws(PatternError) {
        let opening = position
        position += 1
        let isNegated = peek() == "^"
        if isNegated { position += 1 }
        var members = ""
        while let scalar = peek(), scalar != "]" {
            let place = position
            let first = try classMember()
            guard peek() == "-", let next = peek(1), next != "]" else {
                members += first.text
                continue
            }
            position += 1
            let last = try classMember()
            if first.isSet || last.isSet {
                try lenient(
                    "ECMA-262 has no ranges that start or end with a class",
                    "the hyphen is read as the character -")
                members += first.text + #"\-"# + last.text
            } else {
                if let low = character(of: first.text), let high = character(of: last.text), low > high {
                    throw PatternError(reason: "a range that ends before it begins", offset: place)
                }
                members += first.text + "-" + last.text
            }
        }
        guard peek() == "]" else { throw PatternError(reason: "a character class without its ]", offset: opening) }
        start = opening
        position += 1
        // PCRE2 reads a quantified `[]` in a way of its own.
        let empty = isNegated ? Self.anything : "(?:(?!))"
        emit(atom: members.isEmpty ? empty : "[\(isNegated ? "^" : "")\(members)]")
    }

    /// The character that a member in PCRE2's syntax is, where it is written as itself or by its number.
    private func character(of text: String) -> Unicode.Scalar? {
        let scalars = Array(text.unicodeScalars)
        if scalars.count == 1 { return scalars[0] }
        guard scalars.first == "\\", scalars.count > 1 else { return nil }
        if scalars.count == 2 { return scalars[1].isWord ? nil : scalars[1] }
        guard text.hasPrefix("\\x{"), text.hasSuffix("}") else { return nil }
        return UInt32(text.dropFirst(3).dropLast(), radix: 16).flatMap(Unicode.Scalar.init)
    }

    /// One member in PCRE2's syntax, and whether it is a class such as `\d`.
    private mutating func classMember() throws(PatternError) -> (text: String, isSet: Bool) {
        guard let scalar = peek(), scalar == "\\" else {
            let scalar = source[position]
            position += 1
            return ("-[^".unicodeScalars.contains(scalar) ? "\\\(scalar)" : String(scalar), false)
        }
        let isSet = peek(1).map { "dDsSwWpP".unicodeScalars.contains($0) } ?? false
        start = position
        let outside = output
        output = ""
        try translateEscape(inClass: true)
        defer { output = outside }
        return (output, isSet)
    }
}
