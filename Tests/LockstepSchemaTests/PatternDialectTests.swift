import LockstepJSON
import LockstepSchema
import Testing

/// A pattern of another dialect, texts that it finds and others, and the construct that the warning names.
struct DialectCase: Sendable, CustomStringConvertible {
    var pattern: String
    var found: [String]
    var others: [String]
    var warning: String

    init(_ pattern: String, _ found: [String], _ others: [String], _ warning: String) {
        (self.pattern, self.found, self.others, self.warning) = (pattern, found, others, warning)
    }

    var description: String { pattern }
}

@Suite struct PatternDialectTests {
    private func check(_ dialect: DialectCase) throws {
        let (entry, warnings) = try compile(dialect.pattern)
        for text in dialect.found { #expect(entry.validate(JSONDocument(.string(text))).isValid, "\(text)") }
        for text in dialect.others { #expect(!entry.validate(JSONDocument(.string(text))).isValid, "\(text)") }
        #expect(warnings.count == 1, "\(warnings)")
        #expect(warnings.first?.contains(dialect.warning) == true, "\(warnings)")
    }

    private func compile(_ pattern: String) throws -> (ValidatorEntry, [String]) {
        let compiler = SchemaCompiler(resources: ["schema:": ["pattern": .string(pattern)]])
        var warnings: [SchemaDiagnostic] = []
        let program = try compiler.compile([.init(name: "a", schema: "schema:")], warnings: &warnings)
        // As generated code has it.
        let loaded = try ValidatorProgram(serialized: program.serialized())
        return (try #require(loaded.entry("a")), warnings.map(\.message))
    }

    @Test(arguments: [
        DialectCase("^\\p{Alnum}+$", ["aZ9"], ["é", "_"], "read as [a-zA-Z0-9]"),
        DialectCase("^\\p{Digit}\\p{Alpha}$", ["1a"], ["٣a", "1é"], "\\p{Alpha} is beside classes of Java"),
        DialectCase("^[\\p{Upper}\\p{Digit}_]+$", ["A_1"], ["a", "É"], "read as [A-Z]"),
        DialectCase("^\\p{Lower}\\p{XDigit}$", ["af", "zA"], ["ag", "éa"], "read as [0-9a-fA-F]"),
        DialectCase("^\\p{Punct}{32}$", ["!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"], [""], "\\p{Punct} is no property"),
        DialectCase("^\\P{Punct}+$", ["a é"], ["-", "a]"], "read as all but ["),
        DialectCase("^[^\\p{Graph}]+$", [" é\t"], ["a", "~"], "read as [!-~]"),
        DialectCase("^[\\P{Graph}x]+$", ["é x"], ["y"], "\\P{Graph} is no property"),
        DialectCase("^\\p{Print}*$", ["a ~", ""], ["\t", "é"], "read as [\\u{20}-~]"),
        DialectCase("^\\p{Blank}\\p{Space}$", [" \u{b}", "\t\r"], ["\n ", " \u{a0}"], "\\p{Blank} is no property"),
        DialectCase("^\\p{Cntrl}$", ["\u{7f}", "\0"], ["\u{85}", " "], "\\p{Cntrl}"),
        DialectCase("^[\\p{all}]$", ["a", "\n", "\u{1F600}"], [""], "\\p{all}"),
        DialectCase("^\\p{LD}$", ["é", "٣"], ["_", "Ⅷ"], "read as [\\p{L}\\p{Nd}]"),
        DialectCase("^\\p{IsLetter}$", ["é"], ["1"], "read as \\p{L}"),
        DialectCase("^\\p{IsAlphabetic}\\p{IsLatin}$", ["éa"], ["éα"], "\\p{IsLatin}"),
        DialectCase("^\\p{IsDigit}\\P{IsPunctuation}$", ["٣a"], ["aa", "1."], "\\p{IsDigit}"),
        DialectCase("^\\p{IsBasicLatin}+$", ["a~\n"], ["é"], "read as [\\u{0}-\\u{7f}]"),
        DialectCase("^\\p{InGreek}\\p{IsLatin-1Supplement}$", ["αé"], ["aé", "αa"], "\\p{InGreek}"),
        DialectCase("^\\p{javaLetterOrDigit}\\p{javaWhitespace}$", ["a\n"], ["_ ", "a\u{a0}"], "\\p{javaWhitespace}"),
        DialectCase("^\\p{Greek}\\p{L&}$", ["αb"], ["aa", "α1"], "read as \\p{Script=Greek}"),
        DialectCase("^\\p{sc=greek}\\p{lowercase letter}$", ["αb"], ["ab", "αB"], "\\p{sc=greek}"),
        DialectCase("^\\p{alnum}\\p{^Lu}$", ["éa"], ["_a", "aA"], "\\p{^Lu}"),
        DialectCase("^[\\w\\pL\\PN]\\pN$", ["é1", "-1"], ["éa", "٣a"], "ECMA-262 has no \\pL, read as \\p{L}"),
        DialectCase("^(\\p\\{L\\})+$", ["éa"], ["1", ""], "ECMA-262 has no \\p\\{L\\}, read as \\p{L}"),
    ])
    func `properties of other dialects mean what they mean there`(_ dialect: DialectCase) throws { try check(dialect) }

    @Test(arguments: [
        DialectCase("^[[:alpha:]]+$", ["aZ"], ["é", "1", ":"], "[:alpha:], read as [a-zA-Z]"),
        DialectCase("^[[:^digit:]_]$", ["a", "_"], ["1"], "[:digit:]"),
        DialectCase("^[^[:space:][:punct:]]+$", ["aé1"], [" ", "a."], "[:punct:]"),
        DialectCase("^\\[[[:alnum:]\\/_]+\\]$", ["[a/_]"], ["[a]]", "[:]"], "[:alnum:]"),
        DialectCase("^[[:word:].-]+$", ["a_.-"], ["+"], "[:word:]"),
        DialectCase("^[\\p{Print}&&[^|:/]]+$", ["a b"], ["a|", "é", "&:"], "read as Java's intersection"),
        DialectCase("^[a-z&&[^b-d]&&[^x]]$", ["a", "y"], ["b", "x", "&", "A"], "no && in a class"),
        DialectCase("^[a-d[x-z]&&[^c]]$", ["a", "z"], ["c", "w", "["], "Java's union"),
        DialectCase("^[^a-z&&[^b]]$", ["b", "A"], ["a", "z"], "Java's intersection"),
        DialectCase("^[a-z&&[def]]{2}$", ["de"], ["da", "d"], "Java's intersection"),
        DialectCase("^[a-z-[aeiou]]+$", ["bcd"], ["bad", "-"], "subtract a class"),
    ])
    func `classes of other dialects mean what they mean there`(_ dialect: DialectCase) throws { try check(dialect) }

    @Test(arguments: [
        DialectCase("^a++b$", ["aab"], ["b"], "possessive"),
        DialectCase("^[a-z]*+z$", [], ["abz"], "possessive"),
        DialectCase("^a{1,2}+ab?+$", ["aaa"], ["a", "aa"], "possessive"),
        DialectCase("a+(?:bc)?+a", ["aa", "abca"], ["a"], "possessive"),
        DialectCase("^(?>ab|a)c$", ["abc", "ac"], ["aabc"], "atomic"),
        DialectCase("^(?>a|ab)c$", ["ac"], ["abc"], "atomic"),
        DialectCase("^a(?#the letter)b$", ["ab"], ["a(b"], "comments"),
        DialectCase("^a(?i)b$", ["ab", "aB"], ["Ab"], "(?i)"),
        DialectCase("^(?:(?i)a)b$", ["Ab"], ["aB"], "(?i)"),
        DialectCase("^(?!(?i)aws:).+$", ["aw"], ["AwS:x"], "(?i)"),
        DialectCase("(?m)^a$", ["b\na\nc", "a"], ["ba"], "(?m)"),
        DialectCase("(?is)^a.B$", ["A\nb"], ["a\n"], "(?is)"),
        DialectCase("(?x) ^ a b # the end\n $", ["ab"], ["a b"], "(?x)"),
        DialectCase("^(?'x'a|b)\\k'x'$", ["aa", "bb"], ["ab"], "(?'name')"),
        DialectCase("^(?P<x>a|b)(?P=x)$", ["aa"], ["ab"], "(?P=name)"),
        DialectCase("^(a|b)\\g{1}\\g{-1}$", ["aaa", "bbb"], ["aab"], "\\g"),
        DialectCase("^(a)?(?(1)b|c)$", ["ab", "c"], ["b", "ac"], "conditions"),
        DialectCase("^(\\((?:[^()]|(?1))*\\))$", ["(a(b)c)"], ["(a", "(a(b)"], "recursion"),
        DialectCase("^\\Qa.b\\E+$", ["a.b", "a.bb"], ["axb"], "\\Q…\\E"),
        DialectCase("^[\\Q^-]\\E]+$", ["^-]"], ["a"], "\\Q…\\E"),
        DialectCase("^\\h\\H$", ["\ta", " \n"], ["\na", "  "], "horizontal white space"),
        DialectCase("^a\\Rb$", ["a\r\nb", "a\u{2028}b"], ["ab", "a b"], "a line end"),
        DialectCase("^\\X$", ["e\u{301}"], ["ab"], "character with its marks"),
        DialectCase("^[\\x{61}-\\x{63}]\\U00000064$", ["bd"], ["xd", "}d"], "\\x{…}"),
        DialectCase("\\Ga\\z", ["a"], ["ba", "a\n"], "the start of the text"),
        DialectCase("^a\\b+$+", ["a"], ["ab"], "repeats no assertion"),
    ])
    func `other constructs mean what they mean where they come from`(_ dialect: DialectCase) throws {
        try check(dialect)
    }

    @Test(arguments: [
        DialectCase(
            "^\\([\\p\\{L\\}_.\\+\\-]*\\)$\\{1,128\\}", ["é.+-", ""], ["(é)", "1"], "basic regular expression"),
        DialectCase("^[a-z]*$\\{2,64\\}$", ["ab", ""], ["a1", "ab{2,64}"], "basic regular expression"),
        DialectCase("\\(\\?ms\\)^A\\(\\?-s:.*\\)$.*\\?^B$", ["A1\nx\nB"], ["A1B", "A\nC"], "escaped"),
        DialectCase("/^[a-z]+$/", ["ab"], ["/ab/", "A"], "slashes around the pattern"),
        DialectCase("/^a\\/b$/gi", ["A/b"], ["/A/b/gi"], "JavaScript's source"),
        DialectCase("^[^\\p\\{C\\}]*\\+$", ["ab", "a+"], ["a\n"], "basic regular expression"),
        DialectCase(
            "^\\(\\?!\\(\\?i\\)\\(arn\\|aws\\):\\)[\\p\\{L\\}\\p\\{P\\}]\\+$", ["arn", "é:"], ["ARN:x", "1", ""],
            "all but brackets is escaped"),
    ])
    func `a pattern that a converter has escaped is read as it was`(_ dialect: DialectCase) throws {
        try check(dialect)
    }

    @Test(arguments: [
        DialectCase(
            "^[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDBFF-\\uDC00\\uDFFF\\r\\n\\t]*$",
            ["a\n", "\u{1F600}\u{10FFFF}"],
            ["\u{1}", "\u{FFFE}"], "surrogate pairs in a class, read as [\\u{10000}-\\u{10ffff}]"),
        DialectCase("^[a\\uD800-\\uDBFF\\uDC00-\\uDFFF]+$", ["\u{1F600}a\u{10FFFF}"], ["-", "\u{e000}"], "in a class"),
        DialectCase(
            "^(?:[\\u0000-\\uD7FF]|[\\uD800-\\uDBFF][\\uDC00-\\uDFFF])+$", ["a\u{1F600}"], ["\u{e000}"],
            "halves of surrogate pairs, read as [\\u{10000}-\\u{10ffff}]"),
        DialectCase(
            "^\\uD83D[\\uDE00-\\uDE01]$", ["\u{1F600}", "\u{1F601}"], ["\u{1F602}"], "[\\u{1f600}-\\u{1f601}]"),
        DialectCase("^[\\uD83C\\uD83D]\\uDE00$", ["\u{1F600}", "\u{1F200}"], ["\u{1F601}"], "halves of surrogate"),
        DialectCase("^(?:a|\\uD83D)$", ["a"], ["\u{1F600}"], "read as what no text has"),
        DialectCase("^[a\\uD800]$", ["a"], ["\u{1F600}"], "read as what no text has"),
    ])
    func `halves of surrogate pairs are read as what they make`(_ dialect: DialectCase) throws { try check(dialect) }

    /// Each is ECMA-262: it has its meaning there, and a warning when nobody can mean that.
    @Test(arguments: [
        DialectCase("^[[:alpha:]$", [":", "["], ["b"], "[:alpha:] is no class"),
        DialectCase("^[:digit:]+$", ["dig:"], ["1"], "[:digit:] is no class"),
        DialectCase("^[\\w&&\\d]$", ["a", "&"], ["-"], "&& is no intersection"),
        DialectCase("^a$b$", [], ["a", "ab", "a$b"], "so that no text matches"),
        DialectCase("a^(b|c)", [], ["a", "ab", "a^b"], "asked for before ^"),
        DialectCase("(?:a$b|x(?:^c|^d)|.*x/^\\d{3}$/.*)", [], ["ab", "xc", "x/123/"], "so that no text matches"),
    ])
    func `nonsense that is ECMA-262 keeps its meaning`(_ dialect: DialectCase) throws { try check(dialect) }

    @Test(arguments: [
        ("^[\\u0020-\\uFFFF]$", "a", "\u{1F600}"), ("^[^\\uD800-\\uDFFF]$", "\u{1F600}", ""),
        ("^[\\uD800\\uDC00-\\uDBFF\\uDFFF]$", "\u{1F600}", "a"), ("^\\p{Upper}$", "É", "a"), ("^[a&&b]$", "b", "c"),
        ("^[[a-z]$", "[", "]"), ("^(?s:.)(?m:^a)$", "\na", "ba"), ("^(?i-s:A).$", "ab", "b"), ("^[--a]$", "a", "b"),
        ("^(?:a|^b$)$", "b", "ab"), ("(a|^)b", "b", "a"), ("a($|b)", "a", "b"), ("x*^a$y?", "a", "xay"),
        ("a$|$b", "a", "b"),
        ("/[a-z]+/", "/a/", "a"), ("(?=$)^", "", "a"), ("a\\{2\\}", "a{2}", "aa"), ("^$^", "", "a"),
        ("/x/i", "/x/i", "x"),
    ])
    func `ECMA-262 that looks like another dialect is what it is`(
        _ pattern: String, _ found: String, _ other: String
    ) throws {
        let (entry, warnings) = try compile(pattern)
        #expect(entry.validate(JSONDocument(.string(found))).isValid)
        #expect(!entry.validate(JSONDocument(.string(other))).isValid)
        #expect(warnings.isEmpty || pattern.contains("&&"), "\(warnings)")
    }

    @Test func `one warning tells all that a pattern has`() throws {
        let (_, warnings) = try compile("\\A[\\_\\:]\\p{Digit}a++\\z")
        let text =
            "\\_ and \\: are no escapes of ECMA-262, read as the characters themselves; "
            + "\\A is no escape of ECMA-262, read as the start of the text; "
            + "\\p{Digit} is no property of ECMA-262, read as [0-9]; "
            + "ECMA-262 has no possessive quantifiers such as a++, read as in Java and PCRE; "
            + "\\z is no escape of ECMA-262, read as the end of the text"
        #expect(warnings == [text])
    }
}
