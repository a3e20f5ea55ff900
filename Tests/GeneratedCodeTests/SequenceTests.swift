import GoldenSequences
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated sequences of items")
struct SequenceTests {
    private func post(_ text: String, as type: String = "application/jsonl") -> TestRequest {
        .post("/readings").content(Array(text.utf8), as: type)
    }

    @Test("lines of JSON are read one by one")
    func lines() async throws {
        let client = try client(Handler().endpoints)
        let text = "\u{FEFF}{\"sensor\":\"a\",\"value\":1}\r\n\n  \n{\"sensor\":\"ü\",\"value\":2}"
        #expect(try await client.send(post(text)).expect(200).text == "2")
        #expect(try await client.send(post("")).expect(200).text == "0")
        let records = "\u{1E}{\"sensor\":\"a\",\"value\":1}\n\u{1E}\u{1E}{\"sensor\":\"b\",\"value\":2}\n"
        #expect(try await client.send(post(records, as: "application/json-seq")).expect(200).text == "2")
        try await client.send(post(text, as: "application/jsonl; charset=latin1")).expect(415)
        try await client.send(.post("/readings")).expect(400)
    }

    @Test("an item that is wrong is named with its number and place")
    func wrongItem() async throws {
        let client = try client(Handler().endpoints)
        let good = "{\"sensor\":\"a\",\"value\":1}\n"
        let high = try await client.send(post(good + good + "{\"sensor\":\"a\",\"value\":101}\n" + good)).expect(400)
        #expect(high.failures == ["body /2/value maximum"])
        #expect(try await client.send(post(good + "{\n")).expect(400).failures == ["body /1 json"])
        let both = try await client.send(post(good + "{\"sensor\":\"\"}\n")).expect(400)
        #expect(both.failures == ["body /1 required", "body /1/sensor minLength"])
    }

    @Test("what a handler does not ask for is not read")
    func stopsEarly() async throws {
        let text = "{\"sensor\":\"a\",\"value\":1}\n{\"sensor\":\"last\",\"value\":1}\nnot JSON\n"
        #expect(try await client(Handler().endpoints).send(post(text)).expect(200).text == "1")
    }

    @Test("what a handler gives is sent as lines")
    func response() async throws {
        let client = try client(Handler().endpoints)
        let response = try await client.get("/readings").expect(200)
        #expect(response.headers["Content-Type"] == "application/jsonl")
        #expect(response.text == "{\"sensor\":\"s0\",\"value\":0.5}\n{\"sensor\":\"s1\",\"value\":0.5}\n")
        #expect(try await client.get("/readings?count=0").expect(200).text == "")
    }

    @Test("an item that does not match the document ends the stream with an error", arguments: [3, 4])
    func brokenStream(count: Int) async throws {
        // The third has a number that JSON has not, the fourth an empty name; without the check it would pass.
        await #expect(throws: (any Error).self) {
            try await client(Handler().endpoints).get("/readings?count=\(count)")
        }
        let unchecked = TestClient.inProcess(try APIService(Handler().endpoints))
        await #expect(throws: (any Error).self) { try await unchecked.get("/readings?count=3") }
    }

    @Test("events are written as their fields, JSON in their data included")
    func events() async throws {
        let response = try await client(Handler().endpoints).get("/changes").expect(200)
        try response.expect(header: "Content-Type", "text/event-stream")
        try response.expect(header: "Cache-Control", "no-store")
        let renamed = "event: renamed\nid: 1\ndata: old\ndata: new\n\n"
        #expect(response.text == renamed + "event: moved\ndata: {\"sensor\":\"a\",\"value\":1.0}\n\n")
    }

    @Test("events are read with everything that their format allows")
    func sentEvents() async throws {
        let client = try client(Handler().endpoints)
        func send(_ text: String) async throws -> TestResponse {
            try await client.send(.post("/changes").content(Array(text.utf8), as: "text/event-stream"))
        }
        let text =
            ": hello\r\nevent: e\rid:7\ndata: {\"sensor\":\ndata:\"a\",\"value\":1}\nretry: 50\nretry: x\nother: x\n\n"
            + "event: nothing\n\ndata: {\"sensor\":\"cut off\""
        let echo = "event: e\nid: 7\nretry: 50\ndata: {\"sensor\":\"a\",\"value\":1.0}\n\n"
        #expect(try await send(text).expect(200).text == echo)
        #expect(try await send(":\n\n").expect(200).text == "")
        await #expect(throws: Problem.self) { try await send("data: {\"sensor\":1}\n\n") }
    }
}
