/// What one character of a text may be, in PCRE2's syntax.
struct OneCharacter {
    /// What stands between the brackets of a class.
    var members = ""
    /// Patterns of one character each that no class can hold, such as a class without some characters.
    var others: [String] = []
    var isNegated = false

    /// Every character, line ends too.
    static let any = OneCharacter(members: #"\x{00}-\x{10ffff}"#)
    /// Matches nothing, and can be repeated.
    static let nothing = "(?:(?!))"

    /// Whether it is no character at all.
    var isEmpty: Bool { members.isEmpty && others.isEmpty && !isNegated }

    /// Whether one class of PCRE2 says it, which is repeated without being copied.
    var isClass: Bool { others.isEmpty && (isNegated || !members.isEmpty) }

    /// A pattern of one character, which can be repeated.
    var pattern: String {
        if others.isEmpty {
            // PCRE2 reads a quantified `[]` in a way of its own.
            if members.isEmpty { return isNegated ? "[\(Self.any.members)]" : Self.nothing }
            return "[\(isNegated ? "^" : "")\(looksLikePOSIX ? "\\" : "")\(members)]"
        }
        let choices = ((members.isEmpty ? [] : ["[\(members)]"]) + others).joined(separator: "|")
        return isNegated ? "(?:(?!\(choices))[\(Self.any.members)])" : "(?:\(choices))"
    }

    /// PCRE2 takes `[:a:]` for a class of POSIX that stands in no class.
    private var looksLikePOSIX: Bool {
        guard let first = members.first, members.utf8.count > 1 else { return false }
        return ":.=".contains(first) && members.last == first
    }

    mutating func formUnion(_ other: OneCharacter) {
        if other.isNegated {
            others.append(other.pattern)
        } else {
            members += other.members
            others += other.others
        }
    }

    func intersection(_ other: OneCharacter) -> OneCharacter {
        OneCharacter(others: ["(?=\(pattern))\(other.pattern)"])
    }

    func subtracting(_ other: OneCharacter) -> OneCharacter {
        OneCharacter(others: ["(?!\(other.pattern))\(pattern)"])
    }

    /// A class of members as ECMA-262 spells it, for messages: `\u{20}` and `\p{Script=Greek}` for `\x{20}` and
    /// `\p{sc:greek}`.
    var spelling: String {
        var text = members
        while let number = text.firstRange(of: #"\x{"#) { text.replaceSubrange(number, with: #"\u{"#) }
        if let script = text.firstRange(of: #"\p{sc:"#) {
            let name = text[script.upperBound...].prefix { $0 != "}" }
            text = #"\p{Script="# + name.prefix(1).uppercased() + name.dropFirst() + "}"
        }
        let isProperty = text.hasPrefix(#"\p{"#) && text.utf8.count { $0 == UInt8(ascii: "\\") } == 1
        return isProperty ? text : "[\(text)]"
    }

    /// A character in a class.
    static func member(_ scalar: Unicode.Scalar) -> String {
        "-[]^\\".unicodeScalars.contains(scalar) ? "\\\(scalar)" : String(scalar)
    }
}
