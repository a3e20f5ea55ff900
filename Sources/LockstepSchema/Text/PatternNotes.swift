/// What was read in a pattern although ECMA-262 has it not, for the pattern's author.
struct PatternNotes {
    private var readings: [String] = []
    private var escapes: [Unicode.Scalar] = []

    /// A construct, and what it was read as.
    mutating func add(_ construct: String, _ reading: String) {
        let text = "\(construct), \(reading)"
        if !readings.contains(text) { readings.append(text) }
    }

    /// A backslash before a character that needs none.
    mutating func add(escape scalar: Unicode.Scalar) {
        if !escapes.contains(scalar) { escapes.append(scalar) }
    }

    /// One sentence about all of it; nil when there is nothing to say.
    var text: String? {
        var parts = readings
        let names = escapes.map { "\\\($0)" }
        if names.count == 1 {
            parts.insert("\(names[0]) is no escape of ECMA-262, read as the character \(escapes[0])", at: 0)
        } else if let last = names.last {
            let list = names.dropLast().joined(separator: ", ") + " and " + last
            parts.insert("\(list) are no escapes of ECMA-262, read as the characters themselves", at: 0)
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}
