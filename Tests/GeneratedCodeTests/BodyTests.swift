import GoldenBodies
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated bodies")
struct BodyTests {
    @Test("a body that may come as JSON or as a form has one type")
    func form() async throws {
        let client = try client(Handler().endpoints)
        _ = try await client.send(.post("/login").json(#"{"user":"ada","age":36}"#)).expect(204)
        let json = Array(#"{"user":"ada","age":36}"#.utf8)
        _ = try await client.send(.post("/login").content(json, as: "application/vnd.login.v2+json")).expect(204)
        _ = try await client.send(.post("/login").content([1], as: "application/vnd.login.v2+json")).expect(400)
        _ = try await client.send(.post("/login").form("user=ada&age=36")).expect(204)
        _ = try await client.send(.post("/login").form("user=ada&age=old")).expect(400)
        _ = try await client.send(.post("/login").content([1], as: "image/png")).expect(415)
    }

    @Test("media types with types of their own are cases")
    func mediaTypes() async throws {
        let client = try client(Handler().endpoints)
        let notes = TestRequest.post("/notes")
        #expect(try await client.send(notes.json(#"{"text":"a"}"#)).expect(200).text == "json a")
        #expect(try await client.send(notes.content(Array("b".utf8), as: "text/plain")).expect(200).text == "text b")
        let long = notes.content(Array(repeating: 0x62, count: 21), as: "text/plain")
        #expect(try await client.send(long).expect(400).failures == ["body  maxLength"])
        let binary = notes.content([1, 2, 3], as: "application/octet-stream")
        #expect(try await client.send(binary).expect(200).text == "binary 3")
        #expect(try await client.send(notes).expect(200).text == "nothing")
    }

    @Test("files of a multipart form arrive beside its fields")
    func multipart() async throws {
        let client = try client(Handler().endpoints)
        let picture =
            "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.png\"\r\n"
            + "Content-Type: image/png\r\n\r\nPNG!\r\n"
        let caption = "--b\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nme\r\n"
        func send(_ text: String) async throws -> TestResponse {
            try await client.send(
                TestRequest.put("/avatar").content(
                    Array((text + "--b--\r\n").utf8), as: "multipart/form-data; boundary=b"))
        }
        #expect(try await send(picture + caption).expect(200).text == "6")
        #expect(try await send(picture).expect(200).text == "4")
        #expect(try await send(caption).expect(400).text.contains("picture"))
    }
}
