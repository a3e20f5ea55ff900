import GoldenObjects
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated objects")
struct ObjectTests {
    private let minimal = #"{"kind":"person","name":"Ada","born":"1815-12-10","balance":"10.50","manager":null}"#

    @Test("absent, null and defaulted properties survive decoding and encoding")
    func minimalPerson() async throws {
        let response = try await client(Handler().endpoints).send(.post("/echo").json(minimal)).expect(200)
        // `visits` has a default; `title`, which may be absent or null, stays absent; `manager` stays null.
        #expect(response.text == minimal.dropLast() + #","visits":1}"#)
    }

    @Test("everything that is sent comes back, unknown members included")
    func wholePerson() async throws {
        let text =
            minimal.replacing("null", with: #""0b0f5c4e-5f0a-4a53-9c5c-6f6b3f6f2f10""#).dropLast()
            + #","nickname":"A","title":null,"visits":3,"parent":"# + minimal.dropLast() + #","visits":0},"#
            + #""friends":[],"address":{"city":"London"},"tags":{"a":"b"},"tree":[[],[[]]],"fax":"0","score":7}"#
        let response = try await client(Handler().endpoints).send(.post("/echo").json(String(text))).expect(200)
        #expect(response.text == text)
    }

    @Test("a null that may be any value is a value", arguments: ["null", "[null]", "7"])
    func anything(value: String) async throws {
        let text = minimal.dropLast() + #","visits":1,"note":\#(value)}"#
        let response = try await client(Handler().endpoints).send(.post("/echo").json(String(text))).expect(200)
        #expect(response.text == text)
    }

    @Test("what only a condition describes has its type where that holds, and is not there where it does not")
    func conditions() async throws {
        func contact(_ text: String) -> String { minimal.dropLast() + #","visits":1,"contact":"# + text + "}" }
        for text in [#"{"by":"mail","to":"a@b.c","copies":["d"]}"#, #"{"by":"post","to":{"street":"S"}}"#] {
            let response = try await client(Handler().endpoints).send(.post("/echo").json(contact(text))).expect(200)
            #expect(response.text == contact(text))
        }
        let other = contact(#"{"by":"post","to":{"street":"S"},"copies":7}"#)
        let response = try await client(Handler().endpoints).send(.post("/echo").json(other)).expect(200)
        #expect(response.text == contact(#"{"by":"post","to":{"street":"S"}}"#))
        for text in [#"{"by":"mail","to":{"street":"S"}}"#, #"{"by":"mail","to":"a@b.c","copies":7}"#] {
            try await client(Handler().endpoints).send(.post("/echo").json(contact(text))).expect(400)
        }
    }

    @Test("every failure of a body is reported with its place")
    func failures() async throws {
        let body = #"{"kind":"robot","name":"","born":"1815-02-30","balance":"ten","manager":7,"score":"x"}"#
        let response = try await client(Handler().endpoints).send(.post("/echo").json(body)).expect(400)
        for place in ["/kind", "/name", "/born", "/balance", "/manager", "/score"] {
            #expect(response.failures.contains { $0.contains(place) }, "\(place) in \(response.failures)")
        }
    }

    @Test("a structure can be built by hand")
    func memberwise() throws {
        let balance = try #require(Decimal("1.00"))
        let born = try #require(CalendarDate("1906-12-09"))
        var person = Person(name: "Grace", born: born, balance: balance, manager: nil, nickname: "G")
        person.parent = person
        #expect(person.kind == "person")
        #expect(person.visits == 1)
        #expect(person.title.isAbsent)
        #expect(person.parent?.nickname == "G")
        let text = String(decoding: try person.encoded(), as: UTF8.self)
        #expect(
            text.hasPrefix(#"{"kind":"person","name":"Grace","born":"1906-12-09","balance":"1.00","manager":null,"#))
    }
}
