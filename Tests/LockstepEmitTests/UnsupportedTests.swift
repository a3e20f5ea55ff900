import LockstepDocument
import LockstepEmit
import Testing

@Suite("What is not generated is named")
struct UnsupportedTests {
    @Test("callbacks, webhooks and unknown security, each with its place")
    func diagnostics() throws {
        let text = """
            openapi: 3.1.0
            info: {title: Unsupported, version: '1'}
            paths:
              /a:
                post:
                  operationId: a
                  security: [{certificate: []}]
                  responses: {'204': {description: Done.}}
                  callbacks:
                    done: {'{$request.query.url}': {post: {responses: {'204': {description: Fine.}}}}}
            webhooks:
              news: {post: {operationId: news, responses: {'204': {description: Fine.}}}}
            components:
              securitySchemes:
                certificate: {type: mutualTLS}
            """
        let read = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let description = try #require(read.description, "\(read.diagnostics.map(\.description))")
        let result = Generator.generate(description, bundle: try #require(read.bundle))
        #expect(result.files.isEmpty)
        for wanted in [
            "error: the security scheme 'certificate'", "note: no code is generated for the callback 'done'",
            "note: no code is generated for the webhook 'news'",
        ] {
            #expect(result.diagnostics.contains { $0.description.contains(wanted) }, "\(wanted)")
        }
        #expect(result.diagnostics.allSatisfy { $0.origin != nil })
    }
}
