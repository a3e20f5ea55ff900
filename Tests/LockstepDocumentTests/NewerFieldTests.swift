import Testing

@testable import LockstepDocument

/// What OpenAPI 3.2 added: `docs/supported-openapi.md` refers to these tests.
@Suite("Objects and fields of OpenAPI 3.2")
struct NewerFieldTests {
    @Test func `what OpenAPI 3.2 added`() throws {
        let result = DocumentReader(
            loader: InMemoryLoader([
                "openapi.yaml": """
                openapi: 3.2.0
                info: {title: T, version: '1'}
                servers: [{url: /, name: main}]
                tags: [{name: t, summary: S, kind: nav}, {name: u, parent: t}]
                paths:
                  /a:
                    query: {responses: {'200': {summary: R}}}
                    additionalOperations: {COPY: {responses: {'200': {description: d, content: {application/jsonl: {$ref: '#/components/mediaTypes/M'}}}}}}
                    get:
                      parameters:
                        - {name: f, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object, required: [a], properties: {a: {type: string}, b: {type: integer}}}}}}
                      responses: {'200': {description: d}}
                    put:
                      parameters: [{name: c, in: cookie, style: cookie, schema: {type: string}}]
                      responses: {'200': {description: d}}
                components:
                  mediaTypes: {M: {description: D, itemSchema: {$ref: '#/components/schemas/B'}}}
                  examples: {E: {dataValue: 1, serializedValue: '1'}}
                  securitySchemes: {o: {type: oauth2, deprecated: true, oauth2MetadataUrl: 'https://m', flows: {deviceAuthorization: {deviceAuthorizationUrl: 'https://d', tokenUrl: 'https://t', scopes: {}}}}}
                  schemas:
                    U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: t, defaultMapping: B}}
                    A: {type: object, properties: {t: {type: string, xml: {nodeType: text}}}}
                    B: {type: object, properties: {t: {type: string}}}
                """
            ])
        ).read("openapi.yaml")
        #expect(result.diagnostics.filter { $0.severity > .note } == [])
        let api = try #require(result.description)
        #expect(api.servers.map(\.name) == ["main"] && api.tags.map(\.kind) == ["nav", nil])
        #expect(api.tags.map(\.parent) == [nil, "t"] && api.tags[0].summary == "S")
        #expect(api.operations.map(\.method) == ["QUERY", "GET", "PUT", "COPY"])
        #expect(api.operations[0].responses.map(\.description) == ["R"])
        #expect(api.operations[1].parameters.map(\.name) == ["a", "b"])
        #expect(api.operations[1].parameters.map(\.isRequired) == [false, false])
        #expect(api.operations[2].parameters.map(\.style) == [.cookie])
        #expect(api.operations[3].responses[0].contents[0].itemSchema != nil)
        guard case .oauth2(let flows) = api.securitySchemes[0].kind, case .union(let union) = api.schemas[0].schema.kind
        else {
            Issue.record("o is oauth2, U a union")
            return
        }
        #expect(flows.map(\.name) == ["deviceAuthorization"] && flows[0].authorizationURL == "https://d")
        #expect(api.securitySchemes[0].isDeprecated && union.discriminator?.defaultAlternative == 1)
    }
}
