import LockstepJSON
import LockstepSchema
import Testing

@Suite struct PatternRepetitionTests {
    private func matcher(_ pattern: String) throws -> (String) -> Bool {
        let compiler = SchemaCompiler(resources: ["schema:": ["pattern": .string(pattern)]])
        let program = try compiler.compile([.init(name: "a", schema: "schema:")])
        // As generated code has it.
        let entry = try #require(try ValidatorProgram(serialized: program.serialized()).entry("a"))
        return { entry.validate(JSONDocument(.string($0))).isValid }
    }

    @Test(arguments: [
        ("^.{65536}$", 65_536, 65_536), ("^.{0,65536}$", 0, 65_536), ("^.{70000,140001}$", 70_000, 140_001),
        ("^.{70000,140001}?$", 70_000, 140_001), ("^[^é\\n]{1,262144}$", 1, 262_144), ("^x{3,131070}$", 3, 131_070),
        ("^(x|é|[a-z]){2,65537}$", 2, 65_537), ("^\\p{L}{0,131072}+$", 0, 131_072), ("^(?:xx?x){0,100}$", 0, 300),
        ("^.{1,2097152}$", 1, 2_097_152), ("^(?=x).{1,2097152}$", 1, 2_097_152),
    ])
    func `characters are counted beyond what PCRE2 counts`(_ pattern: String, _ least: Int, _ most: Int) throws {
        let matches = try matcher(pattern)
        for (count, isFound) in [(least - 1, false), (least, true), (most, true), (most + 1, false)] where count >= 0 {
            let isMatch = matches(String(repeating: "x", count: count))
            #expect(isMatch == isFound, "\(count)")
        }
        let half = (least + most) / 2
        let isMatch = matches(String(repeating: "x", count: half))
        let isOther = matches(String(repeating: "x", count: half - 1) + "\n")
        #expect(isMatch && !isOther)
    }

    @Test(arguments: [
        ("^.{3,70000}", "abc", "ab"), ("^.{3,9999999999}$", "abc", "ab"), ("^[a-z]{2147483647}$", "", "a"),
        ("^a(?:.{0,70000}b)?$", "axb", "ax"), ("^(?=(.{0,70000}))x", "x", "a"),
    ])
    func `bounds that no text reaches bound nothing`(_ pattern: String, _ found: String, _ other: String) throws {
        let matches = try matcher(pattern)
        #expect(found.isEmpty || matches(found))
        #expect(!matches(other))
    }

    @Test(arguments: [
        ("^([a-z]|\\{year\\}|\\{config\\-name\\}|\\{s3\\-config-id\\}|\\{satellite_id\\}){1,900}$", "{year}", 900),
        ("^(?:ab|cd|[e-z]f){2,5000}$", "ab", 5_000), ("^(?i)(?:(?:ab|c\\w){2}x){1,2000}$", "aBcdX", 2_000),
        ("^(?:ab|cd){1,4000}?$", "ab", 4_000),
    ])
    func `groups are counted beyond what PCRE2 has room for`(_ pattern: String, _ part: String, _ most: Int) throws {
        let matches = try matcher(pattern)
        let answers = [2, most, most + 1].map { matches(String(repeating: part, count: $0)) }
        #expect(answers == [true, true, false])
        #expect(!matches("") && !matches(part + part + "!"))
    }

    @Test(arguments: [
        "^(a|[b-d])+$", "^(?:[^x]|\\d)*$", "^((a|\\w)|[é-ü])+$", "^(.|\\n)*$", "^(\\s|\\S)+$", "^(|a|b)+$",
    ])
    func `alternatives of one character are a class`(_ pattern: String) throws {
        let (quick, slow) = (try matcher(pattern), try matcher(pattern + "|(?=)(x)\\1{9}y"))
        var random = SplitMix(seed: 3)
        let alphabet = Array("abdéx1\n ")
        for _ in 0..<300 {
            let text = String(
                (0..<Int(random.next() % 5)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
            #expect(quick(text) == slow(text), "\(text)")
        }
    }

    @Test func `alternatives of one character are found in a text of any length`() throws {
        let matches = try matcher("^(?=)([a-z]|\\.|é)*$")
        let text = String(repeating: "a.é", count: 300_000)
        let answers = [matches(text), matches(text + "!")]
        #expect(answers == [true, false])
    }

    @Test(arguments: [
        "(?=.*[A-Z])(?=.*\\d).{8,}$", "(.*é)?[A-Z]", "(?:\\s|[a-z])*[A-Z]", "\\S+@\\S+é", "\\b.*[A-Z]\\b",
    ])
    func `a text of a megabyte is gone through in bounded time`(_ pattern: String) throws {
        let matches = try matcher(pattern)
        let text = String(repeating: "a", count: 1 << 20)
        let clock = ContinuousClock()
        let isFound = { matches(text) }
        var answer = true
        let time = clock.measure { answer = isFound() }
        #expect(!answer && time < .seconds(20))
    }

    @Test(arguments: ["(?=\\wé)é?bé", "\\bbé\\B", "bé$", "é+x|[a-z]é(?!b)"])
    func `a pattern is found at every place of a text`(_ pattern: String) throws {
        let matches = try matcher(pattern)
        for count in [0, 1, 500, 1_022, 1_023, 1_024, 1_025, 3_000, 70_000] {
            for filling in ["a ", "ü "] {
                let text = String(repeating: filling, count: count)
                #expect(matches(text + "bé") && !matches(text), "\(count)")
            }
        }
    }
}
