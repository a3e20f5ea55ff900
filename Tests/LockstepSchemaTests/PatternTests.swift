import LockstepJSON
import LockstepSchema
import Testing

@Suite struct PatternTests {
    private func matcher(_ pattern: String) throws -> (String) -> Bool {
        let entry = try SchemaCompiler.validator(for: ["pattern": .string(pattern)])
        return { entry.validate(JSONDocument(.string($0))).isValid }
    }

    /// An empty look-ahead changes nothing but keeps a pattern from the automaton.
    @Test(arguments: [
        "^[A-Z]{3}$", "^[0-9]{1,8}(\\.[0-9]{1,2})?$", "^20[0-9]{2}-(0[1-9]|1[0-2])$", "ab+c", "^a", "a$", "", "^$",
        "a|b",
        "^(a|bc)*d?$", "^(?:ab){2,3}$", "[abc]{2,}", "^\\w+@\\w+\\.\\w{2,}$", "^[a-z0-9-]+$", "^(a*)*$", "^a??b$",
        "\\.", "^-?\\d+$",
    ])
    func `the automaton finds what PCRE2 finds`(_ pattern: String) throws {
        let quick = try matcher(pattern)
        let slow = try matcher("(?=)" + pattern)
        var random = SplitMix(seed: 7)
        let alphabet = Array("abcdABC019.-@_ é\n")
        for _ in 0..<400 {
            let text = String(
                (0..<Int(random.next() % 9)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
            #expect(quick(text) == slow(text), "\(pattern) on \(text)")
        }
        for text in ["EUR", "12.5", "2029-08", "ababab", "abbbc", "x@y.zz", "123", "b"] {
            #expect(quick(text) == slow(text), "\(pattern) on \(text)")
        }
    }

    private static let endlessPattern = "^(?=)(([a-z])+.)+[A-Z]([a-z])+$"
    private static let endless: JSONValue = ["pattern": .string(endlessPattern)]

    @Test(
        arguments: [
            Self.endless, ["not": Self.endless], ["if": Self.endless, "then": false],
            ["if": Self.endless, "else": true],
            ["anyOf": [Self.endless, true]], ["not": ["not": Self.endless]],
        ] as [JSONValue])
    func `a text that would take for ever is refused, whatever is asked about it`(_ schema: JSONValue) throws {
        let entry = try SchemaCompiler.validator(for: schema)
        let text = JSONValue.string(String(repeating: "a", count: 2_000))
        #expect(entry.validate(JSONDocument(text)).failures.map(\.keyword).contains("limit"))
    }

    @Test(arguments: ["patternProperties", "propertyNames"])
    func `a name that would take for ever is refused, whoever looks at it`(_ keyword: String) throws {
        let schema: JSONValue =
            keyword == "propertyNames" ? [keyword: ["not": Self.endless]] : [keyword: [Self.endlessPattern: false]]
        let entry = try SchemaCompiler.validator(for: schema)
        #expect(entry.validate(JSONDocument(["b": 1])).isValid)
        let name = String(repeating: "a", count: 2_000)
        let failures = entry.validate(JSONDocument([name: 1])).failures
        #expect(failures.map(\.keyword) == [keyword == "propertyNames" ? keyword : "limit"])
        #expect(failures.allSatisfy { $0.pointer.hasPrefix("/aaa") })
    }

    @Test func `a repeated group is found in a long text`() throws {
        let matches = try matcher("^(?=a)(?:ab|ac)*$")
        let text = String(repeating: "abac", count: 5_000)
        #expect(matches(text) && !matches(text + "b"))
    }

    @Test(arguments: [1, 31, 32, 33, 100])
    func `a pattern looks at the whole of a text, however long`(_ length: Int) throws {
        let whole = try matcher("^[a-z]+$")
        let part = try matcher("[0-9]x")
        let text = String(repeating: "x", count: length)
        #expect(whole(text) && !part(text))
        for place in 0..<length {
            var bytes = Array(text.utf8)
            bytes[place] = UInt8(ascii: "7")
            let other = String(decoding: bytes, as: UTF8.self)
            #expect(!whole(other) && part(other) == (place < length - 1))
        }
    }

    @Test(arguments: [
        "(", "[a", "a**", "\\", "(?<=a+)b", "\\p{Nonsense}", "a(?U)b", "(?L)a", "a+++", "(*UTF)a", "a{2,1}", ")", "a)b",
        "a{2}++", "a?+*", "(?|a|b)", "(?#a", "(?R", "(?(1)a)", "^*", "\\b?", "(?<!a)?", "|*", "a*?*", "(?i-i:a)",
        "(?-:a)",
        "\\p{L&&}", "\\p{sc=Foo}", "\\p{Script=Klingon}", "\\2(a)", "(a)\\k<b>", "(?<a>x)|(?<a>y)", "\\p{IsFoo}",
        "[a-\\p{L}", "\\p\\{L", "\\pX",
    ])
    func `what ECMA-262 or PCRE2 has not is an error of the schema`(_ pattern: String) {
        #expect(throws: SchemaCompileError.self) { try matcher(pattern) }
    }

    @Test(arguments: [
        ("^\\_\\:\\a$", "_:a", "\\_\\:\\a"), ("^[\\_\\:]+$", "_:", "\\"), ("^\\x$", "x", "\\x"),
        ("^\\u12$", "u12", "12"), ("^\\c!$", "\\c!", "c!"), ("^\\07[\\101]$", "\u{7}A", "07A"),
        ("(?i)^ab$", "AB", "aC"),
        ("(?s)^a.b$", "a\nb", "a\n"), ("(?P<year>\\d)\\k<year>", "11", "12"), ("\\Aab\\Z", "ab", "ab\n"),
        ("^\\é$", "é", "e"), ("^a\\-b$", "a-b", "ab"), ("^{a}$", "{a}", "a"), ("^a{,2}$", "a{,2}", "aa"),
        ("^[\\w-.]+$", "a-.", "+"), ("^[.-\\d]+$", ".-1", "/"), ("^(?=a)*b$", "b", "ab"), ("^]$", "]", "a"),
    ])
    func `what Annex B or another dialect allows is read with a warning`(
        _ pattern: String, _ match: String, _ other: String
    ) throws {
        let compiler = SchemaCompiler(resources: ["schema:": ["pattern": .string(pattern)]])
        var warnings: [SchemaDiagnostic] = []
        let program = try compiler.compile([.init(name: "a", schema: "schema:")], warnings: &warnings)
        let entry = try #require(program.entry("a"))
        #expect(entry.validate(JSONDocument(.string(match))).isValid)
        #expect(!entry.validate(JSONDocument(.string(other))).isValid)
        #expect(!warnings.isEmpty && warnings.allSatisfy { $0.pointer == "/pattern" })
    }

    /// Each with a text that it finds and one that it does not, as V8 answers with the flag `u`.
    @Test(arguments: [
        ("^[]*a$", "a", "b"), ("^[^]{2}$", "\n\u{2028}", "a"), ("^(?![]{0,2})", "", ""), ("^[--/]+$", "-./", "0"),
        ("^[a-c-e]+$", "c-e", "d"), ("^[\\w-]+$", "a-b", "a+b"), ("^[[(]+$", "[(", "]"), ("^[^\\W]+$", "a_0", "-"),
        ("^[\\D]$", "é", "0"), ("^[\\S]$", "é", "\u{feff}"), ("^.$", "é", "\u{2029}"), ("^[\\b]$", "\u{8}", "b"),
        ("a$", "a", "a\n"), ("^\\cJ\\x41\\u0042\\u{43}$", "\nABC", "ABC"), ("^\\p{Script=Greek}+$", "αβ", "ab"),
        ("^\\P{Lu}$", "a", "A"), ("^\\p{Assigned}$", "a", "\u{378}"), ("^\\p{gc=Decimal_Number}$", "٣", "x"),
        ("^\u{1F600}{2}$", "\u{1F600}\u{1F600}", "\u{1F600}"), ("^\\uD83D\\uDE00$", "\u{1F600}", "x"),
        ("(?<=\\$)\\d", "$1", "1"), ("(?<!\\$|€)\\d", "1", "€1"), ("^(?<a>.)\\k<a>$", "aa", "ab"),
        ("^\\1{2}(a)$", "a", "aa"), ("^(a)?\\1+b$", "b", "ab"), ("^(?:(a)\\1)+$", "aaaa", "aaa"),
        ("\\bé", "xé", "é"), ("^(a*)*$", "aaa", "b"), ("^a{0}b$", "b", "ab"), ("^\\0$", "\0", "0"),
        ("(?=a)c?a", "a", "c"), ("(?:a|^)a+aa", "aaa", "aa"), ("(?=a)(b{0,2}bb??)*?a", "ab", "b"),
        ("(?=b)(?:.*?(?<=ab))?b+?", "b", "a"),
    ])
    func `a pattern finds what ECMA-262 says`(_ pattern: String, _ match: String, _ other: String) throws {
        let matches = try matcher(pattern)
        if !match.isEmpty { #expect(matches(match)) }
        #expect(!matches(other) || other.isEmpty)
    }

    @Test(arguments: [
        ("^[a-z", "a character class without its ], at character 2: '[a-z'"),
        ("x(a|(b)", "a ( without its ), at character 2: '(a|(b)'"),
        ("é)", "a ) that closes nothing, at character 2: ')'"),
        ("a{3,2}", "a repetition whose most is less than its least, at character 2: '{3,2}'"),
        ("[a-z9-0]", "a range that ends before it begins, at character 5: '9-0]'"),
        ("[\\u0042-\\x41]", "a range that ends before it begins, at character 2: '\\u0042-\\x41]'"),
        ("a\\p{Foo}b", "\\p{Foo} is no property that is known, at character 2: '\\p{Foo}b'"),
        ("(a)\\k<b>", "a reference to a group that does not exist, at character 4: '\\k<b>'"),
        ("(?<a>x)(?<a>y)", "a second group of the same name, at character 8: '(?<a>y)'"),
        ("^\\p\\{L\\}\\{3,2\\}$", "a repetition whose most is less than its least, at character 10: '{3,2\\}$'"),
        ("(?<=a+)b", "a look-behind that may match texts of different lengths, which PCRE2 cannot run"),
        ("(?<1>a)", "a group name that begins with a digit, at character 1: '(?<1>a)'"),
        ("abcdefghijklmnop**qrstuvwxyz", "nothing to repeat before *, at character 18: '*qrstuvwxyz'"),
    ])
    func `a wrong pattern is shown with what is wrong and where`(_ pattern: String, _ fault: String) throws {
        let error = try #require(throws: SchemaCompileError.self) { try matcher(pattern) }
        #expect(error.diagnostics.map(\.message) == ["the pattern '\(pattern)' cannot be run: \(fault)"])
    }

    @Test(arguments: [
        "^(?:(a)|b)*\\1$", "^(?:\\1(a))*$", "^(a\\1)*$", "^(?:(?<x>a)?b)+\\k<x>$",
    ])
    func `a reference that PCRE2 would read otherwise is refused, and stays a valid regex`(_ pattern: String) throws {
        #expect(throws: SchemaCompileError.self) { try matcher(pattern) }
        let regex = try SchemaCompiler.validator(for: ["format": "regex"])
        #expect(regex.validate(JSONDocument(.string(pattern))).isValid)
    }

    @Test(arguments: [
        "\\-", "\\\"", "a{,2}", "{", "}", "]", "[\\d-z]", "(?=a)*", "\\_", "(?P<a>b)", "\\A", "\\07",
    ])
    func `format regex takes ECMA-262 alone`(_ pattern: String) throws {
        let regex = try SchemaCompiler.validator(for: ["format": "regex"])
        #expect(!regex.validate(JSONDocument(.string(pattern))).isValid)
        #expect(throws: Never.self) { try matcher(pattern) }
    }

    @Test func `a pattern of ECMA-262 gives no warning`() throws {
        let pattern = #"^(?<a>[\w.-]+)\/\k<a>(?i:x)\u{1F600}\cA\0$"#
        var warnings: [SchemaDiagnostic] = []
        let compiler = SchemaCompiler(resources: ["schema:": ["pattern": .string(pattern)]])
        let program = try compiler.compile([.init(name: "a", schema: "schema:")], warnings: &warnings)
        #expect(warnings.isEmpty)
        let text = "p/pX\u{1F600}\u{1}\0"
        #expect(program.entry("a")?.validate(JSONDocument(.string(text))).isValid == true)
    }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
        return z ^ z >> 31
    }
}
