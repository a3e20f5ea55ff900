import LockstepRuntime
import LockstepTesting
import Testing

@Suite struct BodyTests {
    private static func post(_ body: String, as type: String = "application/json") -> TestRequest {
        .post("/payments").header("Idempotency-Key", "abcd").content(Array(body.utf8), as: type)
    }

    @Test(arguments: [
        (#"{"amount":1.50,"note":"x"}"#, "application/json"), (#"{"amount":1.50}"#, "application/JSON; charset=UTF-8"),
        ("amount=1.50&note=a+b", "application/x-www-form-urlencoded"),
        ("amount=1.50&tags=a&tags=b", "application/x-www-form-urlencoded;charset=utf-8"),
    ])
    func acceptsWhatTheDocumentTakes(_ body: String, _ type: String) async throws {
        let fixture = try ServiceFixture()
        let response = try await fixture.client().send(Self.post(body, as: type)).expect(201)
        #expect(response.json?["amount"] == .number("1.50"))
        #expect(response.text.contains("1.50"))
        try response.expect(header: "X-Count", "3")
        try fixture.recorder.check()
    }

    @Test(arguments: [
        ("{}", "body  required"), (#"{"amount":0}"#, "body /amount exclusiveMinimum"),
        (#"{"amount":"1"}"#, "body /amount type"), (#"{"amount":1,"note":"too long"}"#, "body /note maxLength"),
        (#"{"amount":1,"extra":1}"#, "body /extra additionalProperties"), (#"{"amount":1,"amount":2}"#, "body  json"),
        (#"{"amount":1"#, "body  json"), ("[]", "body  type"), ("{\"amount\":\u{1}}", "body  json"),
        ("", "body  required"),
    ])
    func refusesWrongJSON(_ body: String, _ failure: String) async throws {
        let response = try await ServiceFixture().client().send(Self.post(body)).expect(400, .validation)
        #expect(response.failures == [failure])
    }

    @Test(arguments: [
        ("note=x", "body  required"), ("amount=x", "body /amount type"),
        ("amount=1&amount=2", "body /amount duplicate"),
        ("amount=1&other=2", "body /other additionalProperties"), ("amount=1&note=%zz", "body /note encoding"),
        ("amount=1&%zz=1", "body  encoding"),
    ])
    func refusesWrongForms(_ body: String, _ failure: String) async throws {
        let request = Self.post(body, as: "application/x-www-form-urlencoded")
        let response = try await ServiceFixture().client().send(request).expect(400, .validation)
        #expect(response.failures.contains(failure))
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", 1), ("text/plain; charset=utf-8", 2), ("application/octet-stream", 3),
    ])
    func noBytesAreContentWhereTheClientNamesATypeThatCanBeEmpty(_ type: String, _ index: Int) async throws {
        let client = try ServiceFixture().client()
        let response = try await client.send(.put("/given").content([], as: type)).expect(200)
        #expect(response.json?["mediaType"] == .int(index))
        #expect(response.json?["body"] == (index == 1 ? [:] : nil))
        try await client.send(.patch("/raw").content([], as: "application/octet-stream")).expect(200)
        let optional = try await client.send(.put("/note").content([], as: "text/plain")).expect(200)
        #expect(optional.json?["text"] == nil)
    }

    @Test(arguments: [nil, "application/json", "multipart/form-data; boundary=x"])
    func noBytesAreMissingContentOtherwise(_ type: String?) async throws {
        let client = try ServiceFixture().client()
        let request = type.map { TestRequest.put("/given").content([], as: $0) } ?? .put("/given")
        #expect(try await client.send(request).expect(400, .validation).failures.first?.hasPrefix("body ") == true)
        #expect(try await client.send(.patch("/raw")).expect(400).failures == ["body  required"])
        let other = TestRequest.patch("/raw").content([], as: "image/png")
        try await client.send(other).expect(415)
    }

    @Test(arguments: [("grün", nil), ("grünes", "body  maxLength"), ("A", "body  pattern")])
    func textIsCheckedAgainstItsSchema(_ text: String, _ failure: String?) async throws {
        let request = TestRequest.put("/given").content(Array(text.utf8), as: "text/plain")
        let response = try await ServiceFixture().client().send(request)
        #expect(response.status == (failure == nil ? 200 : 400))
        #expect(response.failures == (failure.map { [$0] } ?? []))
    }

    @Test func saysWhereJSONIsMalformed() async throws {
        let response = try await ServiceFixture().client().send(Self.post(#"{"amount":x}"#)).expect(400)
        #expect(response.json?["error"]?["details"]?[0]?["message"] == "unexpected character at byte 10")
    }

    @Test(arguments: [
        "text/plain", "application/xml", "", "garbage", "application/json; charset=latin1", "application/json; charset",
    ])
    func refusesOtherContentTypes(_ type: String) async throws {
        var request = Self.post(#"{"amount":1}"#)
        request.headers.remove("Content-Type")
        if !type.isEmpty { request = request.header("Content-Type", type) }
        let response = try await ServiceFixture().client().send(request).expect(415, .unsupportedMediaType)
        try response.expect(header: "Accept-Post", "application/json, application/x-www-form-urlencoded")
    }

    @Test func refusesCompressedContentAndTwoContentTypes() async throws {
        let client = try ServiceFixture().client()
        try await client.send(Self.post("x").header("Content-Encoding", "gzip")).expect(415)
        try await client.send(Self.post(#"{"amount":1}"#).header("Content-Encoding", "identity")).expect(201)
        try await client.send(Self.post("x").header("Content-Type", "application/json")).expect(415)
    }

    @Test func refusesTooMuchContent() async throws {
        let fixture = try ServiceFixture()
        let long = #"{"amount":1,"tags":[\#(Array(repeating: #""a""#, count: 20).joined(separator: ","))]}"#
        try await fixture.client().send(Self.post(long)).expect(413, .contentTooLarge)
        try await fixture.client { $0.maximumBodySize = 3 }.send(
            .put("/note").content(Array("four".utf8), as: "text/plain")
        ).expect(413)
    }

    @Test func readsText() async throws {
        let client = try ServiceFixture().client()
        let text = try await client.send(.put("/note").content(Array("grüß".utf8), as: "text/markdown")).expect(200)
        #expect(text.json?["text"] == "grüß")
        try await client.send(.put("/note").content([0xFF], as: "text/plain")).expect(400, .validation)
        try await client.send(.put("/note")).expect(200)
    }

    @Test(arguments: [
        ("text/plain", 0), ("image/png", 1), ("text/csv; charset=latin1", 2), ("application/json", 2),
        ("multipart/form-data; boundary=x", 2),
    ])
    func rangesTakeAnythingAsBytes(_ type: String, _ index: Int) async throws {
        let request = TestRequest.put("/any").content(Array("abc".utf8), as: type)
        let response = try await ServiceFixture().client().send(request).expect(200)
        #expect(response.json?["mediaType"] == .int(index))
        #expect(response.json?["size"] == (index == 0 ? nil : 3))
    }

    @Test(arguments: [
        ("application/vnd.b+json", 1), ("Application/Problem+JSON; charset=utf-8", 1), ("application/vnd.a+json", 2),
        ("application/json", 0), ("application/xml", 0),
    ])
    func theNarrowestRangeDecides(_ type: String, _ index: Int) async throws {
        let client = try ServiceFixture().client()
        let request = TestRequest.put("/ranges").content(Array(#"{"amount":1}"#.utf8), as: type)
        #expect(try await client.send(request).expect(200).json?["mediaType"] == .int(index))
        let wrong = TestRequest.put("/ranges").content(Array(#"{"amount":0}"#.utf8), as: type)
        try await client.send(wrong).expect(index == 1 ? 400 : 200)
        try await client.send(TestRequest.put("/ranges").content([1], as: "image/png")).expect(415)
    }

    @Test func aProducedRangeIsAcceptableToWhoeverTakesPartOfIt() async throws {
        let client = try ServiceFixture().client()
        try await client.send(TestRequest.put("/ranges").header("Accept", "text/csv")).expect(200)
        try await client.send(TestRequest.put("/ranges").header("Accept", "text/csv;q=0")).expect(406)
    }

    @Test func reportsParametersAndBodyTogether() async throws {
        let client = try ServiceFixture().client()
        let wrong = #"{"amount":0,"note":"too long"}"#
        let both = try await client.send(.post("/payments").json(wrong).header("Idempotency-Key", "abc")).expect(400)
        #expect(
            both.failures == [
                "header /Idempotency-Key minLength", "body /amount exclusiveMinimum", "body /note maxLength",
            ])
        // A body that is fine, or that cannot be judged, leaves the parameters' failures as they are.
        for request in [
            TestRequest.post("/payments").json(#"{"amount":1}"#), .post("/payments").content([1], as: "a/b"),
        ] {
            let response = try await client.send(request).expect(400, .validation)
            #expect(response.failures == ["header /Idempotency-Key required"])
        }
    }

    @Test func anEmptyContentTypeIsNone() async throws {
        let request = TestRequest.put("/any").content([1], as: "")
        try await ServiceFixture().client().send(request).expect(415)
    }

    @Test func refusesATypeBeforeReadingTheContent() async throws {
        struct Unread: BodySource {
            func next() async throws -> [UInt8]? { throw Problem.unavailable() }
        }
        let fixture = try ServiceFixture()
        let service = try APIService([Endpoint(fixture.table["createPayment"]) { _ in Response(200) }])
        let headers: HTTPFields = ["Content-Type": "text/plain", "Idempotency-Key": "abcd"]
        let request = Request(.post, "/payments", headers: headers, body: .stream(Unread()))
        #expect(await service.respond(to: request, RequestContext()).status == 415)
    }

    @Test func readsMultipartForms() async throws {
        let client = try ServiceFixture().client()
        let type = "multipart/form-data; boundary=xx"
        let whole = """
            --xx\r
            Content-Disposition: form-data; name="photo"; filename="a.png"\r
            \r
            12345\r
            --xx\r
            Content-Disposition: form-data; name="count"\r
            \r
            7\r
            --xx\r
            Content-Disposition: form-data; name="meta"\r
            \r
            {"a":[1]}\r
            --xx--\r\n
            """
        let response = try await client.send(.post("/upload").content(Array(whole.utf8), as: type)).expect(200)
        #expect(response.json?["a.png"] == 5)
        #expect(response.json?["body"] == ["photo": "", "count": 7, "meta": ["a": [1]]])
        let wrong = whole.replacing("7\r\n", with: "x\r\n").replacing("\"photo\"", with: "\"other\"")
        let refused = try await client.send(.post("/upload").content(Array(wrong.utf8), as: type)).expect(400)
        #expect(Set(refused.failures) == ["body  required", "body /count type"])
        try await client.send(.post("/upload").content(Array(whole.dropLast(9).utf8), as: type)).expect(
            400, .badRequest)
        try await client.send(.post("/upload").content(Array(whole.utf8), as: "multipart/form-data")).expect(400)
    }

    @Test func streamsAreBoundedWhileTheyArrive() async throws {
        let client = try ServiceFixture().client()
        let type = "application/octet-stream"
        let small = try await client.send(TestRequest(.patch, "/raw").content([1, 2, 3], as: type)).expect(200)
        #expect(small.json?["size"] == 3)
        try await client.send(TestRequest(.patch, "/raw").content(Array(repeating: 1, count: 9), as: type)).expect(413)
        try await client.send(TestRequest(.patch, "/raw")).expect(400)
        let wrong = try await client.send(TestRequest(.patch, "/raw").content([1], as: "text/plain")).expect(415)
        try wrong.expect(header: "Accept-Patch", "application/octet-stream")
    }

    @Test func aStreamWithoutLengthIsCutAtTheLimit() async throws {
        let fixture = try ServiceFixture()
        let service = try APIService([
            Endpoint(fixture.table["raw"]) { request in
                let bytes = try await request.bodyStream.collect(limit: 1000)
                return .text("\(bytes.count)")
            }
        ])
        let source = BufferedBodySource(Array(repeating: [1, 2, 3], count: 5))
        let request = Request(
            .patch, "/raw", headers: ["Content-Type": "application/octet-stream"], body: .stream(source))
        let response = await service.respond(to: request, RequestContext())
        #expect(response.status == 413)
    }
}
