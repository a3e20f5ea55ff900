import LockstepJSON
import Testing

@testable import LockstepDocument

@Suite("Parents whose children say so by allOf")
struct ImplicitUnionTests {
    private func read(_ schemas: String) -> DocumentReader.Result {
        let lines = schemas.split(separator: "\n").map { "    \($0)\n" }.joined()
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n\(lines)"
        return DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
    }

    private func union(_ name: String, of result: DocumentReader.Result) -> [String: [String]]? {
        guard case .union(let union)? = result.description?.schema(named: name)?.schema.kind else { return nil }
        let pairs = union.alternatives.map { ($0.nameHint ?? "", $0.discriminatorValues) }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private let pets = """
        Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {dog: '#/components/schemas/Dog'}}}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {bark: {type: boolean}}}]}
        Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {type: object, properties: {age: {type: integer}}}]}
        """

    @Test("a parent is one of its children: those of the mapping by its values, others by their names, theirs included")
    func children() throws {
        let result = read(pets)
        #expect(result.diagnostics == [])
        #expect(union("Pet", of: result) == ["Dog": ["dog"], "Cat": ["Cat"], "Puppy": ["Puppy"]])
        guard case .object(let cat)? = result.description?.schema(named: "Cat")?.schema.kind else {
            Issue.record("Cat is an object")
            return
        }
        #expect(cat.properties.map(\.name) == ["kind", "lives"])
    }

    @Test("children are the same in every order of the schemas", arguments: 0..<4)
    func order(first: Int) {
        let lines = pets.split(separator: "\n")
        let result = read((lines[first...] + lines[..<first]).reversed().joined(separator: "\n"))
        #expect(result.diagnostics == [])
        let puppy = result.description?.schema(named: "Puppy").map { Sketch.of($0.schema) }
        #expect(puppy == "{kind: string, bark?: boolean, age?: integer}")
        let dog = result.description?.schema(named: "Dog").map { Sketch.of($0.schema) }
        #expect(dog == "{kind: string, bark?: boolean}")
        #expect(union("Pet", of: result)?.count == 3)
    }

    @Test("checking ends: children refer to what the parent says itself")
    func resources() throws {
        let api = try #require(read(pets).description)
        let schemas = api.resources["lockstep:///openapi.yaml"]?["components"]?["schemas"]
        #expect(
            schemas?["Cat"]?["allOf"]?[0]?["$ref"]?.string
                == "lockstep:///openapi.yaml#/components/schemas/Pet/x-lockstep-base")
        #expect(schemas?["Pet"]?["x-lockstep-base"]?["oneOf"] == nil)
    }

    @Test("a child may have several parents that name it")
    func severalParents() throws {
        let parent = """
            {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}
            """
        let child = "{allOf: [{$ref: '#/components/schemas/Left'}, {$ref: '#/components/schemas/Right'}]}"
        let result = read("Left: \(parent)\nRight: \(parent)\nA: \(child)\nB: \(child)")
        #expect(result.diagnostics == [])
        #expect(union("Left", of: result) == ["A": ["a"], "B": ["b"]])
        #expect(union("Right", of: result) == ["A": ["a"], "B": ["b"]])
        let schemas = result.description?.resources["lockstep:///openapi.yaml"]?["components"]?["schemas"]
        for name in ["A", "B"] {
            for (index, parent) in ["Left", "Right"].enumerated() {
                #expect(
                    schemas?[name]?["allOf"]?[index]?["$ref"]?.string
                        == "lockstep:///openapi.yaml#/components/schemas/\(parent)/x-lockstep-base")
            }
        }
    }

    @Test("the published document is as it was written")
    func bundle() throws {
        let document = try #require(read(pets).bundle).document
        #expect(document["components"]?["schemas"]?["Pet"]?["oneOf"] == nil)
        let text = Bundle(document: document).json()
        let again = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        #expect(union("Pet", of: again) == ["Dog": ["dog"], "Cat": ["Cat"], "Puppy": ["Puppy"]])
    }

    @Test("a parent without children stays what it is, and one that stands for itself too, with a warning")
    func alone() {
        let result = read(
            """
            A: {type: object, properties: {k: {type: string}}, discriminator: {propertyName: k}}
            B: {type: object, properties: {k: {type: string}}, discriminator: {propertyName: k, mapping: {b: '#/components/schemas/B', c: C}}}
            C: {allOf: [{$ref: '#/components/schemas/B'}], properties: {c: {type: string}}}
            """)
        #expect(union("A", of: result) == nil && union("B", of: result) == nil)
        #expect(
            result.diagnostics.map(\.message) == [
                "the discriminator means the schema itself as well as others; its type is that of the schema alone"
            ])
    }

    @Test("a child that adds nothing is what the parent says itself")
    func emptyChild() throws {
        let result = read(
            """
            P: {type: object, required: [k], properties: {k: {type: string}}, discriminator: {propertyName: k, mapping: {c: C}}}
            C: {allOf: [{$ref: '#/components/schemas/P'}]}
            """)
        #expect(union("P", of: result) == ["C": ["c"]])
        guard case .object(let child)? = result.description?.schema(named: "C")?.schema.kind else {
            Issue.record("C is an object")
            return
        }
        #expect(child.properties.map(\.name) == ["k"])
    }

    @Test("the discriminator decides: each alternative is checked to have its own values, which nobody publishes")
    func bindings() throws {
        let result = read(
            """
            U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {type: object, properties: {k: {enum: [c]}}}], discriminator: {propertyName: k, mapping: {one: A, un: A}}}
            A: {type: object, properties: {k: {type: string}}}
            B: {type: object, properties: {k: {enum: [b, bb]}}}
            """)
        let resource = result.description?.resources["lockstep:///openapi.yaml"]
        let alternatives = resource?["components"]?["schemas"]?["U"]?["oneOf"]
        #expect(alternatives?[0]?["properties"]?["k"] == ["enum": ["one", "un", "A"]])
        #expect(alternatives?[1]?["properties"]?["k"] == ["enum": ["b", "bb", "B"]])
        #expect(alternatives?[2]?["allOf"] == [["properties": ["k": ["enum": ["c"]]]]])
        let published = result.bundle?.document["components"]?["schemas"]?["U"]?["oneOf"]
        #expect(published?[0] == ["$ref": "#/components/schemas/A"])
    }

    @Test("where two alternatives have the same value, the discriminator cannot decide")
    func ambiguous() throws {
        let result = read(
            """
            U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: k}}
            A: {type: object, properties: {k: {enum: [x, y]}}}
            B: {type: object, properties: {k: {enum: [x, z]}}}
            """)
        let resource = result.description?.resources["lockstep:///openapi.yaml"]
        #expect(resource?["components"]?["schemas"]?["U"]?["oneOf"]?[0]?["properties"] == nil)
    }
}
