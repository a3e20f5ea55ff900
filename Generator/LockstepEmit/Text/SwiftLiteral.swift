/// Swift literals of values that come from a document.
enum SwiftLiteral {
    /// A one-line string literal, escaped.
    static func string(_ value: String) -> String {
        var result: String = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\0": result += "\\0"
            case _ where isInvisible(scalar): result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// A raw multi-line literal with as many `#` as the text needs, for large tables.
    ///
    /// Line breaks inside are kept as they are, so the text must not hold a carriage return or a NUL: both are
    /// refused by the writers of the tables that are embedded.
    static func rawBlock(_ text: String) -> SourceText {
        let marks = String(repeating: "#", count: longestRunOfMarks(after: text) + 1)
        return SourceText("\(marks)\"\"\"\n\(text)\n\"\"\"\(marks)")
    }

    /// A multi-line literal with a text a line, for which `isLine` holds.
    static func lines(_ texts: [String]) -> SourceText {
        let text = texts.joined(separator: "\n")
        return text.contains("\\") || text.contains("\"\"\"")
            ? rawBlock(text) : SourceText("\"\"\"\n\(text)\n\"\"\"")
    }

    /// Whether a text can be a line of a literal as it is: visible, and not only spaces, which source does not keep.
    static func isLine(_ text: String) -> Bool {
        !text.unicodeScalars.contains(where: isInvisible) && (text.isEmpty || text.contains { $0 != " " })
    }

    /// The longest run of `#` that follows `"""` or `\` in the text.
    private static func longestRunOfMarks(after text: String) -> Int {
        var longest = 0
        var quotes = 0
        var run: Int? = nil
        for byte in text.utf8 {
            if byte == UInt8(ascii: "#"), let count = run {
                run = count + 1
                longest = max(longest, count + 1)
                continue
            }
            quotes = byte == UInt8(ascii: "\"") ? quotes + 1 : 0
            run = (quotes >= 3 || byte == UInt8(ascii: "\\")) ? 0 : nil
        }
        return longest
    }

    /// Control and formatting characters would make the source misleading or break it.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7f }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
