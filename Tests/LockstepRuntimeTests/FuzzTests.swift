import Glibc
import Testing

@testable import LockstepRuntime

/// `LOCKSTEP_FUZZ_SEED`: long fuzzing runs the tests again and again with other seeds.
private let fuzzSeed = getenv("LOCKSTEP_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) } ?? 0

/// Random input of the kinds that clients send: nothing may trap, and what is read stays within bounds.
@Suite struct FuzzTests {
    /// A small generator with a fixed seed, so that a failure repeats.
    private struct Random {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }

        mutating func text(from alphabet: [UInt8], upTo length: Int) -> [UInt8] {
            (0..<next(length + 1)).map { _ in alphabet[next(alphabet.count)] }
        }
    }

    private static let urlBytes = Array("/a%2FbAz09?&=;,.|+ []{}#:*~\"\\\u{e4}\0".utf8)

    @Test func targetsPathsAndQueries() throws {
        let fixture = try ServiceFixture()
        let endpoints = try fixture.table.routes.map { route in
            try BoundEndpoint(
                Endpoint(route) { _ in Response(200) },
                security: SecurityCheck(route, authenticators: ServiceFixture.authenticators))
        }
        let router = try Router(endpoints)
        var random = Random(state: 7 &+ fuzzSeed)
        for _ in 0..<20_000 {
            let target = String(decoding: random.text(from: Self.urlBytes, upTo: 40), as: UTF8.self)
            let request = Request(.get, random.next(2) == 0 ? target : "/payments/\(target)")
            guard case .endpoint(let endpoint, let captures) = router.match(.get, request.path) else { continue }
            var reader = ParameterReader(endpoint, request, captures)
            _ = try? reader.read()
        }
    }

    @Test func stylesOfAllKinds() {
        let types: [ParameterType] = [
            .string, .number, .array(.number), .object([("a", .number)], additional: .string), .json,
            .anyOf([.array(.string), .null]),
        ]
        let styles: [ParameterDefinition.Style] = [
            .matrix, .label, .simple, .form, .spaceDelimited, .pipeDelimited, .deepObject,
        ]
        var random = Random(state: 11 &+ fuzzSeed)
        for _ in 0..<20_000 {
            let definition = ParameterDefinition(
                name: "a", location: .query, style: styles[random.next(styles.count)], explodes: random.next(2) == 0,
                isRequired: false, allowsReserved: false, type: types[random.next(types.count)])
            let text = random.text(from: Self.urlBytes, upTo: 30)
            let values = QueryValues(items: QueryItems(bytes: text), definitions: [definition])
            if let raw = try? values.value(of: definition) {
                _ = try? ValueResolver.resolve(raw, definition.type, .query)
            }
            if let raw = try? ParameterReader.pathValue(text[...], definition) {
                _ = try? ValueResolver.resolve(raw, definition.type, .path)
            }
        }
    }

    @Test func multipartInPieces() {
        let alphabet = Array("--b\r\n:;=\"name=form-data Content-Disposition".utf8)
        var random = Random(state: 13 &+ fuzzSeed)
        for _ in 0..<5_000 {
            var parser = MultipartParser(boundary: "b")
            var received = 0
            var given = 0
            do {
                for _ in 0..<4 {
                    var piece = random.text(from: alphabet, upTo: 60)
                    if random.next(3) == 0 {
                        piece = Array("\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8) + piece
                    }
                    received += piece.count
                    for case .content(let bytes) in try parser.receive(piece) { given += bytes.count }
                }
            } catch {}
            #expect(given <= received)
        }
    }

    @Test(arguments: [ItemFraming.lines, .records, .events(.text)])
    func itemsInPiecesAreThoseOfTheWhole(_ framing: ItemFraming) async throws {
        let program = try SchemaCompiler(resources: ["s": [:]]).compile([.init(name: "s", schema: "s", shape: .any)])
        let definition = ItemDefinition(framing: framing, validator: program["s"])
        let alphabet = Array("{}[]1\"a:,\r\n\r\n\n \u{1E}\u{1E}\u{FEFF}\0\u{e4}".utf8)
        var random = Random(state: 19 &+ fuzzSeed)
        for _ in 0..<3_000 {
            var pieces: [[UInt8]] = []
            for _ in 0...random.next(4) {
                var piece = random.text(from: alphabet, upTo: 8)
                if random.next(2) == 0 { piece += Array(["data:", "id: ", "event:", "\n\n"][random.next(4)].utf8) }
                pieces.append(piece)
            }
            func transcript(_ body: RequestBody) async -> [String] {
                let reader = ItemReader(body, definition, maximumSize: 24, jsonLimits: .default)
                var lines: [String] = []
                while true {
                    do {
                        guard let item = try await reader.next() else { return lines }
                        lines.append(item.value.text)
                    } catch {
                        lines.append(
                            "\((error as? Problem)?.issues.first.map { "\($0.pointer) \($0.keyword)" } ?? "413")")
                    }
                }
            }
            let whole = await transcript(.bytes(pieces.flatMap { $0 }))
            #expect(await transcript(.stream(BufferedBodySource(pieces))) == whole, "\(pieces)")
            #expect(whole.count <= pieces.reduce(0) { $0 + $1.count } + 1)
        }
    }

    @Test func headerValues() {
        let alphabet = Array("a/*;q=0.15, \"\\+jsonW.~\u{e4}\t".utf8)
        var random = Random(state: 17 &+ fuzzSeed)
        for _ in 0..<20_000 {
            let value = String(decoding: random.text(from: alphabet, upTo: 40), as: UTF8.self)
            let fields: HTTPFields = ["Accept": value, "Cookie": value, "If-None-Match": value, "Authorization": value]
            let accept = AcceptHeader(fields)
            #expect((0...1000).contains(accept.quality(of: MediaType("application", "json"))))
            _ = CookieItems(fields)
            _ = EntityTagCondition(value)
            _ = ContentType(Array(value.utf8)[...])
            _ = try? CredentialReader.bearer(Request(.get, "/", headers: fields))
            _ = try? CredentialReader.basic(Request(.get, "/", headers: fields))
        }
    }
}
