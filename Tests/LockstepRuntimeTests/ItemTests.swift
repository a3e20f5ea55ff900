import Synchronization
import Testing

@testable import LockstepRuntime

/// Sequences of items in bodies: how they are cut, checked and bounded.
@Suite struct ItemTests {
    private static let anyObject: JSONValue = [
        "type": "object", "properties": ["data": ["type": "number"], "event": ["type": "string"]], "required": ["data"],
    ]

    private static func reader(
        _ pieces: [[UInt8]], _ framing: ItemFraming, schema: JSONValue = [:], limit: Int = 64
    ) throws -> ItemReader {
        let program = try SchemaCompiler(resources: ["s": schema]).compile([.init(name: "s", schema: "s", shape: .any)])
        return ItemReader(
            .stream(BufferedBodySource(pieces)), ItemDefinition(framing: framing, validator: program["s"]),
            maximumSize: limit, jsonLimits: .default)
    }

    /// The items as JSON, or what is wrong with them; ends with the first error that ends the body.
    private static func transcript(_ reader: ItemReader) async -> [String] {
        var lines: [String] = []
        while true {
            do {
                guard let item = try await reader.next() else { return lines }
                lines.append(item.value.text)
            } catch let problem as Problem {
                lines.append(
                    problem.issues.first.map { "\($0.pointer) \($0.keyword)" } ?? "\(problem.status.code)")
            } catch {
                return lines + ["\(type(of: error))"]
            }
        }
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static func cut(_ bytes: [UInt8], _ size: Int) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
    }

    @Test(arguments: [1, 2, 3, 5, 1000])
    func linesComeInPiecesOfAnySize(_ size: Int) async throws {
        let text = Self.bytes("\u{FEFF}{\"a\":\"ü\u{1F600}\"}\r\n\n \t\r\n[1]\n2\n\"x\\n\"\n\ntrue")
        let reader = try Self.reader(Self.cut(text, size), .lines)
        #expect(await Self.transcript(reader) == ["{\"a\":\"ü\u{1F600}\"}", "[1]", "2", "\"x\\n\"", "true"])
    }

    @Test(arguments: [1, 2, 3, 1000])
    func recordsComeInPiecesOfAnySize(_ size: Int) async throws {
        let text = Self.bytes("\u{1E}{\n\"a\":1}\n\u{1E}\u{1E} \u{1E}\"x\"\u{1E}7\n\u{1E}[1]")
        let reader = try Self.reader(Self.cut(text, size), .records)
        #expect(await Self.transcript(reader) == ["{\"a\":1}", "\"x\"", "7", "[1]"])
    }

    @Test func aTruncatedRecordIsNotTaken() async throws {
        let numbers = try Self.reader([Self.bytes("\u{1E}12\u{1E}tru\u{1E}true\u{1E}{\"a\":\u{1E}34")], .records)
        #expect(await Self.transcript(numbers) == ["/0 json", "/1 json", "/2 json", "/3 json", "/4 json"])
        let without = try Self.reader([Self.bytes("1\n\u{1E}2\n")], .records)
        #expect(await Self.transcript(without) == ["/0 json", "2"])
    }

    @Test(arguments: [1, 2, 3, 1000])
    func eventsComeInPiecesOfAnySize(_ size: Int) async throws {
        let text = Self.bytes(
            "\u{FEFF}: comment\r\rdata\r\ndata:  ü\rdata\n\nid: a\0b\nid: 7\nevent:e\nretry: 10\nretry: -1\ndata: x\r\n\r\n"
                + "event: no data\n\nid\ndata:y\n\ndata: not ended\n")
        let reader = try Self.reader(Self.cut(text, size), .events(.text))
        #expect(
            await Self.transcript(reader) == [
                #"{"data":"\n ü\n"}"#, #"{"data":"x","event":"e","id":"7","retry":10}"#, #"{"data":"y","id":""}"#,
            ])
    }

    @Test func dataIsWhatTheSchemaSays() async throws {
        let text = "data: 5\n\ndata: x\n\ndata: 1,\ndata: \"event\":\"forged\"\n\nevent: e\ndata: -2\n\n"
        let json = try Self.reader([Self.bytes(text)], .events(.json), schema: Self.anyObject)
        #expect(
            await Self.transcript(json) == [
                "{\"data\":5}", "/1/data json", "/2/data json", "{\"data\":-2,\"event\":\"e\"}",
            ])
        let asText = try Self.reader([Self.bytes(text)], .events(.text), schema: Self.anyObject)
        #expect(await Self.transcript(asText) == Array(0..<4).map { "/\($0)/data type" })
        let either: JSONValue = ["properties": ["data": ["anyOf": [["type": "array"], ["const": "x"]]]]]
        let mixed = try Self.reader(
            [Self.bytes("data: [1]\n\ndata: x\n\ndata: 2\n\n")], .events(.either), schema: either)
        let lines = await Self.transcript(mixed)
        #expect(lines.prefix(2) == ["{\"data\":[1]}", "{\"data\":\"x\"}"] && lines.last?.hasPrefix("/2/data") == true)
    }

    @Test(arguments: [ItemFraming.lines, .records, .events(.json)])
    func anEndlessItemIsRefusedBeforeItIsKept(_ framing: ItemFraming) async throws {
        let endless = Array(repeating: Self.bytes("\"data:xxxxxxxxxx"), count: 1_000)
        #expect(await Self.transcript(try Self.reader(endless, framing)) == ["413"])
        let lines = Array(repeating: Self.bytes("data: xxxxxxxx\n"), count: 1_000)
        if case .events = framing { #expect(await Self.transcript(try Self.reader(lines, framing)) == ["413"]) }
    }

    @Test func aMillionSmallItemsTakeTimeInProportion() async throws {
        let block: [UInt8] = Array(repeating: Self.bytes("1\n"), count: 20_000).flatMap { $0 }
        let reader = try Self.reader(Array(repeating: block, count: 50), .lines)
        var count = 0
        while try await reader.next() != nil { count += 1 }
        #expect(count == 1_000_000)
        let empty = try Self.reader(
            Array(repeating: [UInt8](repeating: 0x0A, count: 40_000), count: 25), .events(.json))
        #expect(try await empty.next() == nil)
    }

    @Test(arguments: [
        ([0, 0x0A], ["/0 json"]), ([0x22, 0, 0x22, 0x0A], ["/0 json"]),
        ([0x22, 0xFF, 0x22, 0x0A, 0x31], ["/0 json", "1"]),
        (Array("\u{1E}{}\n".utf8), ["/0 json"]), (Array("data: 1\n\n".utf8), ["/0 json"]),
        (Array("[1,\n2]\n".utf8), ["/0 json", "/1 json"]), (Array("1 2\n3".utf8), ["/0 json", "3"]),
    ])
    func wrongFramingAndBytesAreNamedWithTheItem(_ bytes: [UInt8], _ expected: [String]) async throws {
        #expect(await Self.transcript(try Self.reader([bytes], .lines)) == expected)
    }

    @Test(arguments: ["data: \u{FF}", "data: 1\nevent: \u{FF}", "data: 1\nid: \u{FF}"])
    func textThatIsNotUTF8IsRefused(_ text: String) async throws {
        let latin = text.unicodeScalars.map { UInt8($0.value) }
        let reader = try Self.reader([latin + [0x0A, 0x0A]], .events(.text))
        #expect(await Self.transcript(reader).first?.hasSuffix("encoding") == true)
    }

    @Test func mediaTypesHaveTheirFraming() {
        for name in ["application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines"] {
            #expect(MediaType(name).flatMap { ItemFraming($0) } == .lines)
        }
        #expect(MediaType("application/geo+json-seq").flatMap { ItemFraming($0) } == .records)
        #expect(MediaType("text/event-stream").flatMap { ItemFraming($0) } == .events(.json))
        #expect(MediaType("application/json").flatMap { ItemFraming($0) } == nil)
    }

    // MARK: Writing

    private static func written(
        _ items: ItemSequence<JSONValue>, _ framing: ItemFraming
    ) async throws -> [String] {
        let body = ItemBody(items, framing, RequestContext(logger: .disabled))
        var pieces: [String] = []
        while let piece = try await body.next() { pieces.append(String(decoding: piece, as: UTF8.self)) }
        return pieces
    }

    @Test func eachItemIsOnePiece() async throws {
        let items: [JSONValue] = [["a": "x\ny"], 2]
        #expect(try await Self.written(ItemSequence(items), .lines) == ["{\"a\":\"x\\ny\"}\n", "2\n"])
        #expect(try await Self.written(ItemSequence(items), .records) == ["\u{1E}{\"a\":\"x\\ny\"}\n", "\u{1E}2\n"])
        let events: [JSONValue] = [["data": "a\r\nb\rc\n", "id": "1"], ["data": ["n": 1], "retry": 5, "event": nil]]
        #expect(
            try await Self.written(ItemSequence(events, closing: "[DONE]"), .events(.either)) == [
                "id: 1\ndata: a\ndata: b\ndata: c\ndata: \n\n", "retry: 5\ndata: {\"n\":1}\n\n", "data: [DONE]\n\n",
            ])
        #expect(try await Self.written(ItemSequence([["data": "a"]]), .events(.json)) == ["data: \"a\"\n\n"])
    }

    @Test(
        arguments: [
            ["event": "a\ndata: forged"], ["id": "a\rb"], ["id": "\0"], ["retry": -1], ["retry": .number("1.5")], 7,
        ] as [JSONValue])
    func anEventThatWouldBecomeAnotherIsNotSent(_ event: JSONValue) async throws {
        await #expect(throws: ItemFault.self) { try await Self.written(ItemSequence([event]), .events(.either)) }
    }

    @Test func nothingToSayKeepsTheConnectionAlive() async throws {
        let sequence = AsyncStream<JSONValue?> { continuation in
            for value in [nil, 1, nil] as [JSONValue?] { continuation.yield(value) }
            continuation.finish()
        }
        #expect(try await Self.written(ItemSequence(keepingAlive: sequence), .lines) == ["\n", "1\n", "\n"])
        let items = ItemSequence<JSONValue>(keepingAlive: AsyncStream { $0.finish() })
        #expect(try await Self.written(items, .events(.json)).isEmpty)
        var iterator = ItemSequence(
            keepingAlive: AsyncStream<JSONValue?> {
                $0.yield(nil); $0.yield(2); $0.finish()
            }
        )
        .makeAsyncIterator()
        #expect(try await iterator.next() == 2)
    }

    @Test func itemsArePulledOneByOne() async throws {
        let source = CountingSequence()
        let body = ItemBody(ItemSequence(source), .lines, RequestContext(logger: .disabled))
        #expect(source.count == 0)
        _ = try await body.next()
        _ = try await body.next()
        #expect(source.count == 2)
        await #expect(throws: CountingSequence.Ended.self) { while try await body.next() != nil {} }
    }
}

/// Counts how many items it was asked for, and fails after the third.
private final class CountingSequence: AsyncSequence, Sendable {
    struct Ended: Error {}

    struct Iterator: AsyncIteratorProtocol {
        let sequence: CountingSequence

        mutating func next() async throws -> JSONValue? {
            guard sequence.count < 3 else { throw Ended() }
            sequence.asked.withLock { $0 += 1 }
            return 1
        }
    }

    private let asked = Mutex(0)

    var count: Int { asked.withLock { $0 } }

    func makeAsyncIterator() -> Iterator { Iterator(sequence: self) }
}
