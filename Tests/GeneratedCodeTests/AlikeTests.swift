import GoldenAlike
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated types that are alike")
struct AlikeTests {
    @Test("a value goes from one place of the document to another")
    func handover() async throws {
        let sent = #"{"address":{"city":"Thun","kind":"work"}}"#
        let response = try await client(Handler().endpoints).send(.post("/orders").json(sent)).expect(200)
        let wanted =
            #"{"address":{"city":"Thun","kind":"work"},"sender":{"address":{"city":"Bern","kind":"work"}}}"#
        #expect(response.json == (try JSONValue.parse(wanted)), "\(response.text)")
    }

    @Test("what a reader cannot tell apart is one type, whatever differs stays its own")
    func types() {
        #expect(CreateOrder.Body.Address.self == Order.Address.self)
        #expect(CreateOrder.Unit.self == GetWeights.Unit.self)
        #expect(Order.Address.Kind.self == Order.Sender.Address.Kind.self)
        #expect(ObjectIdentifier(Order.Address.self) != ObjectIdentifier(Order.Sender.Address.self))
    }

    @Test("each place keeps its own rules")
    func rules() async throws {
        let city = String(repeating: "x", count: 35)
        let sent = #"{"address":{"city":"\#(city)","kind":"home"}}"#
        _ = try await client(Handler().endpoints).send(.post("/orders").json(sent)).expect(200)
        let wrong = #"{"address":{"city":"\#(city)xxxxxx","kind":"home"}}"#
        _ = try await client(Handler().endpoints).send(.post("/orders").json(wrong)).expect(400)
    }
}
