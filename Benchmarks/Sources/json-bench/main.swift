import Foundation
import LockstepRuntime

// Decode + validate, then encode, of a payment of about 300 bytes, held against Foundation in the same run.
// Prints nanoseconds per operation (best of the rounds) and the ratio; ends with 1 below the goal of 8.

let text = #"""
    {"id":"5d1c2b6e-63a8-4f3e-8a55-0d4a0c9a6c11","amount":"1049.50","currency":"EUR","status":"pending","createdAt":"2026-01-01T10:00:00.123Z","note":"Two tickets, row 7 – ÅÄÖ","method":{"kind":"card","last4":"4242","holder":"Ada Lovelace","expires":"2029-08"},"tags":["web","eu"],"capture":true}
    """#
let bytes = Array(text.utf8)
let data = Data(bytes)
let rounds = 100

/// Nanoseconds per call, the best of many short rounds: on a shared machine a long one is always disturbed.
func measure(_ iterations: Int, _ body: () throws -> Int) rethrows -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    var sink = 0
    for _ in 0..<rounds {
        let start = clock.now
        for _ in 0..<iterations { sink &+= try body() }
        let elapsed = clock.now - start
        let nanoseconds = Double(elapsed.components.seconds) * 1e9 + Double(elapsed.components.attoseconds) / 1e9
        best = min(best, nanoseconds / Double(iterations))
    }
    precondition(sink != 0, "the work must not be optimised away")
    return best
}

let compiler = SchemaCompiler(
    resources: ["bench": try JSONValue.parse(schemas)],
    shapes: ["Payment": Payment.shape, "PaymentMethod": PaymentMethod.shape])
let compiled = try compiler.compile([.init(name: "Payment", schema: "bench#/$defs/Payment", shape: .named("Payment"))])
// As a server does: from the text that the generator embeds.
let entry = try ValidatorProgram(serialized: compiled.serialized())["Payment"]

guard case .valid(let json) = entry.validate(try JSONDocument.parse(bytes)) else {
    print("the payment does not fit its schema")
    exit(2)
}
let payment = Payment(json)
let twin = try JSONDecoder().decode(CodablePayment.self, from: data)

let parse = try measure(3_000) { try JSONDocument.parse(bytes).root.count }
let validate = try measure(3_000) {
    try entry.validate(JSONDocument.parse(bytes)).isValid ? 1 : 0
}
let decode = try measure(3_000) {
    guard case .valid(let json) = entry.validate(try JSONDocument.parse(bytes)) else { return 0 }
    return Payment(json).currency.utf8.count
}
let encode = try measure(3_000) {
    var writer = JSONWriter(capacity: 512)
    payment.write(to: &writer)
    return try writer.finish().count
}
let decoder = JSONDecoder()
let encoder = JSONEncoder()
let foundationDecode = try measure(300) {
    try decoder.decode(CodablePayment.self, from: data).currency.utf8.count
}
let foundationEncode = try measure(300) { try encoder.encode(twin).count }

func line(_ what: String, _ ours: Double, _ theirs: Double) {
    let ratio = String(format: "%.1f", theirs / ours)
    print("\(what): \(Int(ours)) ns, Foundation \(Int(theirs)) ns, \(ratio) times as fast (goal 8)")
}
print("payload \(bytes.count) bytes; parse \(Int(parse)) ns (\(Int(Double(bytes.count) / parse * 1000)) MB/s), parse + validate \(Int(validate)) ns")
line("decode + validate", decode, foundationDecode)
line("encode", encode, foundationEncode)
exit(foundationDecode / decode >= 8 && foundationEncode / encode >= 8 ? 0 : 1)
