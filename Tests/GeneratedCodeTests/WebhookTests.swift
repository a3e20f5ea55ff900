import GoldenWebhooks
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated webhooks")
struct WebhookTests {
    private let url = "https://receiver.example/hooks?key=1"

    private func webhooks(_ receiver: TestReceiver) -> Webhooks {
        Webhooks(sender: MessageSender(receiver))
    }

    private func pet(attempt: Int = 1, delivery: String = "d1", name: String = "Rex") -> NewPet.Input {
        NewPet.Input(
            attempt: attempt, tags: ["a b", "c,d"], xDelivery: delivery, session: "s;1", body: Pet(id: 7, name: name))
    }

    private func json(_ text: String, _ status: HTTPStatus = 200) -> OutgoingResponse {
        OutgoingResponse(status, headers: ["Content-Type": "application/json"], body: Array(text.utf8))
    }

    @Test("parameters and content go out in the document's styles, and the answer is decoded")
    func exchange() async throws {
        let receiver = TestReceiver { _ in
            var answer = json(#"{"number":5}"#)
            answer.headers.append("Retry-After", "30")
            return answer
        }
        let answer = try await webhooks(receiver).newPet(pet(), to: url)
        guard case .ok(let receipt, let retryAfter) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(receipt.number == 5)
        #expect(retryAfter == 30)
        let request = try #require(receiver.requests.first)
        #expect(request.method == .post)
        #expect(request.operationID == "postNewPet")
        #expect(request.url.text == "https://receiver.example/hooks?key=1&attempt=1&tags=a%20b,c%2Cd")
        #expect(request.headers["X-Delivery"] == "d1")
        #expect(request.headers["Cookie"] == "session=s%3B1")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.headers["Accept"] == "application/json, text/plain")
    }

    @Test("a message carries what is read only, as responses do, and has no place for what is write only")
    func direction() async throws {
        let receiver = TestReceiver()
        _ = try await webhooks(receiver).newPet(pet(), to: url)
        let body = try #require(receiver.requests.first?.body)
        #expect(String(decoding: body, as: UTF8.self) == #"{"id":7,"name":"Rex"}"#)
    }

    @Test("every documented answer has its case")
    func answers() async throws {
        let text = OutgoingResponse(200, headers: ["Content-Type": "text/plain"], body: Array("ok".utf8))
        if case .okText("ok", nil) = try await send(text) {} else { Issue.record("text") }
        // Content where none is declared is nobody's business.
        if case .noContent = try await send(OutgoingResponse(204, body: [1])) {} else { Issue.record("204") }
        if case .clientError(418) = try await send(OutgoingResponse(418)) {} else { Issue.record("418") }
    }

    @Test("what the document does not describe is undocumented, with the reason")
    func undocumented() async throws {
        for (answer, reason) in [
            (
                OutgoingResponse(302, headers: ["Location": "http://169.254.169.254/"]),
                "undocumentedStatus: 302 is not declared"
            ),
            (OutgoingResponse(200), "mediaType: no Content-Type"),
            (
                OutgoingResponse(200, headers: ["Content-Type": "text/html"]),
                "mediaType: the media type is not declared"
            ),
            (json("{"), "content: not JSON"),
            (json(#"{"number":"5"}"#), "content: /number must be of type integer [type]"),
            (OutgoingResponse(200, headers: ["Content-Type": "text/plain"], body: [0xFF]), "content: not UTF-8"),
            (
                OutgoingResponse(200, headers: ["Content-Type": "text/plain", "Retry-After": "soon"]),
                "header: Retry-After must be of type integer [type]"
            ),
        ] {
            guard case .undocumented(let found) = try await send(answer) else {
                Issue.record("\(reason)")
                continue
            }
            #expect(found.violations.map(\.description) == [reason])
            #expect(found.status == answer.status)
        }
    }

    @Test("content of each media type is written as such")
    func contents() async throws {
        let receiver = TestReceiver { _ in OutgoingResponse(599) }
        let webhooks = webhooks(receiver)
        for body: PetGone.Body in [
            .form(.init(id: 1, reasons: ["old", "a&b"])), .json(.init(id: 2)), .png([1, 2]),
        ] {
            let answer = try await webhooks.petGone(.init(body: body), to: url)
            if case .default(status: 599) = answer {} else { Issue.record("no default") }
        }
        _ = try await webhooks.petGone(.init(), to: url)
        let requests = receiver.requests
        #expect(
            requests.map { $0.headers["Content-Type"] } == [
                "application/x-www-form-urlencoded", "application/json", "image/png", nil,
            ])
        let texts = requests.map { $0.body.map { String(decoding: $0, as: UTF8.self) } }
        #expect(texts == ["id=1&reasons=old&reasons=a%26b", #"{"id":2}"#, "\u{1}\u{2}", nil])
    }

    @Test("a message that does not match the document is not sent, and the error has no value of it")
    func invalid() async throws {
        let receiver = TestReceiver()
        let secret = String(repeating: "s3cret", count: 10)
        let error = await #expect(throws: OutgoingError.self) {
            try await webhooks(receiver).newPet(pet(attempt: 0, delivery: secret, name: ""), to: url)
        }
        #expect(error?.code == .invalidMessage)
        let text = try #require(error?.description)
        for place in ["query /attempt: ", "header /X-Delivery: ", "body /name: "] {
            #expect(text.contains(place), "\(text)")
        }
        #expect(!text.contains("s3cret") && receiver.requests.isEmpty)
    }

    @Test("a payload cannot add header lines")
    func headerInjection() async throws {
        let receiver = TestReceiver()
        let error = await #expect(throws: OutgoingError.self) {
            try await webhooks(receiver).newPet(pet(delivery: "d\r\nHost: evil"), to: url)
        }
        #expect(error?.code == .invalidMessage)
        #expect(receiver.requests.isEmpty)
    }

    private func send(_ answer: OutgoingResponse) async throws -> NewPet.Output {
        try await webhooks(TestReceiver { _ in answer }).newPet(pet(), to: url)
    }
}
