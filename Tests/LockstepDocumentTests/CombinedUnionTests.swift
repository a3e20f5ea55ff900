import LockstepDocument
import Testing

/// An alternative that stands for several schemas is one that all of them take.
@Suite("Combined unions")
struct CombinedUnionTests {
    private let parts = """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        paths: {}
        components:
          schemas:
            A: {type: object, required: [k], properties: {k: {const: a}}}
            B: {type: object, required: [k], properties: {k: {const: b}}}
            C: {type: object, required: [t], properties: {t: {const: c}}}
            D: {type: object, required: [t], properties: {t: {const: d}}}
            First: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
            Second: {anyOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/D'}]}

        """

    private func alternatives(_ schema: String) throws -> [[Substring]] {
        let files = InMemoryLoader(["openapi.yaml": parts + "    It: \(schema)\n"])
        let description = try #require(DocumentReader(loader: files).read("openapi.yaml").description)
        let it = try #require(description.schemas.first { $0.name == "It" })
        guard case .union(let union) = it.schema.kind else { return [] }
        return union.alternatives.map { alternative in
            alternative.schema.uri.split(separator: " ").map { $0.drop { $0 != "#" } }
        }
    }

    @Test("a value of two unions fits an alternative of each")
    func product() throws {
        let both = "{allOf: [{$ref: '#/components/schemas/First'}, {$ref: '#/components/schemas/Second'}]}"
        let found = try alternatives(both)
        #expect(
            found == [
                ["#/components/schemas/Second/anyOf/0", "#/components/schemas/First/oneOf/0"],
                ["#/components/schemas/Second/anyOf/1", "#/components/schemas/First/oneOf/0"],
                ["#/components/schemas/Second/anyOf/0", "#/components/schemas/First/oneOf/1"],
                ["#/components/schemas/Second/anyOf/1", "#/components/schemas/First/oneOf/1"],
            ])
    }

    @Test("an alternative of a oneOf inside of a union is one where no other fits")
    func nested() throws {
        let one = "{oneOf: [{oneOf: [{type: string}, {type: boolean}]}, {anyOf: [{type: integer}, {type: object}]}]}"
        let place = "#/components/schemas/It/oneOf"
        #expect(
            try alternatives(one) == [
                ["\(place)/0/oneOf/0", "\(place)/0"[...]], ["\(place)/0/oneOf/1", "\(place)/0"[...]],
                ["\(place)/1/anyOf/0"], ["\(place)/1/anyOf/1"],
            ])
    }
}
