import LockstepDocument
import LockstepEmit
import Testing

@Suite("Defaults")
struct DefaultTests {
    @Test(
        "a default that its own schema does not allow is not applied, and a warning says so",
        arguments: [
            ("{type: integer, maximum: 3, default: 5}", false), ("{type: integer, maximum: 3, default: 3}", true),
            ("{type: number, multipleOf: 0.1, default: 0.25}", false),
            ("{type: integer, default: '1'}", false), ("{type: object, default: []}", false),
            ("{type: string, pattern: '^a', default: b}", false), ("{type: string, pattern: '^a', default: ab}", true),
            ("{type: array, items: {type: integer, minimum: 1}, default: [1, 0]}", false),
            ("{type: array, items: {type: integer, minimum: 1}, default: [1, 2]}", true),
            ("{$ref: '#/components/schemas/Short', default: long}", false),
            ("{$ref: '#/components/schemas/Short', default: ok}", true),
        ])
    func allowedDefaults(property: String, isApplied: Bool) {
        let text = """
            openapi: 3.1.0
            info: {title: Defaults, version: '1'}
            paths: {}
            components:
              schemas:
                A: {type: object, properties: {a: \(property)}}
                Short: {type: string, maxLength: 2}
            """
        let read = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        guard let description = read.description, let bundle = read.bundle else {
            Issue.record("the document cannot be read: \(read.diagnostics)")
            return
        }
        let result = Generator.generate(description, bundle: bundle)
        let warnings = result.diagnostics.filter { $0.message.contains("is not allowed by its own schema") }
        #expect(warnings.isEmpty == isApplied)
        let code = result.files.map(\.contents).joined()
        #expect(code.contains("json[0].optional(") && code.contains(" ?? ") == isApplied)
    }
}
