import LockstepJSON
import Testing

@testable import LockstepDocument

/// Documents that are made to take time or memory. Each is refused, or read, quickly. The limit is of minutes, because it counts
/// from when a test is ready to run, and the corpus may keep every thread busy first.
@Suite("Hostile input", .timeLimit(.minutes(5)))
struct HostileInputTests {
    private func read(_ text: String) -> DocumentReader.Result {
        DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
    }

    private func errors(_ text: String) -> [String] {
        read(text).diagnostics.filter { $0.severity == .error }.map(\.message)
    }

    private let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"

    @Test("aliases that double forty times are refused")
    func aliasBomb() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        #expect(errors(text) == ["aliases expand to more than 500000 values"])
    }

    @Test("merge keys that double are refused")
    func mergeBomb() {
        var text = "a0: &a0 {k0: 1}\n"
        for level in 1...40 { text += "a\(level): &a\(level) {x: *a\(level - 1), y: {<<: *a\(level - 1)}}\n" }
        #expect(errors(text) == ["aliases expand to more than 500000 values"])
    }

    @Test("an alias inside its own anchor is refused")
    func endlessAlias() {
        #expect(errors("a: &a [*a]\n") == ["the alias '*a' stands inside what it refers to"])
    }

    @Test("10,000 levels of nesting are refused", arguments: ["[", "{a: ", "- "])
    func nesting(_ opening: String) {
        #expect(errors("a: \n  " + String(repeating: opening, count: 10_000)) == ["nested more than 256 levels deep"])
    }

    @Test(
        "nesting up to the limit is walked by every stage", arguments: ["{items: ", "{allOf: [", "{properties: {a: "])
    func nestingToTheLimit(_ opening: String) {
        let levels = 240 / opening.filter { "{[".contains($0) }.count
        let closing = String(opening.reversed().compactMap { ["{": "}", "[": "]"][$0] })
        let schema = String(repeating: opening, count: levels) + "{}" + String(repeating: closing, count: levels)
        let found = errors(head + "components: {schemas: {A: \(schema)}}")
        #expect(found.count == 1 && found[0].hasPrefix("schemas nest and merge more than"))
    }

    @Test("aliases cannot nest deeper than values")
    func nestedAliases() {
        var text = "a0: &a0 x\n"
        for level in 1...300 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(errors(text) == ["aliases nest more than 256 levels deep"])
    }

    @Test("a file or a text that is too long is refused")
    func size() {
        let limits = YAMLLimits(bytes: 1000, scalarBytes: 100)
        let long = YAMLReader.read(Array(("a: " + String(repeating: "x", count: 200)).utf8), file: "a", limits: limits)
        #expect(long.diagnostics.map(\.message) == ["a text of 200 bytes is longer than the limit of 100"])
        let large = YAMLReader.read([UInt8](repeating: 0x20, count: 1001), file: "a", limits: limits)
        #expect(large.diagnostics.map(\.message) == ["the file has 1001 bytes, more than the limit of 1000"])
    }

    @Test("a circle of ten thousand $refs is found")
    func longCircle() {
        var text = head + "components:\n  schemas:\n"
        for index in 0..<10_000 { text += "    A\(index): {$ref: '#/components/schemas/A\((index + 1) % 10_000)'}\n" }
        #expect(errors(text).contains("the schema applies itself to the same value and never ends"))
    }

    @Test("a chain of ten thousand merges is refused, not followed to the end of the stack")
    func longChainOfMerges() {
        var text = head + "components:\n  schemas:\n    A10000: {type: object, properties: {a: {type: string}}}\n"
        for index in 0..<10_000 {
            text += "    A\(index): {allOf: [{$ref: '#/components/schemas/A\(index + 1)'}, {properties: {b: {}}}]}\n"
        }
        #expect(errors(text).contains { $0.hasPrefix("schemas nest and merge more than") })
    }

    @Test("a chain of ten thousand $refs leads to its end")
    func longChain() {
        var text = head + "components:\n  schemas:\n    A10000: {type: string}\n"
        for index in 0..<10_000 { text += "    A\(index): {$ref: '#/components/schemas/A\(index + 1)'}\n" }
        #expect(errors(text) == [])
    }

    @Test("unions that multiply are bounded")
    func unionProduct() {
        var text = head + "components:\n  schemas:\n    A:\n      allOf:\n"
        for part in 0..<12 {
            let names = (0..<6).map {
                "{type: object, required: [p\(part)_\($0)], properties: {p\(part)_\($0): {type: string}}}"
            }
            text += "        - oneOf: [\(names.joined(separator: ", "))]\n"
        }
        #expect(errors(text) == [])
    }

    @Test("files that refer to each other are read once each")
    func filesInCircles() {
        let files = [
            "openapi.yaml": head + "components: {schemas: {A: {type: object, properties: {b: {$ref: 'b.yaml#/B'}}}}}",
            "b.yaml":
                "B: {type: object, properties: {a: {$ref: 'openapi.yaml#/components/schemas/A'}, b: {$ref: '#/B'}}}",
        ]
        let result = DocumentReader(loader: InMemoryLoader(files)).read("openapi.yaml")
        #expect(result.diagnostics == [])
        #expect(result.description?.schemas.map(\.name) == ["A", "B"])
    }

    @Test("a scalar of 60 MB is refused, and so is a file of 100 MB")
    func hugeScalar() {
        let bytes =
            Array(head.utf8) + Array("x-a: '".utf8) + [UInt8](repeating: 0x78, count: 60 << 20) + Array("'\n".utf8)
        let found = YAMLReader.read(bytes, file: "a").diagnostics
        #expect(
            found.map(\.description) == [
                "a:4:6: error: a text of 62914560 bytes is longer than the limit of 8388608 [#/x-a]"
            ])
        let larger = YAMLReader.read([UInt8](repeating: 0x78, count: 100 << 20), file: "a").diagnostics
        #expect(larger.map(\.message) == ["the file has 104857600 bytes, more than the limit of 67108864"])
    }

    @Test(
        "twenty thousand keys are read, and twenty thousand keys that are no fields are reported, not all of them"
    )
    func manyKeys() {
        let properties = (0..<20_000).map { "        p\($0): {}\n" }.joined()
        #expect(errors(head + "components:\n  schemas:\n    A:\n      properties:\n" + properties) == [])
        let paths = (0..<20_000).map { "  p\($0): {}\n" }.joined()
        let result = read("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n" + paths)
        #expect(result.diagnostics.count == 21)
        #expect(
            result.diagnostics.last?.message == "19980 more findings are like others of which 20 are shown")
    }

    @Test("three thousand names that nearly exist are reported in bounded time")
    func manyNearMisses() {
        var text = head + "components:\n  schemas:\n"
        for index in 0..<3000 { text += "    Schema\(index): {$ref: '#/components/schemas/Shcema\(index)'}\n" }
        let result = read(text)
        #expect(result.diagnostics.first?.hint == "did you mean 'Schema0'?")
        #expect(result.diagnostics.count == 1001)
    }

    @Test("an operationId that five thousand operations have is an error at each, with the first place")
    func operationIDs() {
        var text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n"
        for index in 0..<5000 {
            text += "  /a\(index): {get: {operationId: same, responses: {'200': {description: d}}}}\n"
        }
        let result = read(text)
        #expect(
            result.diagnostics.first?.description
                == "openapi.yaml:5:15: error: the operationId 'same' is used twice, first in openapi.yaml, line 4 "
                + "[#/paths/~1a1/get/operationId] (rename one of them)")
        #expect(result.description == nil)
    }

    @Test("paths whose invented names are alike get numbers in linear time")
    func inventedNames() throws {
        var text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n"
        for index in 0..<3000 {
            let signs = String(repeating: "-", count: index % 30 + 1) + String(repeating: "_", count: index / 30)
            text += "  /a/\(signs): {get: {responses: {'200': {description: d}}}}\n"
        }
        let operations = try #require(read(text).description).operations
        #expect(operations.last?.id == "getA3000")
    }

    @Test("five thousand parameters of one operation are merged in linear time")
    func manyParameters() throws {
        var text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      parameters:\n"
        for index in 0..<5000 { text += "        - {name: q\(index), in: query, schema: {type: string}}\n" }
        text += "      responses: {'200': {description: d}}\n"
        #expect(try #require(read(text).description).operations[0].parameters.count == 5000)
    }

    @Test("a chain of ten thousand $refs to a parameter is refused, and a circle of them is found")
    func parameterChains() {
        func chain(_ last: String) -> String {
            var text = head + "components:\n  parameters:\n"
            for index in 0..<10_000 { text += "    P\(index): {$ref: '#/components/parameters/P\(index + 1)'}\n" }
            return text + "    P10000: \(last)\n"
        }
        #expect(
            errors(chain("{name: a, in: query, schema: {}}")) == ["more than 100 $refs lead from here to an object"])
        #expect(
            errors(chain("{$ref: '#/components/parameters/P0'}"))
                == ["the $refs lead in a circle and never to an object"])
    }

    @Test("schemas that contain themselves can be merged")
    func recursiveMerge() throws {
        let result = read(
            head + """
                components:
                  schemas:
                    A: {type: object, properties: {x: {$ref: '#/components/schemas/A'}, a: {type: string}}}
                    B: {type: object, properties: {x: {$ref: '#/components/schemas/B'}, b: {type: string}}}
                    C: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
                """)
        #expect(
            result.diagnostics.map(\.description) == [
                "openapi.yaml:8:5: warning: the schemas that are merged here contain themselves; inside, the type follows "
                    + "the first [#/components/schemas/C]"
            ])
        guard case .object(let merged)? = result.description?.schema(named: "C")?.schema.kind,
            case .reference(let inner)? = merged.properties.first?.schema.kind
        else {
            Issue.record("C has x, which is a reference")
            return
        }
        #expect(merged.properties.map(\.name) == ["x", "a", "b"])
        #expect(inner == "A")
    }

    @Test("merges that double at each level are bounded")
    func doublingMerges() {
        var text = head + "components:\n  schemas:\n    A0: {type: object, properties: {a: {type: string}}}\n"
        for level in 0..<60 {
            let below = "{$ref: '#/components/schemas/A\(level)'}"
            text += "    A\(level + 1): {allOf: [\(below), {type: object, properties: {l: \(below), r: \(below)}}]}\n"
        }
        #expect(errors(text) == [])
    }

    @Test("a union of three thousand alternatives is refused")
    func wideUnion() {
        let alternatives = (0..<3000).map { "{type: object, properties: {p\($0): {type: string}}}" }
        #expect(
            errors(head + "components: {schemas: {U: {oneOf: [\(alternatives.joined(separator: ", "))]}}}")
                == ["'oneOf' has more than 2000 alternatives"])
    }

    @Test("numbers that no machine holds are kept as they are written, or refused")
    func hugeNumbers() throws {
        let result = read(
            head + """
                components:
                  schemas:
                    A: {type: number, minimum: \(String(repeating: "9", count: 100_000)), multipleOf: 1e-999999999}
                    B: {type: integer, maximum: 1e999999999, default: 1e99999999}
                """)
        #expect(result.diagnostics == [])
        #expect(result.description?.schemas[0].schema.constraints.minimum?.count == 100_000)
        #expect(
            errors(head + "components: {schemas: {A: {type: string, maxLength: 99999999999999999999}}}")
                == ["this must be a whole number, 0 or more"])
    }

    @Test(
        "bytes that are no text are refused where they stand",
        arguments: [
            ([0x61, 0xFF, 0xFE], "invalid leading UTF-8 octet"), ([0x61, 0x00], "control characters are not allowed"),
        ])
    func notText(_ bytes: [UInt8], _ problem: String) {
        let found = YAMLReader.read(Array("x: y\nz: '".utf8) + bytes + Array("'".utf8), file: "a").diagnostics
        #expect(found.map(\.description) == ["a:2:6: error: the file is not valid text: \(problem) (save it as UTF-8)"])
    }
}
