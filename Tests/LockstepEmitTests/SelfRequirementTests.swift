import LockstepDocument
import LockstepEmit
import Testing

@Suite("Types that require themselves")
struct SelfRequirementTests {
    @Test("a property of the own type that must be there is optional in Swift: no value has it, and the code compiles")
    func ownType() throws {
        let text = """
            openapi: 3.1.0
            info: {title: Endless, version: '1'}
            paths: {}
            components:
              schemas:
                A: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}}}
            """
        let read = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let description = try #require(read.description)
        let result = Generator.generate(description, bundle: try #require(read.bundle))
        let code = result.files.map(\.contents).joined()
        #expect(code.contains("public var a: A?") && code.contains("optional(A.self)"))
    }
}
