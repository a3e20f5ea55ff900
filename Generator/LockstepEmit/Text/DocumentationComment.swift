/// `///` comments from the prose of a document.
enum DocumentationComment {
    /// A comment with the paragraphs given; empty ones are left out. Lines are kept, long ones wrapped.
    static func make(_ paragraphs: [String?], width: Int = 110) -> SourceText {
        var lines: [String] = []
        for paragraph in paragraphs {
            let body = clean(paragraph ?? "")
            if body.isEmpty { continue }
            if !lines.isEmpty { lines.append("///") }
            for line in body {
                lines += wrap(line, width: width).map { $0.isEmpty ? "///" : "/// \($0)" }
            }
        }
        return SourceText(lines.joined(separator: "\n"))
    }

    /// The text on one line, shortened: for comments at the end of a line.
    static func oneLine(_ text: String?, limit: Int = 60) -> String {
        let words = clean(text ?? "").joined(separator: " ")
        if words.count <= limit { return words }
        let cut = words.prefix(limit)
        guard let space = cut.lastIndex(of: " ") else { return cut + "…" }
        return cut[..<space] + "…"
    }

    /// Lines without control characters, trailing spaces, and empty lines at both ends.
    private static func clean(_ text: String) -> [String] {
        var lines: [String] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            var cleaned = line.utf8.allSatisfy(isPlain) ? String(line) : visible(line)
            while cleaned.last?.isWhitespace == true { cleaned.removeLast() }
            if cleaned.isEmpty && (lines.isEmpty || lines.last?.isEmpty == true) { continue }
            lines.append(cleaned)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7f }

    private static func visible(_ line: Substring) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in line.unicodeScalars {
            let category = scalar.properties.generalCategory
            if category == .control { scalars.append(" ") } else if category != .format { scalars.append(scalar) }
        }
        return String(scalars)
    }

    /// A long line broken at spaces; continuation lines keep the indent of the first one.
    private static func wrap(_ line: String, width: Int) -> [String] {
        guard line.count > width else { return [line] }
        let indent = String(line.prefix { $0 == " " })
        var result: [String] = []
        var current = ""
        for word in line.split(separator: " ") {
            if !current.isEmpty && indent.count + current.count + 1 + word.count > width {
                result.append(indent + current)
                current = ""
            }
            current += current.isEmpty ? String(word) : " " + word
        }
        if !current.isEmpty { result.append(indent + current) }
        return result
    }
}
