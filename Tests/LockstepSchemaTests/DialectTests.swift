import LockstepJSON
import LockstepSchema
import Testing

/// Where `format` is checked, and where it only describes.
@Suite struct DialectTests {
    private static let draft: JSONValue = "https://json-schema.org/draft/2020-12/schema"

    private func accepts(
        _ document: JSONValue, _ schema: String = "doc#/components/schemas/A", follows: Bool = true
    ) throws -> Bool {
        let compiler = SchemaCompiler(resources: ["doc": document], followsDialects: follows)
        let program = try compiler.compile([.init(name: "x", schema: schema)])
        return program["x"].validate(JSONDocument("nobody")).isValid
    }

    private func document(_ schema: JSONValue, dialect: JSONValue? = nil) -> JSONValue {
        var members = [
            JSONMember(key: "openapi", value: "3.1.0"),
            JSONMember(key: "components", value: ["schemas": ["A": schema]]),
        ]
        if let dialect { members.append(JSONMember(key: "jsonSchemaDialect", value: dialect)) }
        return .object(members)
    }

    @Test func `formats are checked in OpenAPI's dialect`() throws {
        #expect(try !accepts(document(["format": "email"])))
        let own: JSONValue = "https://spec.openapis.org/oas/3.1/dialect/base"
        #expect(try !accepts(document(["format": "email"], dialect: own)))
        #expect(try !accepts(document(["$schema": own, "format": "email"], dialect: Self.draft)))
    }

    @Test func `a schema or a document of plain JSON Schema only describes by format`() throws {
        #expect(try accepts(document(["$schema": Self.draft, "format": "email"])))
        #expect(try accepts(document(["format": "email"], dialect: Self.draft)))
        #expect(try accepts(document(["$schema": Self.draft, "allOf": [["format": "email"]]])))
        #expect(try accepts(["$schema": Self.draft, "format": "email"], "doc"))
    }

    @Test func `whoever asks for formats gets them whatever the dialect`() throws {
        #expect(try !accepts(document(["$schema": Self.draft, "format": "email"]), follows: false))
    }

    @Test func `JSON Schema's own schemas are built in`() {
        #expect(SchemaCompiler.isBuiltIn("https://json-schema.org/draft/2020-12/schema#/$defs/anchorString"))
        #expect(SchemaCompiler.isBuiltIn("https://json-schema.org/draft/2020-12/meta/unevaluated"))
        #expect(!SchemaCompiler.isBuiltIn("https://json-schema.org/draft/2020-12/meta/other"))
        #expect(!SchemaCompiler.isBuiltIn("https://json-schema.org/draft-07/schema"))
    }

    @Test func `programs with dynamic references are the same each time`() throws {
        let schema: JSONValue = [
            "$id": "https://example.com/root", "$dynamicAnchor": "m", "$ref": "list",
            "$defs": [
                "a": ["$id": "a", "$dynamicAnchor": "m", "type": "string"],
                "b": ["$id": "b", "$dynamicAnchor": "m", "type": "integer"],
                "list": ["$id": "list", "items": ["anyOf": [["$dynamicRef": "a#m"], ["$dynamicRef": "b#m"]]]],
            ],
        ]
        func text() throws -> String {
            try SchemaCompiler(resources: ["doc": schema]).compile([.init(name: "x", schema: "doc")]).serialized()
        }
        let first = try text()
        for _ in 0..<8 { #expect(try text() == first) }
    }
}
