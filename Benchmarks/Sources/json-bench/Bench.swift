import Foundation
import LockstepRuntime

/// The two ways to read and write the payment. Values, so that the loops touch no globals.
struct Bench {
    let bytes: [UInt8]
    let data: Data
    let program: ValidatorProgram
    let entry: ValidatorEntry
    let payment: Payment
    let twin: CodablePayment
    let decoder = JSONDecoder()
    let encoder = JSONEncoder()

    init(_ text: String) throws {
        bytes = Array(text.utf8)
        data = Data(bytes)
        program = try Self.program()
        entry = program["Payment"]
        guard let json = entry.validate(try JSONDocument.parse(bytes)).valid else {
            fatalError("the payment does not fit its schema")
        }
        payment = Payment(json)
        decoder.dateDecodingStrategy = .fractional
        encoder.dateEncodingStrategy = .fractional
        twin = try decoder.decode(CodablePayment.self, from: data)
    }

    private static func program() throws -> ValidatorProgram {
        let compiler = SchemaCompiler(
            resources: ["bench": try JSONValue.parse(schemas)],
            shapes: ["Payment": Payment.shape, "PaymentMethod": PaymentMethod.shape, "Filter": Filter.shape])
        let shapes: [(name: String, shape: Shape)] = [
            ("Payment", .named("Payment")), ("Payments", .array(.named("Payment"))), ("Filter", .named("Filter")),
            ("Messages", .array(Message.shape)),
        ]
        let program = try compiler.compile(
            shapes.map { .init(name: $0.name, schema: "bench#/$defs/\($0.name)", shape: $0.shape) })
        // As a server does: from the text that the generator embeds.
        return try ValidatorProgram(serialized: program.serialized())
    }

    func parse() throws -> Int { try JSONDocument.parse(bytes).root.count }

    func validate() throws -> Int { entry.validate(try JSONDocument.parse(bytes)).isValid ? 1 : 0 }

    func decode() throws -> Int {
        guard case .valid(let json) = entry.validate(try JSONDocument.parse(bytes)) else { return 0 }
        return keep(Payment(json))
    }

    func encode() throws -> Int {
        var writer = JSONWriter(capacity: 512)
        payment.write(to: &writer)
        return try writer.finish().count
    }

    func foundationDecode() throws -> Int {
        return keep(try decoder.decode(CodablePayment.self, from: data))
    }

    func foundationEncode() throws -> Int { try encoder.encode(twin).count }
}

/// Uses a value without a copy, so that the optimiser cannot drop the making of it.
@inline(never)
func keep<Value>(_ value: consuming Value) -> Int { MemoryLayout<Value>.size }

/// Does the work some times. Never inlined: `valgrind --tool=callgrind --toggle-collect='*8repeated*'` counts this alone.
@inline(never)
func repeated(_ count: Int, _ body: () throws -> Int) rethrows -> Int {
    var sink = 0
    for _ in 0..<count { sink &+= try body() }
    return sink
}

/// Nanoseconds of CPU time per call, the best of many short rounds: other work on the machine counts little.
func measure(_ iterations: Int, rounds: Int = 200, _ body: () throws -> Int) rethrows -> Double {
    var best = Double.infinity
    var sink = 0
    for _ in 0..<rounds {
        let start = cpuNanoseconds()
        for _ in 0..<iterations { sink &+= try body() }
        best = min(best, Double(cpuNanoseconds() - start) / Double(iterations))
    }
    precondition(sink != 0, "the work must not be optimised away")
    return best
}

private func cpuNanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
