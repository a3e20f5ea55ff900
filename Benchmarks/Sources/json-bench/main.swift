import Foundation
import LockstepRuntime

// Decode + validate, then encode, of a payment of about 300 bytes, held against Foundation in the same run.
// Prints nanoseconds of CPU time per operation and the ratio; ends with 1 below the goal of 8.

let text = #"""
    {"id":"5d1c2b6e-63a8-4f3e-8a55-0d4a0c9a6c11","amount":"1049.50","currency":"EUR","status":"pending","createdAt":"2026-01-01T10:00:00.123Z","note":"Two tickets, row 7 – ÅÄÖ","method":{"kind":"card","last4":"4242","holder":"Ada Lovelace","expires":"2029-08"},"tags":["web","eu"],"capture":true}
    """#
let bench = try Bench(text)
let payments = try Comparison(
    "array of payments", Payloads.payments(text), bench.program["Payments"], [Payment].self, [CodablePayment].self)
let union = try Comparison(
    "deep union", Payloads.filter(depth: 40), bench.program["Filter"], Filter.self, CodableFilter.self)
let escapes = try Comparison(
    "strings with escapes", Payloads.messages, bench.program["Messages"], [Message].self, [Message].self)
if CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[2]) {
    // `json-bench decode 10000`: one thing so many times, to count instructions under callgrind.
    let work = [
        "parse": bench.parse, "validate": bench.validate, "decode": bench.decode, "encode": bench.encode,
        "decode-foundation": bench.foundationDecode, "encode-foundation": bench.foundationEncode,
        "decode-array": payments.decode, "encode-array": payments.encode,
        "decode-union": union.decode, "encode-union": union.encode, "decode-escapes": escapes.decode,
        "encode-escapes": escapes.encode,
    ]
    guard let body = work[CommandLine.arguments[1]] else { fatalError("one of \(work.keys.sorted())") }
    exit(try repeated(count, body) == 0 ? 1 : 0)
}
let parse = try measure(1_000, bench.parse)
let validate = try measure(1_000, bench.validate)
let decode = try measure(1_000, bench.decode)
let foundationDecode = try measure(100, bench.foundationDecode)
let encode = try measure(1_000, bench.encode)
let foundationEncode = try measure(100, bench.foundationEncode)

func line(_ what: String, _ ours: Double, _ theirs: Double) {
    let ratio = String(format: "%.1f", theirs / ours)
    print("\(what): \(Int(ours)) ns, Foundation \(Int(theirs)) ns, \(ratio) times as fast (goal 8)")
}
let speed = Int(Double(bench.bytes.count) / parse * 1000)
print(
    "payload \(bench.bytes.count) bytes; parse \(Int(parse)) ns (\(speed) MB/s), parse + validate \(Int(validate)) ns")
line("decode + validate", decode, foundationDecode)
line("encode", encode, foundationEncode)
print(try payments.report())
print(try union.report())
print(try escapes.report())
exit(foundationDecode / decode >= 8 && foundationEncode / encode >= 8 ? 0 : 1)
