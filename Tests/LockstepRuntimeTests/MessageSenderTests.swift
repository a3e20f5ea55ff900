import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Sending messages")
struct MessageSenderTests {
    private static let url = "https://receiver.example/"

    /// A message with the header fields that would decide where a request ends, and a text as content.
    private static func message() throws -> MessageWriter {
        let schema = #"{"type":"object","properties":{"header.Content-Length":{},"header.Host":{}}}"#
        let program = try SchemaCompiler(resources: ["a:b": try JSONValue.parse(schema)]).compile([
            SchemaCompiler.Entry(name: "m.parameters", schema: "a:b#", shape: .any)
        ])
        let table = try RouteTable(
            parsing: Array(
                #"""
                {"format":1,"operations":[{"id":"m","method":"POST","path":"","parameters":[
                {"name":"Content-Length","in":"header","type":"string"},{"name":"Host","in":"header","type":"string"}],
                "parametersEntry":"m.parameters","body":{"content":[{"type":"text/plain"}]},
                "responses":[{"status":"2XX"}]}]}
                """#.utf8), validators: program)
        var message = MessageWriter(table["m"])
        message.parameter(0, "5")
        message.parameter(1, "other.example")
        message.text("hello")
        return message
    }

    @Test("a field of the document does not decide where the request ends or goes")
    func connectionFields() async throws {
        let receiver = TestReceiver()
        _ = try await MessageSender(receiver).send(Self.message(), to: Self.url)
        let headers = try #require(receiver.requests.first?.headers)
        #expect(headers["Content-Length"] == nil && headers["Host"] == nil)
        #expect(headers["Content-Type"] == "text/plain; charset=utf-8")
    }

    @Test("what the sender adds is sent, and sees the content")
    func preparation() async throws {
        let receiver = TestReceiver()
        let sender = MessageSender(receiver, timeout: .seconds(3), maximumResponseSize: 10) { request in
            request.headers.append("Signature", "\(request.body?.count ?? 0) of \(request.operationID)")
        }
        let answer = try await sender.send(Self.message(), to: Self.url)
        #expect(answer.choice == 0 && answer.status == 204)
        let request = try #require(receiver.requests.first)
        #expect(request.headers["Signature"] == "5 of m")
        #expect(request.timeout == .seconds(3) && request.maximumResponseSize == 10)
    }

    @Test("a response that is larger than allowed is refused, whatever the transport did")
    func size() async throws {
        let receiver = TestReceiver { _ in OutgoingResponse(200, body: [UInt8](repeating: 0, count: 100_000_000)) }
        let error = await #expect(throws: OutgoingError.self) {
            try await MessageSender(receiver).send(Self.message(), to: Self.url)
        }
        #expect(error?.code == .badResponse)
    }

    @Test("what the transport throws reaches the caller")
    func failure() async throws {
        let receiver = TestReceiver { _ in throw OutgoingError(.timeout, "no response in time") }
        let error = await #expect(throws: OutgoingError.self) {
            try await MessageSender(receiver).send(Self.message(), to: Self.url)
        }
        #expect(error?.isRetryable == true)
    }

    @Test(
        "a URL that is not allowed is refused before the transport hears of it",
        arguments: ["http://a.example/", "https://[::1]/", "x"])
    func policy(_ url: String) async throws {
        let receiver = TestReceiver()
        await #expect(throws: OutgoingError.self) { try await MessageSender(receiver).send(Self.message(), to: url) }
        #expect(receiver.requests.isEmpty)
    }
}
