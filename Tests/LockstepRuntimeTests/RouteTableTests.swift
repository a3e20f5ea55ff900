import LockstepRuntime
import Testing

@Suite struct RouteTableTests {
    private static func read(_ text: String) throws -> RouteTable {
        let validators = try SchemaCompiler(resources: [:]).compile([])
        return try RouteTable(parsing: Array(text.utf8), validators: validators)
    }

    @Test func readsOperationsWithTheirDefaults() throws {
        let table = try ServiceFixture().table
        let list = table["listPayments"]
        #expect(list.parameters.map(\.name) == ["limit", "status", "X-Trace", "theme", "filter", "where"])
        #expect(list.parameters.map(\.style) == [.form, .form, .simple, .form, .deepObject, .form])
        #expect(list.parameters.map(\.explodes) == [true, true, false, true, true, true])
        #expect(list.description == "GET /payments")
        #expect(table["strict"].extensions["x-other"] == [1])
        #expect(table["createPayment"].body?.limit == 64)
        #expect(table["createPayment"].response(for: 201)?.status == .code(201))
        #expect(table["createPayment"].response(for: 418)?.status == .default)
        #expect(table["listPayments"].response(for: 404)?.status == .range(4))
        #expect(table["listPayments"].response(for: 500) == nil)
        #expect(table.route("nothing") == nil)
        #expect(table["optional"].allowsAnonymous)
        #expect(!table["admin"].allowsAnonymous)
    }

    @Test(arguments: [
        ("", "not JSON"), ("{}", "another version"), (#"{"format":2}"#, "another version"),
        (#"{"format":1,"operations":[{}]}"#, "'id' is missing"),
        (#"{"format":1,"operations":[{"id":"a","method":"GET"}]}"#, "a: 'path' is missing"),
        (
            #"{"format":1,"operations":[{"id":"a","method":"GET","path":"/","security":[[{"scheme":"x"}]]}]}"#,
            "a: no security scheme 'x'"
        ),
        (#"{"format":1,"schemes":{"s":{"type":"http","scheme":"di gest"}}}"#, "di gest"),
        (
            #"{"format":1,"operations":[{"id":"a","method":"GET","path":"/","parametersEntry":"no"}]}"#,
            "no validator entry 'no'"
        ),
        (
            #"{"format":1,"operations":[{"id":"a","method":"GET","path":"/","parameters":[{"name":"p","in":"body"}]}]}"#,
            "unknown location"
        ),
        (
            #"{"format":1,"operations":[{"id":"a","method":"GET","path":"/","body":{"content":[{"type":"application/json"}]}}]}"#,
            "without an entry"
        ),
        (
            #"{"format":1,"operations":[{"id":"a","method":"GET","path":"/","responses":[{"status":"20"}]}]}"#,
            "'20' is no status"
        ),
    ])
    func saysWhatIsWrongWithATable(_ text: String, _ message: String) {
        do {
            _ = try Self.read(text)
            Issue.record("the table was accepted")
        } catch {
            #expect("\(error)".contains(message), "\(error)")
        }
    }
}
