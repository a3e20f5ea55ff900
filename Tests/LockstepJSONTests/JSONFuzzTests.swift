import Glibc
import LockstepJSON
import Testing

@Suite struct JSONFuzzTests {
    /// A value of some depth; every choice comes from the generator.
    private func value(_ random: inout SplitMix, _ depth: Int) -> JSONValue {
        switch random.next() % (depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .bool(random.next() % 2 == 0)
        case 2: return .number(["0", "-1", "12.50", "1e9", "-0.001", "9007199254740993"][Int(random.next() % 6)])
        case 3, 4: return .string(text(&random))
        case 5: return .array((0..<random.next() % 5).map { _ in value(&random, depth - 1) })
        default:
            return .object(
                (0..<random.next() % 20).map {
                    JSONMember(key: "\($0):" + text(&random), value: value(&random, depth - 1))
                })
        }
    }

    private func text(_ random: inout SplitMix) -> String {
        let alphabet = Array("abc \"\\/\u{08}\n\u{01}é漢😀\u{7f}0123456789")
        return String((0..<random.next() % 12).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] })
    }

    @Test func `what is written reads back the same, byte for byte the second time`() throws {
        var random = SplitMix(seed: 1 &+ fuzzSeed)
        for _ in 0..<500 {
            let value = value(&random, 4)
            let text = value.text
            let read = try JSONDocument.parse(text)
            #expect(read.value == value)
            #expect(read.value.text == text)
            #expect(JSONDocument(value).value == value)
        }
    }

    @Test func `no change of some bytes makes the parser fall over`() {
        var random = SplitMix(seed: 2 &+ fuzzSeed)
        var accepted = 0
        for round in 0..<5_000 {
            var bytes = Array(value(&random, 3).text.utf8)
            for _ in 0...(random.next() % 3) where !bytes.isEmpty {
                let index = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 4 {
                case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: index)
                case 2: bytes.insert(Array("{}[],:\"\\u0dtfn-1e.\u{80}".utf8)[Int(random.next() % 18)], at: index)
                default: bytes.removeSubrange(index...)
                }
            }
            guard let document = try? JSONDocument.parse(bytes) else { continue }
            accepted += 1
            // What is accepted is UTF-8 and means the same when it is written and read again.
            #expect(String(validating: bytes, as: UTF8.self) != nil, "round \(round)")
            let again = try? JSONDocument.parse(document.value.text)
            #expect(again?.value == document.value, "round \(round)")
        }
        #expect(accepted > 100)
    }
}

/// `LOCKSTEP_FUZZ_SEED`: long fuzzing runs the tests again and again with other seeds.
private let fuzzSeed = getenv("LOCKSTEP_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) } ?? 0

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
