import LockstepRuntime
import LockstepServer
import Testing

/// Sequences of items over a connection: each goes its way when it is there.
@Suite struct ItemStreamTests {
    private static let table = #"""
        {"format":1,"schemes":{},"operations":[
         {"id":"echo","method":"POST","path":"/echo",
          "body":{"required":true,"content":[{"type":"application/jsonl","items":{"entry":"number"}}]},
          "responses":[{"status":"200","content":[{"type":"text/event-stream","items":{"entry":"event"}}]}]}
        ]}
        """#

    /// Answers each number with an event.
    private static func service() throws -> APIService {
        let compiler = SchemaCompiler(resources: ["number": ["type": "integer"], "event": ["type": "object"]])
        let entries = ["number", "event"].map { SchemaCompiler.Entry(name: $0, schema: $0, shape: .any) }
        let table = try RouteTable(parsing: Array(table.utf8), validators: compiler.compile(entries))
        let endpoint = Endpoint(table["echo"]) { request in
            var response = ResponseWriter(200, for: request)
            let events = request.items(of: JSONValue.self).map { ServerSentEvent($0) }
            response.items(ItemSequence(events), as: "text/event-stream", for: request)
            return response.finish()
        }
        return try APIService([endpoint])
    }

    private static let head =
        "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/jsonl\r\nTransfer-Encoding: chunked\r\n\r\n"

    /// Reads until the text so far ends so.
    private static func receive(_ client: RawClient, until ending: String) async throws -> String {
        var text = ""
        while !text.hasSuffix(ending) {
            let more = try await client.receive()
            guard !more.isEmpty else { return text }
            text += String(decoding: more, as: UTF8.self)
        }
        return text
    }

    @Test func anItemIsAnsweredBeforeTheNextIsSent() async throws {
        let service = try Self.service()
        try await withServer(responder: service.respond) { fixture in
            let client = try await fixture.connect()
            try await client.send(Self.head + "2\r\n1\n\r\n")
            let first = try await Self.receive(client, until: "data: 1\n\n")
            #expect(first.contains("\r\nX-Accel-Buffering: no\r\n"))
            try await client.send("1\r\n2\r\n")
            try await client.send("2\r\n3\n\r\n")
            #expect(try await Self.receive(client, until: "data: 23\n\n") == "\r\na\r\ndata: 23\n\n")
            try await client.send("0\r\n\r\n")
            #expect(try await Self.receive(client, until: "0\r\n\r\n") == "\r\n0\r\n\r\n")
            client.close()
        }
    }

    @Test func aWrongItemLeavesTheResponseVisiblyIncomplete() async throws {
        let service = try Self.service()
        try await withServer(responder: service.respond) { fixture in
            let client = try await fixture.connect()
            try await client.send(Self.head + "2\r\n1\n\r\n")
            _ = try await Self.receive(client, until: "data: 1\n\n")
            try await client.send("4\r\n\"x\"\n\r\n")
            #expect(try await client.receiveToEnd().isEmpty)
            client.close()
            try await fixture.waitForConnections(0)
        }
    }
}
