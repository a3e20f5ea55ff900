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

    @Test func `a pattern that would take for ever is no match`() throws {
        let matches = try matcher("^(?=)(([a-z])+.)+[A-Z]([a-z])+$")
        #expect(!matches(String(repeating: "a", count: 2_000)))
    }

    @Test(arguments: ["(", "[a", "a**", "\\", "(?<=a+)b", "\\p{Nonsense}", "(?i)a", "(*UTF)a", "a{2,1}"])
    func `what ECMA-262 or PCRE2 has not is an error of the schema`(_ pattern: String) {
        #expect(throws: SchemaCompileError.self) { try matcher(pattern) }
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
