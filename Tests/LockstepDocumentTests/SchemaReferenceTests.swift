import Testing

@testable import LockstepDocument

/// References, names, bases and dialects of schemas, and what types come of them.
@Suite("References between schemas")
struct SchemaReferenceTests {
    @Test("recursion through properties and items stays a reference")
    func recursion() throws {
        let types = try sketch(
            "Tree: {type: object, properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}}")
        #expect(types == ["Tree = {children?: [Tree]}"])
    }

    @Test("a reference to an inner schema names it after its place; anchors and $ids are found")
    func innerReferences() throws {
        let types = try sketch(
            """
            A: {type: object, properties: {b: {type: object, properties: {c: {type: string}}}}}
            D: {type: array, items: {$ref: '#/components/schemas/A/properties/b'}}
            E: {$anchor: e, type: string}
            F: {type: array, items: {$ref: '#e'}}
            G: {$id: 'https://example.com/g', $defs: {h: {type: integer}}, type: array, items: {$ref: '#/$defs/h'}}
            I: {type: array, items: {$ref: 'https://example.com/g'}}
            """)
        #expect(
            types == [
                "A = {b?: {c?: string}}", "D = [AB]", "E = string", "F = [E]", "G = [GH]", "I = [G]",
                "AB = {c?: string}",
                "GH = integer",
            ])
    }

    @Test("what an enum or an example holds names no schema")
    func namesInsideValues() throws {
        let types = try sketch(
            """
            A: {enum: [{$anchor: e, type: integer}], examples: [{$id: 'https://example.com/g', type: 'null'}]}
            E: {$anchor: e, type: string}
            F: {type: array, items: {$ref: '#e'}}
            G: {$id: 'https://example.com/g', type: boolean}
            H: {$ref: 'https://example.com/g'}
            """)
        #expect(types.dropFirst() == ["E = string", "F = [E]", "G = boolean", "H = G"])
    }

    @Test("a base that ends with a slash is a folder; a dynamic reference follows the base in force")
    func baseAddresses() throws {
        let types = try sketch(
            """
            A:
              $id: https://example.com/a/
              type: array
              items: {$ref: b}
              $defs: {b: {$id: b, type: string}}
            C:
              $id: https://example.com/c
              type: array
              items: {$dynamicRef: 'd#m'}
              $defs: {d: {$id: d, $dynamicAnchor: m, type: integer}}
            """)
        #expect(types.prefix(2) == ["A = [AB]", "C = [CD]"])
    }

    @Test("alternatives of one type are one, which takes what any of them takes")
    func repeatedAlternatives() throws {
        let text = """
            openapi: 3.1.0
            info: {title: Unions, version: '1'}
            paths: {}
            components:
              schemas:
                A: {anyOf: [{type: string, pattern: ^a}, {type: integer}, {type: string, pattern: ^b}]}
            """
        let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let schema = try #require(result.description?.schemas.first?.schema)
        guard case .union(let union) = schema.kind else {
            Issue.record("no union: \(schema.kind)")
            return
        }
        #expect(union.alternatives.map(\.schema.uri) == [schema.uri, schema.uri + "/anyOf/1"])
    }

    @Test("a reference to a schema without a type takes null from nothing")
    func untypedReferences() throws {
        let types = try sketch(
            """
            A: {description: Anything., not: {const: 1}}
            B: {type: [object, 'null'], anyOf: [{$ref: '#/components/schemas/A'}]}
            C: {type: [string, 'null'], allOf: [{$ref: '#/components/schemas/A'}]}
            """)
        #expect(types == ["A = any", "B = map(any)?", "C = string?"])
    }

    @Test("JSON Schema's own schema may be referred to, and is known")
    func metaSchema() throws {
        #expect(try sketch("A: {$ref: 'https://json-schema.org/draft/2020-12/schema'}") == ["A = any"])
    }

    @Test("keywords imply a type in OpenAPI's dialect, and none where $schema says JSON Schema")
    func impliedTypes() throws {
        let types = try sketch(
            """
            A: {properties: {a: {type: string}}}
            B: {$schema: 'https://json-schema.org/draft/2020-12/schema', properties: {a: {type: string}}}
            C: {$schema: 'https://spec.openapis.org/oas/3.1/dialect/base', items: {type: string}}
            D: {$schema: 'https://json-schema.org/draft/2020-12/schema', type: object, properties: {e: {items: {}}}}
            """)
        #expect(types == ["A = {a?: string}", "B = any", "C = [string]", "D = {e?: any}"])
    }

    @Test("a format that is not checked is named")
    func describingFormats() {
        let text = """
            openapi: 3.1.0
            info: {title: Formats, version: '1'}
            paths: {}
            components:
              schemas:
                A: {type: string, format: email}
                B: {$schema: 'https://json-schema.org/draft/2020-12/schema', items: {type: string, format: email}}
            """
        let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let notes = result.diagnostics.filter { $0.message.contains("'format' only describes") }
        #expect(notes.map(\.origin?.pointer) == ["/components/schemas/B/items/format"])
    }
}
