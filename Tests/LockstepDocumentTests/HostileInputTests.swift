import LockstepJSON
import Testing

@testable import LockstepDocument

/// Documents that are made to take time or memory. Each is refused, or read, quickly. The limit is of minutes, because it counts
/// from when a test is ready to run, and the corpus may keep every thread busy first.
@Suite("Hostile input", .timeLimit(.minutes(5)))
struct HostileInputTests {
    private func errors(_ text: String) -> [String] {
        DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml").diagnostics
            .filter { $0.severity == .error }.map(\.message)
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
}
