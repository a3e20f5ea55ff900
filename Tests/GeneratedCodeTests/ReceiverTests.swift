import GoldenReceivers
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Received webhooks")
struct ReceiverTests {
    private func send(_ json: String, signature: String = "valid", attempt: Int = 1) async throws -> TestResponse {
        let handler = Handler()
        return try await client(handler.endpoints, handler.authenticators).send(
            .post("/hooks/order.paid").header("X-Signature", signature).header("X-Attempt", "\(attempt)").json(json))
    }

    @Test("a webhook of somebody's document is served below the path that was chosen")
    func received() async throws {
        let answer = try await send(#"{"id":7,"total":"9.50"}"#).expect(200)
        #expect(answer.text == #"{"by":"shop 7 9.50"}"#)
        try await send(#"{"id":7,"total":"9.50"}"#, attempt: 4).expect(410)
    }

    @Test("it is seen as its sender writes it: with what is read only, without what is write only")
    func direction() async throws {
        #expect(try await send(#"{"total":"9.50"}"#).expect(400).failures == ["body  required"])
        #expect(try await send(#"{"id":"7","total":"9.50"}"#).expect(400).failures == ["body /id type"])
    }

    @Test("its security is checked")
    func security() async throws {
        try await send(#"{"id":7,"total":"9.50"}"#, signature: "forged").expect(401)
    }
}
