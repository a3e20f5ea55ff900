import Foundation
import LockstepDocument
import LockstepJSON
import LockstepSchema
import Testing

/// What a document of OpenAPI 3.0 lets through, once it is in the 3.1 model: the cases that make conformance also asks
/// generated code.
@Suite("OpenAPI 3.0's own semantics")
struct Version30Tests {
    private static let groups: [JSONValue] = {
        let url = URL(fileURLWithPath: #filePath).appending(path: "../../conformance/openapi-3.0.json")
            .standardizedFileURL
        let bytes = (try? Data(contentsOf: url)).map { [UInt8]($0) } ?? []
        return (try? JSONDocument.parse(bytes).value.array) ?? []
    }()

    @Test("there are cases")
    func cases() {
        #expect(Self.groups.count >= 8)
    }

    @Test("a value is valid as 3.0 says", arguments: groups.indices)
    func semantics(index: Int) throws {
        let group = Self.groups[index]
        let title = try #require(group["description"]?.string)
        let text = """
            openapi: 3.0.3
            info: {title: Cases, version: '1'}
            paths: {}
            components: {schemas: {Case: {$ref: case.json}}}
            """
        let loader = InMemoryLoader(["openapi.yaml": text, "case.json": try #require(group["schema"]).text])
        let result = DocumentReader(loader: loader).read("openapi.yaml")
        let description = try #require(result.description, "\(result.diagnostics)")
        let uri = try #require(description.schemas.first?.schema.uri)
        let compiler = SchemaCompiler(resources: description.resources, followsDialects: true)
        let entry = try compiler.compile([.init(name: "case", schema: uri)])["case"]
        let means = try SchemaCompiler.validator(for: try #require(group["means"]))
        for test in group["tests"]?.array ?? [] {
            let document = JSONDocument(test["data"] ?? .null)
            let name = "\(title): \(test["description"]?.string ?? "")"
            #expect(entry.validate(document).isValid == test["valid"]?.bool, "\(name)")
            #expect(means.validate(document).isValid == test["valid"]?.bool, "\(name), in JSON Schema")
        }
    }
}
