/// JSON Pointers (RFC 6901) as lists of unescaped segments.
enum JSONPointer {
    /// `/a/b` of segments, `~` and `/` escaped.
    static func render(_ segments: [String]) -> String {
        segments.map { "/" + escape($0) }.joined()
    }

    /// One segment escaped.
    static func escape(_ segment: String) -> String {
        guard segment.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
            return segment
        }
        var result = ""
        for character in segment.unicodeScalars {
            switch character {
            case "~": result += "~0"
            case "/": result += "~1"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// The segments of a pointer, or `nil` where it does not begin with `/` or has a `~` without 0 or 1.
    static func parse(_ pointer: String) -> [String]? {
        guard !pointer.isEmpty else { return [] }
        guard pointer.hasPrefix("/") else { return nil }
        var segments: [String] = []
        for part in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let segment = unescape(part) else { return nil }
            segments.append(segment)
        }
        return segments
    }

    private static func unescape(_ part: Substring) -> String? {
        guard part.utf8.contains(UInt8(ascii: "~")) else { return String(part) }
        var result = String.UnicodeScalarView()
        var iterator = part.unicodeScalars.makeIterator()
        while let character = iterator.next() {
            guard character == "~" else {
                result.append(character)
                continue
            }
            switch iterator.next() {
            case "0": result.append("~")
            case "1": result.append("/")
            default: return nil
            }
        }
        return String(result)
    }
}
