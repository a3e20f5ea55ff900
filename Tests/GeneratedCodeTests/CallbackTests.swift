import GoldenCallbacks
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated callbacks")
struct CallbackTests {
    private func input(
        query: String? = nil, hook: String = "https://hooks.example/end", customer: String? = "a&b=c/ü"
    ) -> Subscribe.Input {
        Subscribe.Input(id: 7, callbackUrl: query, body: .init(hooks: [.init(url: hook)], customer: customer))
    }

    @Test("the URL is made of the parameters and the content that the expressions name")
    func urls() throws {
        #expect(try Subscribe.onDataURL(input(query: "https://a.example/x?y=1")) == "https://a.example/x?y=1/data")
        #expect(
            try Subscribe.onEndURL(input())
                == "https://hooks.example/end?customer=a%26b%3Dc%2F%C3%BC&id=7&from=POST")
        #expect(
            try Subscribe.auditURL(
                response: Subscription(id: "../x"), status: 201, location: "/s/7",
                requestURL: "https://api.example/s?a=1")
                == "https://audit.example/..%2Fx/201?of=%2Fs%2F7&url=https%3A%2F%2Fapi.example%2Fs%3Fa%3D1")
    }

    @Test("a value that is missing, or that a pointer does not find, is an error without any value")
    func missing() {
        #expect(throws: ExpressionError.self) { try Subscribe.onDataURL(input()) }
        #expect(throws: ExpressionError.self) { try Subscribe.onEndURL(input(customer: nil)) }
        let error = #expect(throws: ExpressionError.self) {
            try Subscribe.onEndURL(Subscribe.Input(id: 7, body: .init(hooks: [], customer: "s3cret")))
        }
        #expect(error?.description.contains("/hooks/0/url") == true)
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test(
        "what a stranger gives is a URL or an error",
        arguments: [
            "https://a.example/\r\nX-Evil: 1", "\nhttps://a.example/", "https://user:word@a.example/",
            "file:///etc/passwd?",
            "gopher://a.example:6379/_", "//a.example", "/relative", "", "https://a.example\\@b.example/",
        ])
    func hostile(_ url: String) {
        #expect(throws: OutgoingError.self) { try Subscribe.onDataURL(input(query: url)) }
        #expect(throws: OutgoingError.self) { try Subscribe.onEndURL(input(hook: url)) }
    }

    @Test("a value cannot change the host of a URL that the document gives")
    func confined() throws {
        let url = try Subscribe.auditURL(
            response: Subscription(id: "x@evil.example/#"), status: 200, location: "\r\n", requestURL: "?&")
        #expect(url == "https://audit.example/x%40evil.example%2F%23/200?of=%0D%0A&url=%3F%26")
    }

    @Test("the callback is sent to the URL that was kept, and its answer decoded")
    func sending() async throws {
        let receiver = TestReceiver { request in OutgoingResponse(request.method == .post ? 202 : 204) }
        let callbacks = Callbacks(sender: MessageSender(receiver))
        let url = try Subscribe.onDataURL(input(query: "https://a.example"))
        if case .accepted = try await callbacks.onData(.init(body: .init(value: 3)), to: url) {
        } else {
            Issue.record("not accepted")
        }
        if case .noContent = try await callbacks.onEnd(.init(), to: Subscribe.onEndURL(input())) {
        } else {
            Issue.record("content")
        }
        #expect(receiver.requests.map { "\($0.method) \($0.url.text)" }.first == "POST https://a.example/data")
        #expect(receiver.requests.first?.body.map { String(decoding: $0, as: UTF8.self) } == #"{"value":3}"#)
    }

    @Test("no callback leaves for an address of the inside, whatever name leads there")
    func inside() async throws {
        let receiver = TestReceiver(addresses: [
            "rebound.example": try #require(NetworkAddress("127.0.0.1")),
            "metadata.example": try #require(NetworkAddress("169.254.169.254")),
        ])
        let callbacks = Callbacks(sender: MessageSender(receiver))
        for url in [
            "https://rebound.example/", "https://metadata.example/latest", "https://10.0.0.1/", "https://[::1]/",
            "http://a.example/", "https://localhost/",
        ] {
            let error = await #expect(throws: OutgoingError.self) { try await callbacks.onEnd(.init(), to: url) }
            #expect(error?.code == .forbiddenURL, "\(url)")
        }
        #expect(receiver.requests.isEmpty)
    }

    @Test("a handler refuses a URL when it is registered")
    func registration() async throws {
        let client = try client(Handler().endpoints)
        func subscribe(_ url: String) async throws -> TestResponse {
            try await client.send(.post("/streams/7?callbackUrl=\(url)").json(#"{"hooks":[]}"#))
        }
        let there = try await subscribe("https%3A%2F%2Fa.example").expect(201)
        #expect(there.json?["id"]?.string == "https://a.example/data")
        try await subscribe("http%3A%2F%2Fa.example").expect(400)
        try await subscribe("https%3A%2F%2F127.0.0.1%2F").expect(400)
    }
}
