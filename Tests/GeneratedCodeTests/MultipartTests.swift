import GoldenMultipart
import LockstepRuntime
import LockstepTesting
import Testing

@Suite("Generated multipart forms")
struct MultipartTests {
    private func send(_ parts: [(head: String, body: String)]) async throws -> TestResponse {
        try await client(Handler().endpoints)
            .send(.post("/letters").content(Self.bytes(of: parts), as: "multipart/form-data; boundary=b"))
    }

    private static func bytes(of parts: [(head: String, body: String)]) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            bytes += Array("--b\r\n\(part.head)\r\n\r\n".utf8)
            bytes += part.body.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } + Array("\r\n".utf8)
        }
        return bytes + Array("--b--\r\n".utf8)
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

    // MARK: Streams

    /// Sends a form in pieces, as a server would hand it over.
    private func upload(_ parts: [(head: String, body: String)], pieces size: Int = 10) async throws -> TestResponse {
        let bytes = Self.bytes(of: parts)
        let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        let request = Request(
            .post, "/uploads", headers: ["Content-Type": "multipart/form-data; boundary=b"],
            body: .stream(BufferedBodySource(pieces)))
        let service = try APIService(Handler().endpoints)
        let response = await service.respond(to: request, RequestContext(logger: .disabled))
        guard case .bytes(let content) = response.body else { throw Problem.notFound }
        return TestResponse(status: response.status, headers: response.headers, body: content)
    }

    @Test("the fields of a streamed form come first, then its files one by one", arguments: [1, 10, 10_000])
    func streams(size: Int) async throws {
        let parts = [
            part("album", "Content-Language: de", body: "Reise"), part("cover", body: "\u{FF}\r\n--c"),
            part("pictures; filename=b.png", "Content-Type: image/png", "X-Width: 7", body: "x"),
            part("unknown; filename=c", body: "y"), part("pictures", "X-Width: 8", body: "z"),
        ]
        let lines = ["Reise in de", "cover - - 6", "pictures b.png image/png ?", "pictures - - ?"]
        #expect(try await upload(parts, pieces: size).expect(200).text == lines.joined(separator: "\n"))
    }

    @Test("what is wrong with the fields is said before the handler is called, with a file when it comes")
    func wrongStreams() async throws {
        let album = part("album", body: "Reise")
        let cover = part("cover", body: "x")
        #expect(try await upload([cover]).expect(400).failures == ["body  required"])
        let long = part("album", body: String(repeating: "x", count: 21))
        #expect(
            try await upload([long, part("other", body: "")]).expect(400).failures == [
                "body /album maxLength", "body /other additionalProperties",
            ])
        #expect(try await upload([album]).expect(400).failures == ["body /cover required"])
        #expect(try await upload([album, cover, cover]).expect(400).failures == ["body /cover duplicate"])
        #expect(
            try await upload([part("album", body: "x"), cover, album]).expect(400).failures == ["body /album order"])
        let picture = try await upload([album, cover, part("pictures", "Content-Type: text/plain")]).expect(400)
        #expect(picture.failures == ["body /pictures contentType", "body /pictures required"])
    }

    @Test("fields are bounded though files are not, and so is the number of parts")
    func boundedStreams() async throws {
        let cover = part("cover", body: String(repeating: "x", count: 3_000_000))
        let text = try await upload([part("album", body: "Reise"), cover], pieces: 60_000).expect(200).text
        #expect(text.hasSuffix("3000000"))
        let album = part("album", body: String(repeating: "x", count: 2_000_000))
        #expect(try await upload([album, cover], pieces: 60_000).status == 413)
        let many = Array(repeating: part("pictures", "X-Width: 1"), count: 300)
        #expect(try await upload([part("album", body: "x"), part("cover")] + many, pieces: 60_000).status == 413)
        #expect(try await upload([]).status == 400)
    }
}
