package import LockstepJSON

/// JSON Pointers (RFC 6901) as text.
package enum JSONPointer {
    /// A pointer with one more token.
    static func appending(_ token: String, to pointer: String) -> String { "\(pointer)/\(escaped(token))" }

    static func escaped(_ token: String) -> String {
        guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return token }
        var text = ""
        for character in token.unicodeScalars {
            switch character {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }

    static func unescaped(_ token: Substring) -> String {
        guard token.contains("~") else { return String(token) }
        var text = String.UnicodeScalarView()
        var isEscape = false
        for character in token.unicodeScalars {
            if isEscape {
                text.append(character == "1" ? "/" : character == "0" ? "~" : character)
                isEscape = false
            } else if character == "~" {
                isEscape = true
            } else {
                text.append(character)
            }
        }
        return String(text)
    }

    /// The value at a pointer, nil when there is none.
    package static func value(at pointer: String, in document: JSONValue) -> JSONValue? {
        var value = document
        guard pointer.isEmpty || pointer.hasPrefix("/") else { return nil }
        for token in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) where !pointer.isEmpty
        {
            switch value {
            case .object:
                guard let member = value[unescaped(token)] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Int(token), elements.indices.contains(index) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }
}
