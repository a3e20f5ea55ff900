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
}
