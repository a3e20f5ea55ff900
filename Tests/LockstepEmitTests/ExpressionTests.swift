import LockstepDocument
import LockstepEmit
import Testing

@Suite("Callbacks and links that lead nowhere are named")
struct ExpressionTests {
    @Test("a value that the document does not describe is an argument, and named with its place")
    func unknownValues() throws {
        let (files, lines) = try generate(
            """
            openapi: 3.1.0
            info: {title: Expressions, version: '1'}
            paths:
              /a:
                post:
                  operationId: a
                  requestBody: {content: {application/json: {schema: {type: object, properties: {url: {type: string}}}}}}
                  responses: {'204': {description: Done.}}
                  callbacks:
                    one: {'{$request.body#/ulr}': {post: {operationId: one, responses: {'204': {description: Fine.}}}}}
                    two: {'{$request.query.url}': {post: {operationId: two, responses: {'204': {description: Fine.}}}}}
                    three: {'{$request.header.X-Url}': {post: {operationId: three, responses: {'204': {description: Fine.}}}}}
              /b:
                post:
                  operationId: b
                  requestBody: {content: {text/plain: {}}}
                  responses: {'204': {description: Done.}}
                  callbacks:
                    four: {'{$request.body#/url}': {post: {operationId: four, responses: {'204': {description: Fine.}}}}}
                    five:
                      '{$request.header.a}{$response.header.A}{$response.header.url}{$request.header.A}':
                        {put: {responses: {'204': {description: Fine.}}}}
            """)
        #expect(
            lines.map { $0.prefix { $0 != "[" } } == [
                "openapi.yaml:10:15: warning: the schema of the request has nothing at '/ulr' ",
                "openapi.yaml:11:15: warning: 'a' has no query parameter 'url': the caller gives its value ",
                "openapi.yaml:19:16: warning: 'b' has no body that is always JSON or a form: the caller gives its value ",
            ])
        for signature in [
            "static func oneURL(_ input: Input) throws", "static func twoURL(urlValue: String) throws",
            "static func threeURL(xUrl: String) throws", "static func fourURL(requestBody: some JSONCoded) throws",
            "static func fiveURL(a: String, aValue: String, urlValue: String) throws",
        ] {
            #expect(files.contains(signature), "\(signature)")
        }
    }

    @Test("a link without an operation, or without a value for the path, is no code")
    func links() throws {
        let (files, lines) = try generate(
            """
            openapi: 3.1.0
            info: {title: Links, version: '1'}
            paths:
              /a/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                get:
                  operationId: a
                  responses:
                    '200':
                      description: Done.
                      content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}
                      links:
                        incomplete: {operationId: a}
                        misnamed: {operationId: a, parameters: {id: $response.body#/id, ids: 5}}
                        webhook: {operationId: news}
                        nothing: {operationId: none}
            webhooks:
              news: {post: {operationId: news, responses: {'204': {description: Fine.}}}}
            """)
        #expect(
            lines.map { $0.prefix { $0 != "[" } } == [
                "openapi.yaml:13:13: warning: no code is generated for the link 'incomplete': it has no value for the "
                    + "path parameter 'id' of 'a' ",
                "openapi.yaml:14:13: warning: 'a' has no parameter 'ids' ",
                "openapi.yaml:15:13: warning: no code is generated for the link 'webhook': its operation is not generated ",
            ])
        #expect(files.contains("func misnamedPath(response: A.OKBody)"))
        for name in ["incompletePath", "webhookPath", "nothingPath"] { #expect(!files.contains(name), "\(name)") }
    }

    @Test("webhooks and callbacks give way to schemas and operations of their names")
    func names() throws {
        let (files, _) = try generate(
            """
            openapi: 3.1.0
            info: {title: Names, version: '1'}
            paths:
              /news: {get: {operationId: news, responses: {'204': {description: Fine.}}}}
              /a:
                post:
                  operationId: a
                  responses: {'204': {description: Done.}}
                  callbacks:
                    news: {'{$url}': {$ref: '#/components/pathItems/Shared'}}
                    webhooks: {'{$method}': {put: {responses: {'204': {description: Fine.}}}}}
              /b:
                post:
                  operationId: b
                  responses: {'204': {description: Done.}}
                  callbacks: {news: {'{$url}': {$ref: '#/components/pathItems/Shared'}}}
            webhooks:
              news: {post: {responses: {'204': {description: Fine.}}}}
              response: {post: {responses: {'204': {description: Fine.}}}}
              sender: {post: {responses: {'204': {description: Fine.}}}}
              self: {post: {responses: {'204': {description: Fine.}}}, put: {responses: {'204': {description: Fine.}}}}
            components:
              pathItems: {Shared: {post: {responses: {'204': {description: Fine.}}}}}
              schemas: {Webhooks: {type: object, properties: {callbacks: {type: object, properties: {a: {type: string}}}}}}
            """)
        for declaration in [
            "public struct Webhooks: JSONCoded", "public enum News {", "public struct WebhooksSender: Sendable",
            "public struct Callbacks: Sendable", "public enum NewsWebhook {", "public enum ANews {",
            "public enum AWebhooks {",
            "public enum ResponseWebhook {", "func senderWebhook(", "public enum Sender {", "public enum PostSelf {",
            "public enum PutSelf {",
        ] {
            #expect(files.contains(declaration), "\(declaration)")
        }
        // A callback that two operations share is sent by one function; each has its URL.
        #expect(files.split(separator: "func newsURL(requestURL: String)").count == 3)
        #expect(!files.contains("enum BNews"))
    }

    private func generate(_ text: String) throws -> (files: String, lines: [String]) {
        let read = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let description = try #require(read.description, "\(read.diagnostics.map(\.description))")
        let result = Generator.generate(description, bundle: try #require(read.bundle), options: .init(layout: .tags))
        return (result.files.map(\.contents).joined(), result.diagnostics.map(\.description))
    }
}
