import LockstepJSON

/// YAML in block style. Strings are plain where no reader, of YAML 1.1 or 1.2, could take them for anything else; text of
/// several lines is a literal block; everything else is in double quotes, escaped as in JSON.
enum YAMLPrinter {
    static func print(_ value: JSONValue) -> String {
        var text = ""
        switch value {
        case .array(let elements) where !elements.isEmpty: write(elements, indent: 0, to: &text)
        case .object(let members) where !members.isEmpty: write(members, indent: 0, to: &text)
        case .array, .object, .null, .bool, .number, .string: text += scalar(value, indent: 0) + "\n"
        }
        return text
    }

    private static func write(_ members: [JSONMember], indent: Int, to text: inout String) {
        let margin = String(repeating: " ", count: indent)
        for (index, member) in members.enumerated() {
            // The first member of an array's element stands on the line of its dash.
            if index > 0 || text.isEmpty || text.hasSuffix("\n") { text += margin }
            text += quotedIfNeeded(member.key) + ":"
            switch member.value {
            case .array(let elements) where !elements.isEmpty:
                text += "\n"
                write(elements, indent: indent + 2, to: &text)
            case .object(let inner) where !inner.isEmpty:
                text += "\n"
                write(inner, indent: indent + 2, to: &text)
            case .array, .object, .null, .bool, .number, .string:
                text += " " + scalar(member.value, indent: indent + 2) + "\n"
            }
        }
    }

    private static func write(_ elements: [JSONValue], indent: Int, to text: inout String) {
        let margin = String(repeating: " ", count: indent)
        for element in elements {
            if text.isEmpty || text.hasSuffix("\n") { text += margin }
            text += "- "
            switch element {
            case .array(let inner) where !inner.isEmpty: write(inner, indent: indent + 2, to: &text)
            case .object(let members) where !members.isEmpty: write(members, indent: indent + 2, to: &text)
            case .array, .object, .null, .bool, .number, .string: text += scalar(element, indent: indent + 2) + "\n"
            }
        }
    }

    // MARK: Scalars

    private static func scalar(_ value: JSONValue, indent: Int) -> String {
        switch value {
        case .array: "[]"
        case .object: "{}"
        case .null, .bool, .number: value.text
        case .string(let text): block(text, indent: indent) ?? quotedIfNeeded(text)
        }
    }

    /// A literal block, where the text has several lines and a block says it exactly.
    private static func block(_ text: String, indent: Int) -> String? {
        guard indent > 0, text.utf8.contains(UInt8(ascii: "\n")), let first = text.unicodeScalars.first else {
            return nil
        }
        guard first != " ", first != "\n", first != "\t", text.unicodeScalars.allSatisfy(isPrintable) else {
            return nil
        }
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        let chomping: String
        if lines.last?.isEmpty == true {
            lines.removeLast()
            guard lines.last?.isEmpty == false else { return nil }
            chomping = ""
        } else {
            chomping = "-"
        }
        // A line of blanks only would count as indentation.
        guard lines.allSatisfy({ $0.isEmpty || $0.unicodeScalars.contains { $0 != " " && $0 != "\t" } }) else {
            return nil
        }
        let margin = String(repeating: " ", count: indent)
        return "|\(chomping)\n" + lines.map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n")
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
            true
        default: false
        }
    }

    private static func quotedIfNeeded(_ text: String) -> String {
        isPlain(text) ? text : JSONValue.string(text).text
    }

    private static func isPlain(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 200 else { return false }
        guard isLetter(first) || first == UInt8(ascii: "/") || first == UInt8(ascii: "$") || first == UInt8(ascii: "_")
        else {
            return false
        }
        guard last != UInt8(ascii: " "), last != UInt8(ascii: ":"), !reserved.contains(text.lowercased()) else {
            return false
        }
        for (index, byte) in bytes.enumerated() {
            if isLetter(byte) || isDigit(byte) || plainMarks.contains(byte) { continue }
            // A space is no danger alone: ': ' and ' #' need a colon or hash, which only stand inside words here.
            if byte == UInt8(ascii: " "), bytes[index - 1] != UInt8(ascii: ":") { continue }
            if byte == UInt8(ascii: ":"), index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: " ") { continue }
            return false
        }
        return true
    }

    private static let plainMarks = Set("_-./$'()+=;~<>@\u{5e}".utf8)
    private static let reserved: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
