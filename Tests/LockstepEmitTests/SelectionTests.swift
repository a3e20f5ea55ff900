import FoundationEssentials
import LockstepDocument
import LockstepEmit
import LockstepJSON
import Testing

@Suite("A part of a document")
struct SelectionTests {
    private let document = """
        openapi: 3.1.0
        info: {title: Parts, version: '1'}
        tags: [{name: Users}, {name: Payments}, {name: Nobody}]
        security: [{token: []}]
        paths:
          /users:
            parameters: [{name: trace, in: header, schema: {$ref: '#/components/schemas/Trace'}}]
            get: {operationId: listUsers, tags: [Users], responses: {'200': {$ref: '#/components/responses/Users'}}}
            post: {operationId: addUser, tags: [Admin], security: [{key: []}], responses: {'204': {description: Done.}}}
          /users/{id}:
            get:
              operationId: getUser
              tags: [Users]
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              responses: {'200': {$ref: '#/components/responses/Users'}}
          /payments:
            get:
              operationId: listPayments
              tags: [Payments]
              security: []
              responses: {'200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Payment'}}}}}
        components:
          securitySchemes:
            token: {type: http, scheme: bearer}
            key: {type: apiKey, in: header, name: X-Key}
          responses:
            Users: {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
          schemas:
            Trace: {type: string, enum: [on, off]}
            User: {type: object, properties: {friend: {$ref: '#/components/schemas/User'}, pet: {$ref: '#/components/schemas/Pet'}}}
            Pet:
              oneOf: [{$ref: '#/components/schemas/Cat'}]
              discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
            Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
            Payment: {type: object, properties: {amount: {type: number}}}
            Unused: {type: string}
        """

    @Test(
        "operations are taken by tag, by path and by id",
        arguments: [
            (Selection(), ["listUsers", "addUser", "getUser", "listPayments"]),
            (Selection(tags: ["Users"]), ["listUsers", "getUser"]),
            (Selection(paths: ["/users"]), ["listUsers", "addUser"]),
            (Selection(paths: ["/users*"]), ["listUsers", "addUser", "getUser"]),
            (Selection(operations: ["listPayments"]), ["listPayments"]),
            (Selection(tags: ["Payments"], paths: ["/users/*"]), ["getUser", "listPayments"]),
        ])
    func operations(selection: Selection, wanted: [String]) throws {
        let part = try part(selection)
        #expect(part.diagnostics.isEmpty)
        #expect(part.description.operations.map(\.id) == wanted)
        let published = part.bundle.document["paths"]?.object?.flatMap { $0.value.object ?? [] } ?? []
        #expect(published.compactMap { $0.value["operationId"]?.string } == wanted)
    }

    @Test("what no operation reaches is in neither the types nor the published document")
    func reach() throws {
        let users = try part(Selection(operations: ["listUsers"]))
        #expect(users.description.schemas.map(\.name) == ["Trace", "User", "Pet", "Cat"])
        #expect(users.description.tags.map(\.name) == ["Users"])
        #expect(users.description.securitySchemes.map(\.name) == ["token"])
        let document = users.bundle.document
        #expect(document["components"]?["schemas"]?.object?.map(\.key) == ["Trace", "User", "Pet", "Cat"])
        #expect(document["components"]?["responses"]?.object?.map(\.key) == ["Users"])
        #expect(document["components"]?["securitySchemes"]?.object?.map(\.key) == ["token"])
        #expect(document["tags"]?.array?.count == 1)

        let payments = try part(Selection(tags: ["Payments"]))
        #expect(payments.description.schemas.map(\.name) == ["Payment"])
        #expect(payments.bundle.document["components"]?.object?.map(\.key) == ["schemas"])
        #expect(payments.bundle.document["security"] == nil)
    }

    @Test("the published part is a document of its own, and gives the same code")
    func published() throws {
        let users = try part(Selection(tags: ["Users"]))
        let again = DocumentReader(loader: InMemoryLoader(["openapi.yaml": users.bundle.yaml()])).read("openapi.yaml")
        #expect(again.diagnostics.isEmpty, "\(again.diagnostics.map(\.description))")
        let description = try #require(again.description)
        let bundle = try #require(again.bundle)
        #expect(bundle.document == users.bundle.document)
        let files = Generator.generate(users.description, bundle: users.bundle).files
        #expect(!files.isEmpty)
        #expect(Generator.generate(description, bundle: bundle).files == files)
    }

    @Test("words that name nothing are errors")
    func misspelled() throws {
        let part = try part(Selection(tags: ["users"], paths: ["/user", "/x*"], operations: ["getUsers"]))
        #expect(
            part.diagnostics.map(\.message) == [
                "no operation has the tag 'users' to be selected", "there is no path '/user' to be selected",
                "there is no path '/x*' to be selected", "there is no operation 'getUsers' to be selected",
            ])
    }

    @Test("lockstep.yaml says what is wanted")
    func configuration() {
        let (configuration, diagnostics) = Configuration.parse(
            "tags: Users, 'Other things'\npaths: /a/{id}, /b*\noperations: c\n")
        #expect(diagnostics.isEmpty)
        #expect(
            configuration.selection
                == Selection(tags: ["Users", "Other things"], paths: ["/a/{id}", "/b*"], operations: ["c"]))
    }

    private func part(
        _ selection: Selection
    ) throws -> (description: APIDescription, bundle: Bundle, diagnostics: [Diagnostic]) {
        let result = DocumentReader(loader: InMemoryLoader(["openapi.yaml": document])).read("openapi.yaml")
        let description = try #require(result.description, "\(result.diagnostics.map(\.description))")
        return selection.apply(to: description, try #require(result.bundle))
    }
}
