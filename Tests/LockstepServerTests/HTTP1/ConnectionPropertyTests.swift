import Glibc
import LockstepRuntime
import Testing

@testable import LockstepServer

/// A small seeded generator, so that a failing case can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// `LOCKSTEP_FUZZ_SEED`: long fuzzing runs the tests again and again with other seeds.
private let fuzzSeed = getenv("LOCKSTEP_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) } ?? 0

/// Nanoseconds of CPU that the calling thread has used.
private func cpuTime() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

private let samples: [String] = [
    helloRequest,
    "\r\n" + helloRequest + helloRequest,
    "POST /b HTTP/1.1\r\nHost: [::1]:80\r\nContent-Length: 11\r\nX: \t y \r\n\r\nhello world" + helloRequest,
    "PUT /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\\\"\"\r\nhello\r\n6\r\n world\r\n0\r\nT: x\r\n\r\n"
        + helloRequest,
    "GET http://a/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nrest",
    "POST / HTTP/1.0\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nab" + helloRequest,
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc" + helloRequest,
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r0\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX\rY: z\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
    "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: a\r\nX: a\u{1}b\r\n\r\n",
]

@Suite("HTTP/1.1 connection: any input, cut anyhow") struct ConnectionPropertyTests {
    private func configure(_ configuration: inout HTTP1Configuration) {
        configuration.maximumWholeBodyBytes = 8
        configuration.maximumHeadBytes = 300
        configuration.maximumRequestLineBytes = 100
        configuration.maximumPipelinedBytes = 64
    }

    @Test(arguments: samples) func everyCutGivesTheSameResult(_ sample: String) {
        let input = Array(sample.utf8)
        let whole = RecordedExchange(input, thenEnd: true, configure)
        for cut in 0...input.count {
            let parts = RecordedExchange(input, cutAt: [cut], thenEnd: true, configure)
            #expect(parts == whole, "cut at \(cut)")
        }
        let bytes = RecordedExchange(input, cutAt: Array(0...input.count), thenEnd: true, configure)
        #expect(bytes == whole, "byte by byte")
    }

    @Test(arguments: 0..<40) func mutatedInputNeverCrashesAndIsReadTheSameHoweverItIsCut(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed) &+ fuzzSeed &* 40)
        for _ in 0..<100 {
            var input = Array(samples.randomElement(using: &random)!.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&input, &random) }
            let whole = RecordedExchange(input, thenEnd: true, configure)
            let cuts = (0..<3).map { _ in Int.random(in: 0...input.count, using: &random) }.sorted()
            let parts = RecordedExchange(input, cutAt: cuts, thenEnd: true, configure)
            #expect(parts == whole, "\(String(decoding: input, as: UTF8.self).debugDescription) cut at \(cuts)")
        }
    }

    private func mutate(_ input: inout [UInt8], _ random: inout SeededGenerator) {
        guard !input.isEmpty else { return }
        let position = Int.random(in: 0..<input.count, using: &random)
        let interesting = Array("\r\n\t :;,=\"0aF\u{0}\u{7F}%/*".utf8) + [0xFF]
        switch Int.random(in: 0..<5, using: &random) {
        case 0: input[position] = interesting.randomElement(using: &random)!
        case 1: input.insert(interesting.randomElement(using: &random)!, at: position)
        case 2: input.remove(at: position)
        case 3: input.insert(contentsOf: input[position...].prefix(20), at: position)
        default: input.removeSubrange(position..<min(input.count, position + 10))
        }
    }

    @Test func whatTheWireLooksLikeIsWhatAnotherReaderSees() {
        // Responses parse back: status lines and lengths of three pipelined answers follow each other without a gap.
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest + helloRequest)
        _ = script.respond(text: "one")
        _ = script.respond(text: "three")
        #expect(
            script.written() == "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none"
                + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nthree")
    }

    @Test func trickledBytesCostLinearTime() {
        // Bytes looked at are not counted directly; a quadratic reader would need 256 times the work of the short input,
        // a linear one 16 times. CPU time of this thread, because the machine may be busy.
        func trickle(_ length: Int) -> Int {
            let head = "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "a", count: length)
            let start = cpuTime()
            var script = ConnectionTranscript {
                $0.maximumHeadBytes = 1 << 20
                $0.maximumPipelinedBytes = 1 << 20
            }
            for byte in head.utf8 { script.connection.receive([byte].span, now: 1) }
            return cpuTime() - start
        }
        _ = trickle(1000)
        let short = (0..<3).map { _ in trickle(4_000) }.min()!
        let long = (0..<3).map { _ in trickle(64_000) }.min()!
        #expect(long < short * 100, "\(short) ns for 4,000 bytes, \(long) for 64,000")
    }

    @Test func datesAreRight() {
        let known: [(Int64, String)] = [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (1_795_248_000, "Sat, 21 Nov 2026 08:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        ]
        for (seconds, text) in known {
            #expect(HTTPDate(unixSeconds: seconds).line == Array("Date: \(text)\r\n".utf8), "\(seconds)")
        }
    }
}
