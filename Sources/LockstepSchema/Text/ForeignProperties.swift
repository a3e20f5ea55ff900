/// Names of properties and classes that ECMA-262 has not, and other dialects have.
enum ForeignProperties {
    /// The members of a class in PCRE2's syntax, for a name that ECMA-262 does not take; nil for one that nobody has.
    static func members(_ name: String) -> String? {
        if let members = java[name] ?? unicode[name] { return members }
        if let property = spelledLoosely(name) { return property }
        if let block = block(name, after: "In") { return block }
        guard name.hasPrefix("Is") else { return nil }
        let rest = String(name.dropFirst(2))
        return spelledLoosely(rest) ?? block(name, after: "Is")
    }

    /// Whether a name that ECMA-262 does not take is Java's.
    static func isJava(_ name: String) -> Bool { java[name] != nil || name.hasPrefix("Is") && members(name) != nil }

    /// What POSIX calls a class, `alpha` in `[[:alpha:]]`.
    static func posix(_ name: String) -> String? {
        switch name {
        case "word": #"a-zA-Z0-9_"#
        case "ascii": #"\x{00}-\x{7f}"#
        case "xdigit": java["XDigit"]
        default: name.allSatisfy(\.isLowercase) ? java[name.prefix(1).uppercased() + name.dropFirst()] : nil
        }
    }

    /// What Java's names mean there, also those that ECMA-262 takes with another meaning.
    static let java: [String: String] = [
        "Lower": "a-z", "Upper": "A-Z", "Alpha": "a-zA-Z", "Digit": "0-9", "Alnum": "a-zA-Z0-9",
        "Punct": #"!-\/:-@\[-`{-~"#, "Graph": "!-~", "Print": #"\x{20}-~"#, "Blank": #"\x{20}\t"#,
        "Cntrl": #"\x{00}-\x{1f}\x{7f}"#, "XDigit": "0-9a-fA-F", "Space": #"\x{20}\t-\r"#,
        "LD": #"\p{L}\p{Nd}"#, "L1": #"\x{00}-\x{ff}"#, "all": #"\x{00}-\x{10ffff}"#,
        "javaLowerCase": #"\p{Lowercase}"#, "javaUpperCase": #"\p{Uppercase}"#, "javaTitleCase": #"\p{Lt}"#,
        "javaAlphabetic": #"\p{Alphabetic}"#, "javaIdeographic": #"\p{Ideographic}"#, "javaDigit": #"\p{Nd}"#,
        "javaDefined": #"\P{Cn}"#, "javaLetter": #"\p{L}"#, "javaLetterOrDigit": #"\p{L}\p{Nd}"#,
        "javaJavaIdentifierStart": #"\p{L}\p{Nl}\p{Sc}\p{Pc}"#,
        "javaJavaIdentifierPart": #"\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mc}\p{Mn}"# + ignorable,
        "javaUnicodeIdentifierStart": #"\p{ID_Start}"#, "javaUnicodeIdentifierPart": #"\p{ID_Continue}"# + ignorable,
        "javaIdentifierIgnorable": ignorable, "javaSpaceChar": #"\p{Z}"#,
        "javaWhitespace":
            #"\t-\r\x{1c}-\x{1f}\x{20}\x{1680}\x{2000}-\x{2006}\x{2008}-\x{200a}\x{2028}\x{2029}\x{205f}\x{3000}"#,
        "javaISOControl": #"\p{Cc}"#, "javaMirrored": #"\p{Bidi_Mirrored}"#,
    ]

    private static let ignorable = #"\x{00}-\x{08}\x{0e}-\x{1b}\x{7f}-\x{9f}\p{Cf}"#

    /// What ICU, Perl, Ruby and PCRE2 have: POSIX's names over all of Unicode (UTS 18, annex C), and PCRE2's own.
    private static let unicode: [String: String] = [
        "alnum": #"\p{Alphabetic}\p{Nd}"#, "blank": #"\p{Zs}\t"#, "xdigit": #"\p{Nd}\p{Hex_Digit}"#,
        "graph": #"\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}\p{Co}"#, "print": #"\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}\p{Co}\p{Zs}"#,
        "word": #"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}"#,
        "L&": #"\p{L&}"#, "Xan": #"\p{Xan}"#, "Xsp": #"\p{Xsp}"#, "Xps": #"\p{Xps}"#, "Xwd": #"\p{Xwd}"#,
    ]

    /// A property that ECMA-262 has under a name spelled otherwise, or a script without `Script=`.
    private static func spelledLoosely(_ name: String) -> String? {
        let parts = name.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let value = folded(parts.last ?? "")
        guard parts.count < 3, !value.isEmpty else { return nil }
        let key = parts.count == 2 ? folded(parts[0]) : ""
        if ["", "generalcategory", "gc", "category"].contains(key), let known = UnicodeProperties.folded[value] {
            return "\\p{\(known)}"
        }
        guard ["", "script", "sc"].contains(key), value.allSatisfy(\.isLetter) else { return nil }
        let script = "\\p{sc:\(value)}"
        do throws(PatternError) {
            try PatternSet.check(script)
            return script
        } catch {
            return nil
        }
    }

    /// Without case, spaces, hyphens and low lines.
    static func folded(_ name: some StringProtocol) -> String {
        name.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
    }

    private static func block(_ name: String, after prefix: String) -> String? {
        guard name.hasPrefix(prefix) else { return nil }
        return UnicodeBlocks.range(folded(name.dropFirst(prefix.count))).map {
            "\\x{\(String($0.lowerBound, radix: 16))}-\\x{\(String($0.upperBound, radix: 16))}"
        }
    }
}
