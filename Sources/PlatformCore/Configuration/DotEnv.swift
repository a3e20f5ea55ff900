/// The `.env` format that dotenv made common: `NAME=value`, `#` comments, optional `export`, single and double quotes.
/// No interpolation.
public enum DotEnv {
    /// A line that is not an assignment.
    public struct Fault: Error, Equatable, Sendable {
        /// Counted from 1.
        public let line: Int
    }

    /// The assignments of `text`; a name that comes twice keeps its last value.
    public static func parse(_ text: String) throws(Fault) -> [String: String] {
        var values: [String: String] = [:]
        var number = 0
        for raw in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            var line = trimmed(raw)
            if line.isEmpty || line.first == "#" { continue }
            if line.hasPrefix("export ") { line = trimmed(line.dropFirst("export ".count)) }
            guard let equals = line.firstIndex(of: "=") else { throw Fault(line: number) }
            let name = trimmed(line[..<equals])
            guard isName(name), let value = value(of: trimmed(line[line.index(after: equals)...])) else {
                throw Fault(line: number)
            }
            values[String(name)] = value
        }
        return values
    }

    private static func value(of text: Substring) -> String? {
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            return String(trimmed(withoutComment(text)))
        }
        guard let end = closingQuote(quote, in: text) else { return nil }
        let rest = trimmed(text[text.index(after: end)...])
        guard rest.isEmpty || rest.first == "#" else { return nil }
        let inner = text[text.index(after: text.startIndex)..<end]
        return quote == "'" ? String(inner) : unescaped(inner)
    }

    private static func closingQuote(_ quote: Character, in text: Substring) -> Substring.Index? {
        var index = text.index(after: text.startIndex)
        while index < text.endIndex {
            if text[index] == quote { return index }
            if text[index] == "\\", quote == "\"" {
                index = text.index(after: index)
                if index == text.endIndex { return nil }
            }
            index = text.index(after: index)
        }
        return nil
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                result.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return result
    }

    /// A comment begins at a `#` after a space, so that a value may hold one.
    private static func withoutComment(_ text: Substring) -> Substring {
        var previous: Character = "x"
        for index in text.indices {
            if text[index] == "#", previous == " " || previous == "\t" { return text[..<index] }
            previous = text[index]
        }
        return text
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.first, first.isASCII, first.isLetter || first == "_" else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" || last == "\r" || last == "\r\n" { text.removeLast() }
        return text
    }
}
