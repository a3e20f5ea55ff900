import GoldenEnumerations
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated enumerations")
struct EnumerationTests {
    @Test(
        "values of every type survive",
        arguments: [
            #"{"role":"ADMIN","size":-1,"mixed":"one","open":"red","sort":"name"}"#,
            #"{"role":"in-out","size":2,"mixed":2,"open":"blue","sort":""}"#,
            #"{"role":"default","size":1,"mixed":true,"open":"","sort":"-name"}"#,
        ])
    func roundTrip(text: String) async throws {
        let response = try await client(Handler().endpoints).send(.post("/echo").json(text)).expect(200)
        #expect(response.text == text)
    }

    @Test("an absent value gets its default, a value that is not listed is refused")
    func defaultsAndRefusals() async throws {
        let client = try client(Handler().endpoints)
        let absent = #"{"role":"ADMIN","size":1,"mixed":2,"open":"x"}"#
        let answer = try await client.send(.post("/echo").json(absent)).expect(200)
        #expect(answer.json?["sort"]?.string == "-name")
        let wrong = #"{"role":"admin","size":3,"mixed":false,"open":1,"sort":"age"}"#
        let refusal = try await client.send(.post("/echo").json(wrong)).expect(400)
        #expect(refusal.failures.count == 5)
    }

    @Test("cases have Swift's names and the document's values")
    func cases() {
        #expect(Role.allCases.map(\.rawValue) == ["ADMIN", "CUSTOMER", "in-out", "default"])
        #expect(Choices.Size.valueMinus1.rawValue == -1)
        #expect(Choices.Open(rawValue: "blue").rawValue == "blue")
        guard case .otherValue = Choices.Open(rawValue: "other") else {
            Issue.record("a value that is named is its case")
            return
        }
    }
}
