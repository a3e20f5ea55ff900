import LockstepDocument
import LockstepEmit
import Testing

@Suite("What is not generated is named")
struct UnsupportedTests {
    @Test("callbacks, webhooks, part headers and unread contents, each with its place")
    func constructs() throws {
        let text = """
            openapi: 3.2.0
            info: {title: Unsupported, version: '1'}
            paths:
              /a:
                post:
                  operationId: a
                  parameters:
                  - {name: q, in: query, content: {application/xml: {schema: {type: string}}}}
                  requestBody:
                    content:
                      application/xml: {schema: {type: object}}
                      multipart/form-data:
                        schema: {type: object, properties: {f: {type: string, format: binary}}}
                        encoding:
                          f: {contentType: image/png, headers: {X-A: {schema: {type: string}}}}
                          g: {headers: {X-A: {schema: {type: string}}}}
                  responses:
                    '200': {description: Done., content: {application/xml: {schema: {type: object}}}}
                    '201': {description: Done., content: {application/x-items: {itemSchema: {type: object}}}}
                    '202': {description: Done., content: {text/event-stream: {itemSchema: {$ref: '#/components/schemas/E'}}}}
                    '203': {description: Done., content: {application/jsonl: {schema: {type: array, maxItems: 9, items: {type: integer}}}}}
                  callbacks:
                    done: {'{$request.query.q}': {post: {security: [{key: []}], responses: {'204': {description: Fine.}}}}}
            webhooks:
              news:
                post:
                  operationId: news
                  parameters:
                  - {name: id, in: path, required: true, schema: {type: string}}
                  requestBody: {content: {multipart/form-data: {schema: {type: object}}}}
                  responses: {'200': {description: Fine., content: {text/csv: {schema: {type: array}}}}}
            components:
              securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
              schemas: {E: {type: object, properties: {data: {type: string}, extra: {type: string}}}}
            """
        let (result, lines) = try generate(text)
        for wanted in [
            ":8:9: warning: the parameter 'q' is handed over as text: application/xml is not read",
            ":11:11: warning: content of application/xml is not checked against its schema",
            ":12:11: warning: headers of the part 'g' are not checked",
            ":19:47: warning: the items of application/x-items are not typed",
            ":20:67: warning: events have no fields but data, event, id and retry; these are not sent: extra",
            ":21:67: warning: what is said of the whole sequence is not checked, each item is",
            "warning: the security of 'postDone' is not applied: the server sends it",
            ":29:9: warning: the path parameter 'id' of a message has no place in its URL; it was left out",
            ":30:31: warning: content of multipart/form-data is not checked against its schema",
            ":31:57: warning: content of text/csv is not checked against its schema",
        ] {
            #expect(lines.contains { $0.contains(wanted) }, "\(wanted) in \(lines)")
        }
        #expect(result.diagnostics.allSatisfy { $0.origin != nil })
    }

    @Test("values that no style can write are named, and no others")
    func nesting() throws {
        let object = "type: object, properties: {a: {type: array, items: {type: string}}, b: {type: integer}}"
        let text = """
            openapi: 3.1.0
            info: {title: Nesting, version: '1'}
            paths:
              /a:
                post:
                  operationId: a
                  parameters:
                  - {name: fine, in: query, schema: {\(object)}}
                  - {name: deep, in: query, style: deepObject, schema: {type: array, items: {\(object)}}}
                  - {name: flat, in: header, schema: {\(object)}}
                  - {name: list, in: query, schema: {type: array, items: {type: array, items: {type: string}}}}
                  - {name: either, in: query, schema: {anyOf: [{type: string}, {type: array, items: {\(object)}}]}}
                  requestBody:
                    content:
                      application/x-www-form-urlencoded:
                        schema: {type: object, properties: {x: {\(object)}, y: {type: array, items: {\(object)}}, z: {type: array, items: {\(object)}}}}
                        encoding: {z: {style: deepObject, explode: true}}
                  responses: {'204': {description: Done.}}
            """
        let lines = try generate(text).lines
        #expect(lines.count == 3, "\(lines)")
        #expect(
            lines.contains { $0.hasPrefix("openapi.yaml:10:9: warning: the parameter 'flat' has lists or objects") })
        #expect(
            lines.contains { $0.hasPrefix("openapi.yaml:11:9: warning: the parameter 'list' has lists or objects") })
        #expect(lines.contains { $0.contains("requests that send them are refused: y [") })
    }

    @Test("a security scheme that is not checked is an error where it alone would let anybody in")
    func security() throws {
        let result = try generate(document(security: "[{words: []}]")).result
        #expect(result.files.isEmpty)
        #expect(
            result.diagnostics.map(\.description) == [
                "openapi.yaml:12:5: error: the security scheme 'words' (HTTP two words) is not checked by the "
                    + "server, so nobody could call 'a' [#/components/securitySchemes/words] (correct the scheme, "
                    + "or give its operations another alternative)"
            ])
    }

    @Test("its alternatives are left out of the route where there are others, and the route stays closed")
    func alternatives() throws {
        let (result, lines) = try generate(document(security: "[{words: []}, {key: [], words: []}, {certificate: []}]"))
        #expect(lines.count == 1 && lines.allSatisfy { $0.contains("warning") })
        let contract = try #require(result.files.first { $0.name == "Contract.swift" }?.contents)
        #expect(contract.contains(#""security":[[{"scheme":"certificate"}]]"#))
        #expect(
            contract.contains(
                #"{"certificate":{"type":"mutualTLS"},"key":{"type":"apiKey","in":"header","name":"X-Key"}}"#))
        // Both are needed, or neither: leaving out one scheme of a pair would open the operation.
        #expect(try generate(document(security: "[{words: [], key: []}]")).result.files.isEmpty)
    }

    private func document(security: String) -> String {
        """
        openapi: 3.1.0
        info: {title: Security, version: '1'}
        paths:
          /a:
            get:
              operationId: a
              security: \(security)
              responses: {'204': {description: Done.}}
        components:
          securitySchemes:
            certificate: {type: mutualTLS}
            words: {type: http, scheme: two words}
            key: {type: apiKey, in: header, name: X-Key}
        """
    }

    private func generate(_ text: String) throws -> (result: GeneratorResult, lines: [String]) {
        let read = DocumentReader(loader: InMemoryLoader(["openapi.yaml": text])).read("openapi.yaml")
        let description = try #require(read.description, "\(read.diagnostics.map(\.description))")
        let result = Generator.generate(description, bundle: try #require(read.bundle), options: .init(layout: .tags))
        return (result, result.diagnostics.map(\.description))
    }
}
