import LockstepDocument
import LockstepEmit
import Testing

@Suite("The table of routes")
struct RouteTableTests {
    private func generate(_ text: String) throws -> (contract: String, diagnostics: [Diagnostic]) {
        let read = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let result = Generator.generate(
            try #require(read.description), bundle: try #require(read.bundle), options: .init(layout: .tags))
        let contract = try #require(result.files.first { $0.name == "Contract.swift" }?.contents)
        return (contract, read.diagnostics + result.diagnostics)
    }

    @Test("paths of servers, of the document and of an operation or a path that has its own")
    func basePaths() throws {
        let operation = "responses: {'204': {description: Done.}}"
        let text = """
            openapi: 3.1.0
            info: {title: Servers, version: '1'}
            servers: [{url: https://example.com/v1}, {url: /}]
            paths:
              /a:
                get: {operationId: common, \(operation)}
                put: {operationId: own, servers: [{url: /own/}], \(operation)}
              /b:
                servers: [{url: https://files.example.com}]
                get: {operationId: path, \(operation)}
                put: {operationId: same, servers: [{url: /v1}, {url: /}], \(operation)}
            """
        let contract = try generate(text).contract
        let lines = contract.split(separator: "\n").filter { $0.contains(#""bases""#) }.map(String.init)
        #expect(lines.first?.contains(#""bases":["/v1",""]"#) == true)
        #expect(lines.dropFirst().count == 2, "\(lines)")
        #expect(lines.contains { $0.contains(#""id":"own""#) && $0.contains(#""bases":["/own"]"#) })
        #expect(lines.contains { $0.contains(#""id":"path""#) && $0.contains(#""bases":[""]"#) })
    }

    @Test("text is checked where its schema says more of it")
    func checkedText() throws {
        func operation(_ id: String, _ schema: String, _ type: String = "text/plain") -> String {
            let body = "requestBody: {required: true, content: {\(type): {schema: \(schema)}}}"
            return "  /\(id):\n    post: {operationId: \(id), \(body), responses: {'204': {description: Done.}}}\n"
        }
        let text = """
            openapi: 3.1.0
            info: {title: Text, version: '1'}
            components: {schemas: {Code: {type: string, pattern: '^[A-Z]+$'}}}
            paths:

            """
            + operation("limited", "{type: string, maxLength: 3}") + operation("chosen", "{enum: [a, b]}")
            + operation("named", "{$ref: '#/components/schemas/Code'}") + operation("plain", "{type: string}")
            + operation("number", "{type: integer}") + operation("marked", "{type: string, maxLength: 3}", "text/yaml")
        let (contract, diagnostics) = try generate(text)
        for (id, entry) in [
            ("limited", #","entry":"limited.body""#), ("chosen", #","entry":"chosen.body""#),
            ("named", #","entry":"Code""#),
            ("plain", ""), ("number", ""),
        ] {
            let line = try #require(contract.split(separator: "\n").first { $0.contains(#""id":"\#(id)""#) })
            #expect(line.contains(#"[{"type":"text/plain"\#(entry)}]"#), "\(line)")
        }
        #expect(contract.contains(#"[{"type":"text/yaml"}]"#))
        let unchecked = diagnostics.filter { $0.message.hasPrefix("content of text/plain is not checked") }
        #expect(unchecked.count == 1)
    }

    @Test("an operation gives way to one before it that has its method and path")
    func givesWay() throws {
        let operation = "responses: {'204': {description: Done.}}"
        let text = """
            openapi: 3.1.0
            info: {title: Alike, version: '1'}
            paths:
              /a/{name}:
                get: {operationId: first, \(operation)}
              /%61/{parent}:
                parameters: [{name: parent, in: path, required: true, schema: {type: string}}]
                get: {operationId: second, \(operation)}
                put: {operationId: other, \(operation)}
            """
        let (contract, diagnostics) = try generate(text)
        #expect(diagnostics.contains { $0.message.contains("matches the same paths as") })
        let lines = contract.split(separator: "\n").filter { $0.contains(#""givesWay":true"#) }
        #expect(lines.count == 1 && lines.first?.contains(#""id":"second""#) == true)
    }
}
