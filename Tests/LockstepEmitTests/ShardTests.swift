import LockstepDocument
import LockstepEmit
import Testing

@Suite("Shards")
struct ShardTests {
    private let document = """
        openapi: 3.1.0
        info:
          title: Shards
          version: '1'
          description: |
            The first line.
            The second line.
        paths:
          /a: {get: {operationId: getA, responses: {'200': {description: A, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
          /b: {get: {operationId: getB, responses: {'200': {description: B, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}}}
        components:
          schemas:
            A: {type: object, description: The letter A., properties: {b: {$ref: '#/components/schemas/B'}}}
            B: {type: object, properties: {name: {type: string}}}
        """

    @Test("the names of the files do not depend on the document")
    func names() throws {
        #expect(try files(document).map(\.name).sorted() == Generator.shardNames(8).sorted())
        #expect(try files(document, shards: 2).map(\.name).sorted() == Generator.shardNames(2).sorted())
    }

    @Test(
        "large documents have more shards",
        arguments: [(0, 8), (524_288, 8), (524_289, 16), (4_172_204, 64), (1 << 40, 64)])
    func number(bytes: Int, shards: Int) {
        #expect(Generator.shards(forBytes: bytes) == shards)
    }

    @Test("the size of a file is known, of one that is not there too")
    func size() {
        #expect(FilePath.size(of: #filePath) > 1_000)
        #expect(FilePath.size(of: "/nowhere/at/all") == 0)
    }

    @Test("editing the description at the top changes one file")
    func editedDescription() throws {
        let edited = document.replacing("The second line.", with: "Another line.\n    And a third.")
        #expect(try changes(document, edited) == ["Contract.swift"])
    }

    @Test("editing one schema changes its shard and the tables")
    func editedSchema() throws {
        let edited = document.replacing("name: {type: string}", with: "name: {type: string}, age: {type: integer}")
        let changed = try changes(document, edited)
        #expect(changed.count == 2)
        #expect(changed.contains("Contract.swift"))
    }

    @Test("adding a schema changes no other type")
    func addedSchema() throws {
        let edited = document + "\n    C: {type: object, properties: {name: {type: string}}}\n"
        #expect(try changes(document, edited).count <= 2)
    }

    private func changes(_ one: String, _ other: String) throws -> [String] {
        let before = try files(one)
        let after = try files(other)
        return zip(before, after).compactMap { $0 == $1 ? nil : $0.name }
    }

    private func files(_ text: String, shards: Int = 8) throws -> [GeneratedFile] {
        let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let description = try #require(result.description, "\(result.diagnostics.map(\.description))")
        let bundle = try #require(result.bundle)
        return Generator.generate(description, bundle: bundle, options: GeneratorOptions(layout: .shards(shards))).files
    }
}
