import LockstepJSON
import Testing

@testable import LockstepDocument

@Suite("The events of a text/event-stream")
struct EventSchemaTests {
    private func read(_ content: String, schemas: String = "{}") throws -> (items: Schema?, api: APIDescription) {
        let text = """
            openapi: 3.2.0
            info: {title: Events, version: '1'}
            paths:
              /a:
                get:
                  operationId: a
                  responses:
                    '200': {description: Done., content: {\(content)}}
            components: {schemas: \(schemas)}
            """
        let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let api = try #require(result.description, "\(result.diagnostics.map(\.description))")
        let bundle = try #require(result.bundle)
        #expect(!bundle.json().contains(EventSchema.key), "nobody wrote it, so it is not published")
        return (api.operations[0].responses[0].contents[0].itemSchema, api)
    }

    private func data(_ schema: Schema?) -> SchemaKind? {
        guard case .object(let object)? = schema?.kind else { return nil }
        return object.properties.first { $0.name == "data" }?.schema.kind
    }

    private static let json = "data: {type: string, contentMediaType: application/json, contentSchema: {type: integer}}"

    @Test("JSON in the data is what its contentSchema says, in the type and for the check")
    func content() throws {
        let (items, api) = try read("text/event-stream: {itemSchema: {type: object, properties: {\(Self.json)}}}")
        guard case .integer? = data(items) else { throw Unexpected() }
        #expect(items?.uri.hasSuffix(EventSchema.key) == true)
        #expect(api.resources.values.contains { $0.text.contains("\"\(EventSchema.key)\":{\"type\":\"object\"") })
    }

    @Test("references lead to it, the schema that others use stays, and an array's items will do before 3.2")
    func references() throws {
        let (items, api) = try read(
            "text/event-stream: {itemSchema: {$ref: '#/components/schemas/E'}}",
            schemas: "{E: {type: object, properties: {\(Self.json)}}}")
        guard case .integer? = data(items), case .string? = data(api.schemas[0].schema) else { throw Unexpected() }
        let old = try read("text/event-stream: {schema: {type: object, properties: {\(Self.json)}}}").items
        guard case .integer? = data(old) else { throw Unexpected() }
    }

    @Test("alternatives whose data stays text keep what is said of all")
    func alternatives() throws {
        let items = try read(
            """
            text/event-stream: {itemSchema: {type: object, properties: {event: {type: string}, data: {type: string, \
            maxLength: 3}}, oneOf: [{properties: {event: {const: a}}}, {properties: {event: {const: b}, data: \
            {contentMediaType: application/json, contentSchema: {type: array, items: {type: integer}}}}}]}}
            """
        ).items
        guard case .union(let union)? = items?.kind, union.alternatives.count == 2 else { throw Unexpected() }
        guard case .string? = data(union.alternatives[0].schema), case .array? = data(union.alternatives[1].schema)
        else { throw Unexpected() }
    }

    @Test(
        "other media types and text that is no JSON stay as they are",
        arguments: [
            "application/jsonl: {itemSchema: {type: object, properties: {\(json)}}}",
            "text/event-stream: {itemSchema: {type: object, properties: {data: {type: string, contentMediaType: a/b, "
                + "contentSchema: {type: integer}}}}}",
            "text/event-stream: {itemSchema: {type: object, properties: {data: {type: string, contentMediaType: "
                + "application/json, contentSchema: {type: string}}}}}",
        ])
    func untouched(content: String) throws {
        guard case .string? = data(try read(content).items) else { throw Unexpected() }
    }

    @Test("a schema that contains itself is followed no further than it goes")
    func recursion() throws {
        let items = try read(
            "text/event-stream: {itemSchema: {$ref: '#/components/schemas/E'}}",
            schemas: "{E: {type: object, properties: {data: {contentMediaType: application/json, contentSchema: {$ref: "
                + "'#/components/schemas/E'}}}}}"
        ).items
        guard case .reference("E")? = data(items) else { throw Unexpected() }
    }

    private struct Unexpected: Error {}
}
