import LockstepJSON

/// YAML in block style that reads back as the same JSON, by YAML 1.1 and 1.2 readers alike.
enum YAMLWriter {
    static func text(_ value: JSONValue) -> String {
        var output = ""
        switch value {
        case .object(let members) where !members.isEmpty: write(members, to: &output, indent: 0)
        case .array(let elements) where !elements.isEmpty: write(elements, to: &output, indent: 0)
        default: output += scalar(value, indent: 0) + "\n"
        }
        return output
    }

    private static func write(
        _ members: [JSONMember], to output: inout String, indent: Int, isFirstInline: Bool = false
    ) {
        for (index, member) in members.enumerated() {
            if index > 0 || !isFirstInline { output += spaces(indent) }
            output += string(member.key, indent: nil) + ":"
            writeValue(member.value, to: &output, indent: indent)
        }
    }

    private static func writeValue(_ value: JSONValue, to output: inout String, indent: Int) {
        switch value {
        case .object(let members) where !members.isEmpty:
            output += "\n"
            write(members, to: &output, indent: indent + 2)
        case .array(let elements) where !elements.isEmpty:
            output += "\n"
            write(elements, to: &output, indent: indent + 2)
        default: output += " " + scalar(value, indent: indent) + "\n"
        }
    }

    private static func write(_ elements: [JSONValue], to output: inout String, indent: Int) {
        for element in elements {
            output += spaces(indent) + "-"
            switch element {
            case .object(let members) where !members.isEmpty:
                output += " "
                write(members, to: &output, indent: indent + 2, isFirstInline: true)
            case .array(let inner) where !inner.isEmpty:
                output += "\n"
                write(inner, to: &output, indent: indent + 2)
            default: output += " " + scalar(element, indent: indent) + "\n"
            }
        }
    }

    // MARK: Scalars

    private static func scalar(_ value: JSONValue, indent: Int) -> String {
        switch value {
        case .string(let text): string(text, indent: indent)
        case .array: "[]"
        case .object: "{}"
        case .null, .bool, .number: value.text
        }
    }

    /// Text plain where nothing could read it as something else, as a block where it has lines, else in double quotes.
    private static func string(_ text: String, indent: Int?) -> String {
        if isPlain(text) { return text }
        if let indent, let block = block(text, indent: indent + 2) { return block }
        return JSONValue.string(text).text
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return false }
        guard first.properties.isAlphabetic || first == "/" || first == "_", last != " ", last != ":" else {
            return false
        }
        guard text.utf8.count <= 200 else { return false }
        for scalar in text.unicodeScalars {
            let isWord = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            guard isWord || " _-./(){}+*=;,'<>%@~$^".unicodeScalars.contains(scalar) else { return false }
        }
        return !reserved.contains(text.lowercased()) && !looksLikeNumber(text)
    }

    private static let reserved: Set<String> = [
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity",
    ]

    private static func looksLikeNumber(_ text: String) -> Bool {
        Double(text) != nil
    }

    /// A literal block; `nil` for text that a block cannot hold exactly.
    private static func block(_ text: String, indent: Int) -> String? {
        guard text.contains("\n"), text.first != "\n", text.first != " " else { return nil }
        for scalar in text.unicodeScalars where scalar != "\n" {
            let category = scalar.properties.generalCategory
            let isBreak = scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}" || scalar == "\u{FEFF}"
            if category == .control || isBreak { return nil }
        }
        var body = text
        let chomping: String
        if text.hasSuffix("\n\n") {
            return nil
        } else if text.hasSuffix("\n") {
            chomping = ""
            body.removeLast()
        } else {
            chomping = "-"
        }
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.contains(where: { $0.allSatisfy { $0 == " " } && !$0.isEmpty }) { return nil }
        return "|\(chomping)\n" + lines.map { $0.isEmpty ? "" : spaces(indent) + $0 }.joined(separator: "\n")
    }

    private static func spaces(_ count: Int) -> String {
        String(repeating: " ", count: count)
    }
}
