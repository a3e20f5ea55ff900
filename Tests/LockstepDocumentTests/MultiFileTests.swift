import LockstepDocument
import LockstepJSON
import Testing

@Suite("Documents of several files")
struct MultiFileTests {
    private static let files = [
        "openapi.yaml": """
        openapi: 3.1.0
        info: {title: Shop, version: '1'}
        paths:
          /payments:
            $ref: 'services/payments.yaml#/paths/~1payments'
        components:
          schemas:
            Money: {$ref: 'common.yaml#/components/schemas/Money'}
          securitySchemes:
            bearer: {type: http, scheme: bearer}
        """,
        "services/payments.yaml": """
        openapi: 3.1.0
        info: {title: Payments, version: '1'}
        paths:
          /payments:
            post:
              operationId: createPayment
              security: [{bearer: [ADMIN]}]
              requestBody:
                required: true
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/PaymentRequest'}
              responses:
                '201':
                  description: Created.
                  content:
                    application/json:
                      schema: {$ref: '#/components/schemas/Payment'}
                default: {$ref: '../common.yaml#/components/responses/Error'}
        components:
          schemas:
            PaymentRequest:
              type: object
              required: [amount]
              properties:
                amount: {$ref: '../common.yaml#/components/schemas/Money'}
                note: {type: string, maxLength: 140}
            Payment:
              allOf:
                - $ref: '#/components/schemas/PaymentRequest'
                - type: object
                  required: [id]
                  properties:
                    id: {type: string, format: uuid, readOnly: true}
        """,
        "common.yaml": """
        components:
          schemas:
            Money: {type: string, format: decimal, description: Money.}
            Error:
              type: object
              properties:
                cause: {$ref: '#/components/schemas/Error'}
          responses:
            Error:
              description: What went wrong.
              content:
                application/json:
                  schema: {$ref: '#/components/schemas/Error'}
        """,
    ]

    @Test("become one API with the names of their sources")
    func names() throws {
        let result = DocumentReader(loader: InMemoryLoader(Self.files)).read("openapi.yaml")
        #expect(result.diagnostics.filter { $0.severity > .note } == [])
        let api = try #require(result.description)
        #expect(api.schemas.map(\.name) == ["Money", "PaymentRequest", "Payment", "Error"])
        #expect(api.files == ["openapi.yaml", "services/payments.yaml", "common.yaml"])
        let operation = try #require(api.operations.first)
        #expect(operation.id == "createPayment")
        #expect(operation.origin.description == "services/payments.yaml#/paths/~1payments/post")
        #expect(operation.responses.map(\.status) == [.code(201), .default])
        #expect(operation.security.alternatives == [[.init(scheme: "bearer", scopes: ["ADMIN"])]])
        let payment = try #require(api.schema(named: "Payment")?.schema)
        guard case .object(let object) = payment.kind else {
            Issue.record("Payment is \(payment.kind)")
            return
        }
        #expect(object.properties.map(\.name) == ["amount", "note", "id"])
        #expect(object.properties.map(\.isRequired) == [true, false, true])
        guard case .reference("Money") = object.properties[0].schema.kind else {
            Issue.record("amount is \(object.properties[0].schema.kind)")
            return
        }
    }

    @Test("become one published document that reads to the same API")
    func bundle() throws {
        let result = DocumentReader(loader: InMemoryLoader(Self.files)).read("openapi.yaml")
        let bundle = try #require(result.bundle)
        #expect(bundle.document["paths"]?["/payments"]?["post"]?["operationId"]?.string == "createPayment")
        #expect(bundle.document["components"]?["schemas"]?["Money"]?["format"]?.string == "decimal")
        for text in [bundle.json(), bundle.json(indented: true), bundle.yaml()] {
            let again = DocumentReader(loader: InMemoryLoader(["bundle.yaml": text])).read("bundle.yaml")
            #expect(again.diagnostics.filter { $0.severity > .note } == [])
            #expect(again.bundle?.document == bundle.document)
            #expect(
                Set(again.description?.schemas.map(\.name) ?? []) == ["Money", "PaymentRequest", "Payment", "Error"])
        }
    }

    @Test("know which schemas reach a property that travels one way only")
    func directions() throws {
        let api = try #require(DocumentReader(loader: InMemoryLoader(Self.files)).read("openapi.yaml").description)
        let payment = try #require(api.schema(named: "Payment"))
        #expect(payment.reachesReadOnly && !payment.reachesWriteOnly)
        #expect(api.schema(named: "PaymentRequest")?.reachesReadOnly == false)
        #expect(payment.schema.uri == "lockstep:///services/payments.yaml#/components/schemas/Payment")
    }

    @Test("a $ref where OpenAPI allows none stands for what it leads to: whole paths, operations, lists and maps")
    func includes() throws {
        let files = [
            "openapi.yaml": """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            paths: {$ref: api/paths.yaml}
            components:
              schemas: {$ref: api/schemas.yaml}
            """,
            "api/paths.yaml": """
            /a:
              get: {$ref: get.yaml}
              put:
                parameters: {$ref: 'lists.yaml#/paging'}
                responses: {$ref: 'lists.yaml#/answers'}
            """,
            "api/get.yaml": """
            operationId: readA
            parameters: {$ref: 'lists.yaml#/paging'}
            responses:
              '200': {description: d, content: {application/json: {schema: {$ref: 'schemas.yaml#/A'}}}}
            """,
            "api/lists.yaml": """
            paging: [{name: page, in: query, schema: {type: integer}}]
            answers: {'204': {description: d}}
            shared: {a: {type: string}, b: {$ref: 'schemas.yaml#/B'}}
            """,
            "api/schemas.yaml": """
            A: {type: object, properties: {$ref: 'lists.yaml#/shared'}}
            B: {type: integer}
            """,
        ]
        let result = DocumentReader(loader: InMemoryLoader(files)).read("openapi.yaml")
        #expect(result.diagnostics.filter { $0.severity == .error } == [])
        let api = try #require(result.description)
        #expect(api.operations.map(\.id) == ["readA", "putA"])
        #expect(api.operations.map { $0.parameters.map(\.name) } == [["page"], ["page"]])
        #expect(api.operations[1].responses.map(\.status.description) == ["204"])
        #expect(api.schemas.map(\.name) == ["A", "B"])
        guard case .object(let object) = api.schemas[0].schema.kind else {
            Issue.record("A is an object")
            return
        }
        #expect(object.properties.map(\.name) == ["a", "b"])
        let bundle = try #require(result.bundle)
        let again = DocumentReader(loader: InMemoryLoader(["bundle.json": bundle.json()])).read("bundle.json")
        #expect(again.diagnostics == [])
        #expect(again.description?.operations.map(\.id) == ["readA", "putA"])
        #expect(again.bundle?.document == bundle.document)
    }
}
