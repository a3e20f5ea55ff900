import LockstepJSON
import Testing

@testable import LockstepDocument

/// Every field of every OpenAPI object that is read: `docs/supported-openapi.md` refers to these tests.
@Suite("Objects and fields of OpenAPI")
struct ObjectFieldTests {
    private static let head = "openapi: 3.1.1\ninfo: {title: T, version: '1'}\n"

    private func read(_ text: String) throws -> APIDescription {
        let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        #expect(result.diagnostics == [])
        return try #require(result.description)
    }

    /// An API of one operation, whose members are given.
    private func operation(_ members: String, components: String = "") throws -> Operation {
        try #require(
            read("\(Self.head)paths:\n  /a/{id}:\n    post:\n\(members)\n\(components)").operations.first)
    }

    private func published(_ text: String) throws -> JSONValue {
        let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        return try #require(result.bundle).document
    }

    // MARK: The document

    @Test func `OpenAPI Object`() throws {
        let api = try read(
            """
            openapi: 3.1.1
            info: {title: T, version: '1'}
            jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
            servers: [{url: 'https://example.com'}]
            paths: {/a: {get: {tags: [t], responses: {'200': {description: d}}}}}
            webhooks: {news: {post: {operationId: news, responses: {'200': {description: d}}}}}
            components: {schemas: {A: {type: string}}, securitySchemes: {key: {type: apiKey, in: header, name: K}}}
            security: [{key: []}]
            tags: [{name: t}]
            externalDocs: {url: 'https://example.com'}
            x-own: 1
            """)
        #expect(api.version == "3.1.1" && api.servers.map(\.url) == ["https://example.com"])
        #expect(api.operations.map(\.id) == ["getA"] && api.webhooks.map(\.role) == [.webhook(name: "news")])
        #expect(api.schemas.map(\.name) == ["A"] && api.securitySchemes.map(\.name) == ["key"])
        #expect(api.security.alternatives.map { $0.map(\.scheme) } == [["key"]])
        #expect(api.tags.map(\.name) == ["t"] && api.extensions == ["x-own": 1])
    }

    @Test func `Info, Contact and License Objects`() throws {
        let api = try read(
            """
            openapi: 3.1.1
            info:
              title: T
              summary: S
              description: D
              termsOfService: https://example.com/terms
              contact: {name: N, url: 'https://example.com', email: a@example.com}
              license: {name: L, identifier: MIT}
              version: '2'
              x-own: 1
            paths: {}
            """)
        let info = api.info
        #expect([info.title, info.version, info.summary, info.description] == ["T", "2", "S", "D"])
        #expect(info.termsOfService == "https://example.com/terms" && info.extensions == ["x-own": 1])
        #expect(
            [info.contact?.name, info.contact?.url, info.contact?.email] == [
                "N", "https://example.com", "a@example.com",
            ])
        #expect(info.license?.name == "L" && info.license?.identifier == "MIT")
        let other = try read(
            "openapi: 3.1.1\ninfo: {title: T, version: '1', license: {name: L, url: 'https://example.com'}}\npaths: {}")
        #expect(other.info.license?.url == "https://example.com")
    }

    @Test func `Server and Server Variable Objects`() throws {
        let api = try read(
            """
            openapi: 3.2.0
            info: {title: T, version: '1'}
            paths:
              /a:
                servers: [{url: /path}]
                get: {responses: {'200': {description: d}}}
                put: {servers: [{url: /operation}], responses: {'200': {description: d}}}
            servers:
            - url: https://{a}.example.com
              description: D
              variables: {a: {default: x, enum: [x, y], description: V}}
            """)
        let server = try #require(api.servers.first)
        #expect(server.url == "https://{a}.example.com" && server.description == "D")
        let variable = try #require(server.variables.first)
        #expect([variable.name, variable.defaultValue, variable.description] == ["a", "x", "V"])
        #expect(variable.values == ["x", "y"])
        #expect(api.operations.map { $0.servers.map(\.url) } == [["/path"], ["/operation"]])
    }

    @Test func `Components Object`() throws {
        let text = """
            \(Self.head)paths:
              /a/{id}:
                $ref: '#/components/pathItems/item'
            components:
              schemas: {S: {type: string}}
              responses: {R: {description: d, headers: {X-H: {$ref: '#/components/headers/H'}}, links: {l: {$ref: '#/components/links/L'}}}}
              parameters: {P: {name: id, in: path, required: true, schema: {type: string}, examples: {e: {$ref: '#/components/examples/E'}}}}
              examples: {E: {value: v}}
              requestBodies: {B: {content: {text/plain: {schema: {$ref: '#/components/schemas/S'}}}}}
              headers: {H: {schema: {type: string}}}
              securitySchemes: {K: {type: apiKey, in: header, name: K}}
              links: {L: {operationId: op}}
              callbacks: {C: {'{$url}': {post: {responses: {'200': {description: d}}}}}}
              pathItems:
                item:
                  post:
                    operationId: op
                    parameters: [{$ref: '#/components/parameters/P'}]
                    requestBody: {$ref: '#/components/requestBodies/B'}
                    security: [{K: []}]
                    responses: {'200': {$ref: '#/components/responses/R'}}
                    callbacks: {c: {$ref: '#/components/callbacks/C'}}
            """
        let operation = try #require(read(text).operations.first)
        #expect(operation.parameters.first?.examples.first?.value == "v")
        #expect(operation.requestBody?.contents.map(\.mediaType) == ["text/plain"])
        #expect(operation.responses.first?.headers.map(\.name) == ["X-H"])
        #expect(operation.responses.first?.links.map(\.operationID) == ["op"])
        #expect(operation.callbacks.map(\.name) == ["c"])
        #expect(operation.security.alternatives.first?.map(\.scheme) == ["K"])
    }

    @Test func `Tag and External Documentation Objects`() throws {
        let api = try read(
            "\(Self.head)paths: {}\ntags: [{name: t, description: D, externalDocs: {url: 'https://example.com', description: E}}]"
        )
        let tag = try #require(api.tags.first)
        #expect(tag.name == "t" && tag.description == "D")
        #expect(
            tag.externalDocumentation?.url == "https://example.com" && tag.externalDocumentation?.description == "E")
    }

    // MARK: Operations

    @Test func `Paths and Path Item Objects`() throws {
        let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
        let operations = methods.map { "    \($0): {operationId: \($0), responses: {'200': {description: d}}}\n" }
        let api = try read(
            """
            \(Self.head)paths:
              /a/{id}:
                summary: S
                description: D
                servers: [{url: /path}]
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            \(operations.joined())
              /b/{id}:
                $ref: '#/paths/~1a~1{id}'
            """)
        #expect(api.operations.prefix(8).map(\.id) == methods)
        #expect(api.operations.prefix(8).map(\.method) == methods.map { $0.uppercased() })
        #expect(api.operations.allSatisfy { $0.summary == "S" && $0.description == "D" })
        #expect(api.operations.allSatisfy { $0.parameters.map(\.name) == ["id"] && $0.servers.map(\.url) == ["/path"] })
        #expect(api.operations.count == 16)
    }

    @Test func `Operation Object`() throws {
        let operation = try operation(
            """
                  tags: [t]
                  summary: S
                  description: D
                  externalDocs: {url: 'https://example.com'}
                  operationId: op
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  requestBody: {content: {application/json: {}}}
                  responses: {'200': {description: d}}
                  callbacks: {c: {'{$url}': {post: {responses: {'200': {description: d}}}}}}
                  deprecated: true
                  security: []
                  servers: [{url: /own}]
                  x-own: 1
            """)
        #expect(operation.tags == ["t"] && operation.summary == "S" && operation.description == "D")
        #expect(operation.externalDocumentation?.url == "https://example.com" && operation.id == "op")
        #expect(operation.parameters.count == 1 && operation.requestBody != nil && operation.responses.count == 1)
        #expect(operation.callbacks.count == 1 && operation.isDeprecated && operation.security.alternatives.isEmpty)
        #expect(operation.servers.map(\.url) == ["/own"] && operation.extensions == ["x-own": 1])
    }

    @Test func `Parameter Object`() throws {
        let parameters = try operation(
            """
                  parameters:
                    - {name: id, in: path, required: true, style: matrix, explode: true, schema: {type: array, items: {type: integer}}}
                    - {name: q, in: query, description: D, deprecated: true, allowReserved: true, schema: {type: string}, example: e, x-own: 1}
                    - {name: h, in: header, content: {application/json: {schema: {type: object}}}}
                    - {name: c, in: cookie, schema: {type: integer}, examples: {one: {value: 1}}}
                  responses: {'200': {description: d}}
            """
        ).parameters
        #expect(parameters.map(\.name) == ["id", "q", "h", "c"])
        #expect(parameters.map(\.location) == [.path, .query, .header, .cookie])
        #expect(parameters.map(\.isRequired) == [true, false, false, false])
        #expect(parameters[0].style == .matrix && parameters[0].explode)
        #expect(parameters[1].description == "D" && parameters[1].isDeprecated && parameters[1].allowReserved)
        #expect(parameters[1].examples.map(\.value) == ["e"] && parameters[1].extensions == ["x-own": 1])
        #expect(parameters[2].mediaType == "application/json")
        #expect(parameters[3].examples.map(\.name) == ["one"] && parameters[3].style == .form)
    }

    @Test(
        "each style of each place, with its default for explode",
        arguments: [
            ("path", "simple", false), ("path", "label", false), ("path", "matrix", false), ("query", "form", true),
            ("query", "spaceDelimited", false), ("query", "pipeDelimited", false), ("query", "deepObject", false),
            ("header", "simple", false), ("cookie", "form", true),
        ])
    func styles(_ location: String, _ style: String, _ explode: Bool) throws {
        let other = location == "path" ? "" : "- {name: id, in: path, required: true, schema: {type: string}}"
        let parameters = try operation(
            """
                  parameters:
                    - {name: id, in: \(location), required: true, style: \(style), schema: {type: array, items: {type: integer}}}
                    \(other)
                  responses: {'200': {description: d}}
            """
        ).parameters
        #expect(parameters[0].style.rawValue == style && parameters[0].explode == explode)
    }

    // MARK: Messages

    @Test func `Request Body, Media Type, Encoding and Example Objects`() throws {
        let body = try #require(
            operation(
                """
                      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                      requestBody:
                        description: D
                        required: true
                        content:
                          multipart/form-data:
                            schema: {type: object, properties: {f: {type: array, items: {type: string}}}}
                            encoding:
                              f: {contentType: 'text/plain, text/html', headers: {X-A: {schema: {type: string}}}, style: form, explode: false, allowReserved: true}
                            example: {f: [a]}
                          application/json:
                            examples:
                              one: {summary: S, description: E, value: 1}
                              two: {externalValue: 'https://example.com'}
                      responses: {'200': {description: d}}
                """
            ).requestBody)
        #expect(body.isRequired && body.description == "D")
        #expect(body.contents.map(\.mediaType) == ["multipart/form-data", "application/json"])
        let encoding = try #require(body.contents[0].encodings.first)
        #expect(encoding.property == "f" && encoding.contentTypes == ["text/plain", "text/html"])
        #expect(encoding.headers.map(\.name) == ["X-A"] && encoding.style == .form)
        #expect(encoding.explode == false && encoding.allowReserved)
        #expect(body.contents[0].examples.map(\.value) == [["f": ["a"]]])
        let examples = body.contents[1].examples
        #expect(examples.map(\.name) == ["one", "two"] && examples[0].summary == "S" && examples[0].description == "E")
        #expect(examples[0].value == 1 && examples[1].externalValue == "https://example.com")
    }

    @Test func `Responses, Response, Header and Link Objects`() throws {
        let responses = try operation(
            """
                  operationId: op
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses:
                    '200':
                      description: D
                      headers:
                        X-A: {description: H, required: true, deprecated: true, style: simple, explode: true, schema: {type: array, items: {type: string}}, example: [a]}
                        X-B: {content: {application/json: {schema: {type: object}}}}
                        X-C: {schema: {type: string}, examples: {one: {value: c}}}
                      content: {application/json: {}, text/csv: {schema: {type: string}}}
                      links:
                        self: {operationId: op, parameters: {id: $response.body#/id}, requestBody: $request.body, description: L}
                        other: {operationRef: '#/paths/~1a~1{id}/post', server: {url: /other}}
                      x-own: 1
                    4XX: {description: E}
                    default: {description: F}
            """
        ).responses
        #expect(responses.map(\.status) == [.code(200), .range(4), .default])
        #expect(responses[0].description == "D" && responses[0].extensions == ["x-own": 1])
        #expect(responses[0].contents.map(\.mediaType) == ["application/json", "text/csv"])
        let headers = responses[0].headers
        #expect(headers[0].description == "H" && headers[0].isRequired && headers[0].isDeprecated && headers[0].explode)
        #expect(headers[0].examples.map(\.value) == [["a"]] && headers[2].examples.map(\.name) == ["one"])
        #expect(headers[1].mediaType == "application/json")
        let links = responses[0].links
        #expect(links.map(\.operationID) == ["op", "op"] && links[0].description == "L")
        #expect(links[0].parameters.map(\.value) == ["$response.body#/id"] && links[0].requestBody == "$request.body")
    }

    @Test func `Callback Object`() throws {
        let callback = try #require(
            operation(
                """
                      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                      responses: {'200': {description: d}}
                      callbacks:
                        done:
                          '{$request.body#/url}': {post: {operationId: done, responses: {'204': {description: d}}}}
                """
            ).callbacks.first)
        #expect(callback.name == "done" && callback.expression == "{$request.body#/url}")
        #expect(callback.operations.map(\.id) == ["done"])
    }

    @Test func `Reference Object`() throws {
        let responses = try operation(
            """
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses: {'200': {$ref: '#/components/responses/R', description: here, summary: s}}
            """, components: "components: {responses: {R: {description: there}}}"
        ).responses
        #expect(responses.map(\.description) == ["here"])
    }

    @Test func `Discriminator and XML Objects`() throws {
        let text = """
            \(Self.head)paths: {}
            components:
              schemas:
                U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: t, mapping: {one: A, two: '#/components/schemas/B'}}}
                A: {type: object, properties: {t: {type: string, xml: {name: n, namespace: 'https://example.com', prefix: p, attribute: true}}}}
                B: {type: object, properties: {t: {type: string}, l: {type: array, items: {type: string}, xml: {wrapped: true}}}}
            """
        guard case .union(let union) = try #require(read(text).schemas.first).schema.kind else {
            Issue.record("U is a union")
            return
        }
        #expect(union.discriminator?.property == "t" && union.discriminator?.isMapped == true)
        #expect(union.alternatives.map(\.discriminatorValues) == [["one"], ["two"]])
        let xml = try published(text)["components"]?["schemas"]?["A"]?["properties"]?["t"]?["xml"]
        #expect(xml?["namespace"]?.string == "https://example.com" && xml?["attribute"]?.bool == true)
    }

    // MARK: Security

    @Test func `Security Scheme, OAuth Flows and Security Requirement Objects`() throws {
        let api = try read(
            """
            \(Self.head)paths: {/a: {get: {security: [{oauth: [read], key: []}, {bearer: [admin]}, {}], responses: {'200': {description: d}}}}}
            components:
              securitySchemes:
                key: {type: apiKey, description: D, name: K, in: cookie}
                basic: {type: http, scheme: basic}
                bearer: {type: http, scheme: bearer, bearerFormat: JWT}
                tls: {type: mutualTLS}
                oidc: {type: openIdConnect, openIdConnectUrl: 'https://example.com'}
                oauth:
                  type: oauth2
                  flows:
                    implicit: {authorizationUrl: 'https://a', scopes: {read: R}}
                    password: {tokenUrl: 'https://t', refreshUrl: 'https://r', scopes: {}}
                    clientCredentials: {tokenUrl: 'https://t', scopes: {}}
                    authorizationCode: {authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {}}
            """)
        let kinds = Dictionary(uniqueKeysWithValues: api.securitySchemes.map { ($0.name, $0.kind) })
        guard case .apiKey(.cookie, "K") = kinds["key"], case .basic = kinds["basic"], case .mutualTLS = kinds["tls"],
            case .bearer("JWT") = kinds["bearer"], case .openIDConnect("https://example.com") = kinds["oidc"],
            case .oauth2(let flows) = kinds["oauth"]
        else {
            Issue.record("\(kinds)")
            return
        }
        #expect(flows.map(\.name) == ["implicit", "password", "clientCredentials", "authorizationCode"])
        #expect(flows[0].authorizationURL == "https://a" && flows[0].scopes.map(\.name) == ["read"])
        #expect(flows[1].tokenURL == "https://t" && flows[1].refreshURL == "https://r")
        let uses = api.operations[0].security.alternatives.map { $0.map { [$0.scheme] + $0.scopes } }
        #expect(uses == [[["oauth", "read"], ["key"]], [["bearer", "admin"]], []])
        #expect(api.securitySchemes.first?.description == "D")
    }
}
