import LockstepDocument
import LockstepEmit
import Testing

@Suite("Wrong patterns")
struct PatternPlaceTests {
    @Test("are reported where they stand, by line and column, in the order of the document")
    func places() throws {
        let text = """
            openapi: 3.1.0
            info: {title: Patterns, version: '1'}
            paths:
              /a/{id}:
                get:
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string, pattern: '('}}
                  responses: {'204': {description: Done.}}
            components:
              schemas:
                A:
                  type: object
                  properties: {pattern: {type: string, pattern: '[a'}}
                  patternProperties:
                    '^x)': {type: string}
                B: {not: {pattern: "*"}}
                C: {$id: 'https://example.com/c', properties: {x: {pattern: '\\_'}}}
            """
        let read = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let result = Generator.generate(try #require(read.description), bundle: try #require(read.bundle))
        #expect(
            result.diagnostics.map { "\($0.origin?.line ?? 0):\($0.origin?.column ?? 0) \($0.severity)" } == [
                "7:80 error", "13:53 error", "15:9 error", "16:24 error", "17:65 warning",
            ], "\(result.diagnostics)")
    }
}
