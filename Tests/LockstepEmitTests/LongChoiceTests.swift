import Foundation
import LockstepDocument
import LockstepEmit
import Testing

/// The compiler gives up on a `switch` over some 630 cases; Microsoft Graph has a union of 653.
@Suite("Long choices")
struct LongChoiceTests {
    private func code(_ schemas: String) throws -> String {
        let text = "openapi: 3.1.0\ninfo: {title: Long, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n" + schemas
        let read = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let result = Generator.generate(try #require(read.description), bundle: try #require(read.bundle))
        return result.files.map(\.contents).joined()
    }

    private func union(_ count: Int) -> String {
        let alternatives = (0..<count).map {
            "{type: object, required: [p\($0)], properties: {p\($0): {type: integer}}}"
        }
        return "    Long: {oneOf: [\(alternatives.joined(separator: ", "))]}\n"
    }

    @Test("a union too long for one switch is written by several functions")
    func unions() throws {
        let short = try code(union(500))
        #expect(!short.contains("writeFurther"))
        let long = try code(union(1_001))
        #expect(long.contains("default: writeFurther1(to: &json)"))
        #expect(long.contains("private func writeFurther1(to json: inout JSONWriter)"))
        #expect(long.contains("default: writeFurther2(to: &json)"))
        #expect(long.components(separatedBy: "(let value): value.write(to: &json)").count == 1_002)
        #expect(long.contains("default: break"))
    }

    @Test("a long enumeration of numbers is a number, of strings an enumeration")
    func enumerations() throws {
        let numbers = (1...501).map(String.init).joined(separator: ", ")
        let strings = (1...501).map { "v\($0)" }.joined(separator: ", ")
        let code = try code(
            """
                Numbers: {type: integer, enum: [\(numbers)]}
                Mixed: {enum: [\(numbers), a]}
                Strings: {enum: [\(strings)]}

            """)
        #expect(code.contains("public typealias Numbers = Int"))
        #expect(code.contains("public typealias Mixed = JSONValue"))
        #expect(code.contains("public enum Strings: StringEnumeration"))
    }
}
