/// Character classes.
extension ECMAPattern {
    mutating func translateClass() throws(PatternError) {
        position += 1
        let isNegated = peek() == "^"
        if isNegated { position += 1 }
        var members = ""
        while let scalar = peek(), scalar != "]" {
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
                members += first.text + "-" + last.text
            }
        }
        guard peek() == "]" else { throw PatternError(reason: "a character class without its ]") }
        position += 1
        // PCRE2 reads a quantified `[]` in a way of its own.
        let empty = isNegated ? Self.anything : "(?:(?!))"
        emit(atom: members.isEmpty ? empty : "[\(isNegated ? "^" : "")\(members)]")
    }

    /// One member in PCRE2's syntax, and whether it is a class such as `\d`.
    private mutating func classMember() throws(PatternError) -> (text: String, isSet: Bool) {
        guard let scalar = peek(), scalar == "\\" else {
            let scalar = source[position]
            position += 1
            return ("-[^".unicodeScalars.contains(scalar) ? "\\\(scalar)" : String(scalar), false)
        }
        let isSet = peek(1).map { "dDsSwWpP".unicodeScalars.contains($0) } ?? false
        let outside = output
        output = ""
        try translateEscape(inClass: true)
        defer { output = outside }
        return (output, isSet)
    }
}
