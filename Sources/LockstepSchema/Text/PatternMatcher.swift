import CLockstepPCRE2
import Glibc
import LockstepJSON

/// What matching needs beside the code, for one thread at a time.
///
/// Two limits bound a match. PCRE2 counts the steps from one place on, so that `(a+)+b` ends. It counts anew at each place,
/// and does not count what `.*` runs over, so that a long text would take time by its square; for that the places are gone
/// through in portions, and after each the time is looked at.
///
/// `@unchecked Sendable`: it goes from one user to the next through the set's lock, never to two at once.
final class PatternMatcher: @unchecked Sendable {
    private let data: OpaquePointer?
    private let context: OpaquePointer?
    /// Where compiled code keeps what it may come back to. The 32 KiB that it has of itself end `(ab|c)*` after some
    /// thousand characters, as if nothing matched.
    private let stack: OpaquePointer?
    private static let firstStack = 32 << 10
    private static let maximumStack = 1 << 20
    /// Steps that a match from one place may take: well below a millisecond for the worst pattern.
    private static let limit: UInt32 = 100_000
    /// Nanoseconds of processor time for one match, and for each byte of the text.
    private static let time = (base: 50_000_000, perByte: 100)

    init() {
        data = pcre2_match_data_create_8(1, nil)
        context = pcre2_match_context_create_8(nil)
        stack = pcre2_jit_stack_create_8(Self.firstStack, Self.maximumStack, nil)
        if let context {
            if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
            pcre2_set_match_limit_8(context, Self.limit)
            pcre2_set_depth_limit_8(context, 1_000)
            pcre2_set_heap_limit_8(context, 1_024)
        }
    }

    deinit {
        pcre2_match_data_free_8(data)
        pcre2_match_context_free_8(context)
        pcre2_jit_stack_free_8(stack)
    }

    /// Whether a pattern is found in a range that is known to be UTF-8; nil when that takes too long to tell.
    func matches(_ code: OpaquePointer, _ bytes: ByteView, _ start: Int, _ length: Int) -> Bool? {
        guard let data, let context else { return nil }
        // Fewer places the longer the text is: from each of them all of it may be run over.
        let portion = length < 1_024 ? 1_024 : max(8, (1 << 26) / ((1 << 16) + length))
        return bytes.withPointer(start, length) { text in
            var place = 0
            var deadline = 0
            while true {
                pcre2_set_offset_limit_8(context, place + portion - 1)
                let result = pcre2_match_8(code, text, length, place, UInt32(PCRE2_NO_UTF_CHECK), data, context)
                if result >= 0 { return true }
                // A limit, or no memory.
                guard result == PCRE2_ERROR_NOMATCH else { return nil }
                if place == 0, portion <= length, Self.isAnchored(code) { return false }
                place += portion
                while place < length, text[place] & 0xc0 == 0x80 { place += 1 }
                guard place <= length else { return false }
                let now = Self.processorTime()
                if deadline == 0 { deadline = now + Self.time.base + Self.time.perByte * length }
                guard now < deadline else { return nil }
            }
        }
    }

    /// Whether a pattern is found at the start of a text alone, as PCRE2 knows.
    private static func isAnchored(_ code: OpaquePointer) -> Bool {
        var options: UInt32 = 0
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_ALLOPTIONS), &options)
        return options & UInt32(PCRE2_ANCHORED) != 0
    }

    /// Nanoseconds that this thread has had: what others do on the machine ends no match.
    private static func processorTime() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
