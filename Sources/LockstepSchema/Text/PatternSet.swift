import CLockstepPCRE2
import LockstepJSON
import Synchronization

/// Why a pattern cannot be run.
struct PatternError: Error {
    /// What is wrong, without the pattern and the place.
    var reason: String
    /// The Unicode scalar of the pattern at which it is wrong, from 0, where that is known.
    var offset: Int?
    /// Whether the pattern is right by ECMA-262, and only PCRE2 cannot run it.
    var isLimitOfPCRE2 = false
    /// Whether copies of what is repeated take more room than PCRE2 has.
    var isTooLarge = false
}

/// The compiled patterns of a program.
///
/// `@unchecked Sendable`: PCRE2 documents compiled code as read-only and safe to share between threads once compiled;
/// what a match writes to belongs to the matcher.
final class PatternSet: @unchecked Sendable {
    /// The patterns in PCRE2's syntax.
    let translated: [String]
    /// The patterns as schemas spell them, for messages.
    let sources: [String]
    let codes: [OpaquePointer]
    /// Automata of the simple patterns, one after the other, and where each pattern's is (-1 for none).
    let tables: [UInt8]
    let tableOffsets: [Int]
    private let matchers = Mutex<[PatternMatcher]>([])

    /// Compiles patterns that are known to compile.
    init(_ translated: [String], sources: [String]) throws(PatternError) {
        self.translated = translated
        self.sources = sources
        var codes: [OpaquePointer] = []
        for pattern in translated { codes.append(try Self.compile(pattern)) }
        self.codes = codes
        var tables: [UInt8] = []
        tableOffsets = sources.map { source in
            guard let table = Automaton.table(source), tables.count < Self.maximumTables else { return -1 }
            tables += table
            return tables.count - table.count
        }
        self.tables = tables
    }

    /// Bytes that the automata of one program may take.
    private static let maximumTables = 4 << 20

    deinit {
        for code in codes { pcre2_code_free_8(code) }
    }

    /// Throws when PCRE2 refuses a pattern.
    static func check(_ pattern: String) throws(PatternError) { pcre2_code_free_8(try compile(pattern)) }

    private static func compile(_ pattern: String) throws(PatternError) -> OpaquePointer {
        var options =
            UInt32(PCRE2_UTF) | UInt32(PCRE2_DOLLAR_ENDONLY) | UInt32(PCRE2_MATCH_UNSET_BACKREF)
            | UInt32(PCRE2_ALLOW_EMPTY_CLASS) | UInt32(PCRE2_NEVER_BACKSLASH_C) | UInt32(PCRE2_USE_OFFSET_LIMIT)
        // Optimisations of PCRE2 10.42 that lose matches of patterns with groups: it looks for the last character of
        // `(?=a)b?a` behind the first one; compiled code does not try `a+` again where it began later, in `(?:a|^)a+aa`;
        // and nothing is taken back from the `a+` of `a+(?>(?:bc)?)a`.
        if pattern.contains("(") { options |= UInt32(PCRE2_NO_START_OPTIMIZE) }
        if pattern.contains("(?>") { options |= UInt32(PCRE2_NO_AUTO_POSSESS) }
        var code: Int32 = 0
        var offset = 0
        let utf8 = Array(pattern.utf8)
        guard let compiled = pcre2_compile_8(utf8, utf8.count, options, &code, &offset, nil)
        else {
            throw PatternError(
                reason: message(code), isLimitOfPCRE2: limits.contains(code),
                isTooLarge: code == PCRE2_ERROR_PATTERN_TOO_LARGE)
        }
        // Without JIT (an architecture that PCRE2 has none for) the interpreter runs, with the same match limit.
        pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE))
        return compiled
    }

    /// A number or a pattern that is too large, a lookbehind of variable width or too long a one. Faults of the syntax are
    /// found first.
    private static let limits: Set<Int32> = [
        PCRE2_ERROR_QUANTIFIER_TOO_BIG, PCRE2_ERROR_PATTERN_TOO_LARGE, PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH,
        PCRE2_ERROR_PATTERN_TOO_COMPLICATED, PCRE2_ERROR_LOOKBEHIND_TOO_LONG,
    ]

    /// What PCRE2 says in words that need no knowledge of it; its own for what the translation rules out.
    private static func message(_ code: Int32) -> String {
        switch code {
        case PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH:
            return "a look-behind that may match texts of different lengths, which PCRE2 cannot run"
        case PCRE2_ERROR_LOOKBEHIND_TOO_LONG: return "a look-behind that is longer than PCRE2 can run"
        case PCRE2_ERROR_PATTERN_TOO_LARGE: return "more repetitions and characters than PCRE2 can run"
        case PCRE2_ERROR_PATTERN_TOO_COMPLICATED: return "more nested look-behinds than PCRE2 can run"
        case PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP: return "groups inside of groups, more than 250 deep"
        case PCRE2_ERROR_CLASS_RANGE_ORDER: return "a range in a character class that ends before it begins"
        default: return "PCRE2 says: \(text(of: code))"
        }
    }

    private static func text(of code: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(code, &buffer, buffer.count)
        return length > 0 ? String(decoding: buffer[..<Int(length)], as: UTF8.self) : "error \(code)"
    }

    /// A matcher to use until `giveBack`.
    func takeMatcher() -> PatternMatcher { matchers.withLock { $0.popLast() } ?? PatternMatcher() }

    func giveBack(_ matcher: PatternMatcher) {
        matchers.withLock { if $0.count < 64 { $0.append(matcher) } }
    }
}
