import GoldenMultipart
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated multipart forms")
struct MultipartTests {
    private func send(_ parts: [(head: String, body: String)]) async throws -> TestResponse {
        var bytes: [UInt8] = []
        for part in parts {
            bytes += Array("--b\r\n\(part.head)\r\n\r\n".utf8)
            bytes += part.body.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } + Array("\r\n".utf8)
        }
        bytes += Array("--b--\r\n".utf8)
        return try await client(Handler().endpoints)
            .send(.post("/letters").content(bytes, as: "multipart/form-data; boundary=b"))
    }

    private func part(_ name: String, _ fields: String..., body: String = "") -> (head: String, body: String) {
        ((["Content-Disposition: form-data; name=\(name)"] + fields).joined(separator: "\r\n"), body)
    }

    @Test("a part is given with its headers, and each part of a list with its own")
    func headers() async throws {
        let parts = [
            part("photo", "Content-Type: image/jpeg", "x-width:  7 ", "X-Tags: a, b", body: "\u{FF}PNG"),
            part("notes", "content-language: de", body: #"{"text":"eins"}"#),
            part("notes", "Content-Type: application/json; charset=utf-8", body: #"{"text":"two"}"#),
            part("title", body: "Hello"),
        ]
        let lines = ["4 bytes, 7 wide, [\"a\", \"b\"]", "de: eins", "?: two", "Hello in 12"]
        #expect(try await send(parts).expect(200).text == lines.joined(separator: "\n"))
        let short = [parts[0], parts[1], part("title", "X-Size: 8", body: "Hello")]
        #expect(try await send(short).expect(200).text.hasSuffix("Hello in 8"))
        #expect(try await send(Array(parts[..<2])).expect(200).text.hasSuffix("de: eins"))
    }

    @Test("a header that is missing or wrong is named with its field")
    func wrongHeaders() async throws {
        let good = part("notes", body: #"{"text":"eins"}"#)
        let missing = try await send([part("photo", "Content-Type: image/png"), good]).expect(400)
        #expect(missing.failures == ["body /photo required"])
        #expect(missing.text.contains("header X-Width is missing"))
        let wrong = try await send([
            part("photo", "X-Width: 0", "X-Tags: a,long"), good, part("notes", "Content-Language: fr", body: "{}"),
            part("title", "X-Size: big", body: String(repeating: "x", count: 21)),
        ]).expect(400)
        #expect(
            wrong.failures == [
                "body /photo minimum", "body /photo maxLength", "body /notes/1 enum", "body /title type",
                "body /notes/1 required", "body /title maxLength",
            ])
        #expect(wrong.text.contains("header X-Tags/1 must"))
    }

    @Test("a part of a media type that the document does not name is refused")
    func contentTypes() async throws {
        let good = part("notes", body: #"{"text":"eins"}"#)
        let gif = try await send([part("photo", "Content-Type: image/gif", "X-Width: 1"), good]).expect(400)
        #expect(gif.failures == ["body /photo contentType"])
        let text = try await send([part("photo", "X-Width: 1"), part("notes", "Content-Type: text/plain", body: "x")])
        #expect(try text.expect(400).failures.first == "body /notes/0 contentType")
    }

    @Test("header blocks are bounded, and fields that are none are refused")
    func hostileHeaders() async throws {
        let good = part("notes", body: #"{"text":"eins"}"#)
        let long = part("photo", "X-Width: 1", "X-Tags: \(String(repeating: "a,", count: 5_000))")
        #expect(try await send([long, good]).status == 413)
        #expect(try await send([part("photo", "X-Width: 1", "X Y: 1"), good]).status == 400)
        let nul = try await send([part("photo", "X-Width: \0"), good])
        #expect(nul.status == 400)
        let twice = try await send([part("photo", "X-Width: 1", "X-Width: 2"), good]).expect(400)
        #expect(twice.failures == ["body /photo duplicate"])
    }
}
