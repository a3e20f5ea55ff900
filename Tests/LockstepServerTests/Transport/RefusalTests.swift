import LockstepRuntime
import LockstepTesting
import Testing

@testable import LockstepServer

/// What a client learns when it does not even get as far as a request.
@Suite("Refusals") struct RefusalTests {
    private let answers = RefusalAnswers(headers: ["X-Frame-Options": "SAMEORIGIN"])

    private func text(_ response: Response) -> String {
        guard case .bytes(let bytes) = response.body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func aRefusalHasAnIdOfItsOwnATraceAndTheSecurityHeaders() {
        let (response, id) = answers.answer(HTTP1Refusal.bareLineFeed.problem, to: [:])
        #expect(response.status == 400)
        #expect(response.headers["X-Request-Id"] == id)
        #expect(id.count == 32)
        #expect(response.headers["traceparent"]?.contains(id) == true)
        #expect(response.headers["X-Frame-Options"] == "SAMEORIGIN")
        #expect(response.headers["Content-Type"] == "application/json")
        #expect(text(response).hasPrefix(#"{"success":false,"error":{"code":"BAD_REQUEST","message":"#))
        #expect(answers.answer(HTTP1Refusal.bareLineFeed.problem, to: [:]).requestID != id)
    }

    @Test func theClientsOwnIdIsKeptIfItIsHarmless() {
        let kept = answers.answer(HTTP1Refusal.duplicateHost.problem, to: ["X-Request-Id": "ticket-4711"])
        #expect(kept.requestID == "ticket-4711")
        #expect(kept.response.headers["X-Request-Id"] == "ticket-4711")
        let replaced = answers.answer(HTTP1Refusal.duplicateHost.problem, to: ["X-Request-Id": "<script>alert(1)"])
        #expect(replaced.requestID.count == 32)
    }

    @Test func problemJSONIsForThoseWhoAskForIt() {
        let (response, id) = answers.answer(
            HTTP1Refusal.unsupportedVersion.problem, to: ["Accept": "application/problem+json"])
        #expect(response.status == 505)
        #expect(response.headers["Content-Type"] == "application/problem+json")
        #expect(
            text(response)
                == #"{"type":"about:blank","title":"HTTP Version Not Supported","status":505,"#
                + #""detail":"Only HTTP/1.1 and HTTP/1.0 are spoken here.","code":"HTTP_VERSION_NOT_SUPPORTED","#
                + #""requestId":"\#(id)"}"#)
    }

    @Test func theFieldsBeforeTheFaultAreKnown() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nAccept: application/problem+json\r\n"
        for (rest, name) in [
            ("Bad Name: x\r\n\r\n", "in the head"), ("Host: b\r\n\r\n", "in what the head means"),
            ("Transfer-Encoding: chunked\r\n\r\nzz\r\n", "in the body"),
        ] {
            var script = ConnectionTranscript()
            let fields = script.refusedFields(head + rest)
            #expect(fields?["Accept"] == "application/problem+json", "\(name)")
        }
        var late = ConnectionTranscript()
        #expect(late.receive(head) == [])
        #expect(late.refusedFields(after: 11)?["Accept"] == "application/problem+json")
        var lateBody = ConnectionTranscript()
        #expect(lateBody.receive(head + "Content-Length: 5\r\n\r\nab") == [])
        #expect(lateBody.refusedFields(after: 60)?["Accept"] == "application/problem+json")
        var nothing = ConnectionTranscript()
        #expect(nothing.refusedFields("GET / HTTP/9.9\r\n")?.isEmpty == true)
    }

    @Test func theFieldsOfAnEarlierRequestAreForgotten() {
        var script = ConnectionTranscript()
        #expect(script.receive("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: first-request\r\n\r\n") == ["GET / 1.1"])
        _ = script.respond()
        let fields = script.refusedFields("GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n")
        #expect(fields?["Host"] == "a")
        #expect(fields?["X-Request-Id"] == nil)
    }

    @Test(arguments: [
        (
            "GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: ticket-4711\r\nAccept: application/problem+json\r\nA : b\r\n",
            400
        ),
        (
            "GET / HTTP/1.1\r\nX-Request-Id: ticket-4711\r\nAccept: application/problem+json\r\nHost: a\r\n"
                + "Long: \(String(repeating: "x", count: 20_000))", 431
        ),
    ])
    func aServerAnswersRefusalsLikeOtherErrors(request: String, status: Int) async throws {
        try await withServer(
            { $0.refusalHeaders = SecurityHeaders().fields(isSecure: false) }, responder: { _, _ in Response(204) }
        ) { fixture in
            let client = try await fixture.connect()
            try await client.send(request)
            let response = try await client.response()
            #expect(response.status == status)
            #expect(response.headers["x-request-id"] == "ticket-4711")
            #expect(response.headers["content-type"] == "application/problem+json")
            #expect(response.headers["x-frame-options"] == "SAMEORIGIN")
            #expect(response.text.contains(#""status":\#(status)"#))
            client.close()
        }
    }

    @Test func aClientOverTheLimitIsToldSoWithAnId() async throws {
        try await withServer(
            {
                $0.maximumConnections = 1
                $0.refusalHeaders = SecurityHeaders().fields(isSecure: false)
            }, responder: { _, _ in Response(204) }
        ) { fixture in
            let first = try await fixture.connect()
            try await first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await first.response().status == 204)
            let second = try await fixture.connect()
            let response = try await second.response()
            #expect(response.status == 503)
            #expect(response.headers["x-request-id"]?.count == 32)
            #expect(response.headers["retry-after"] == "1")
            #expect(response.headers["x-frame-options"] == "SAMEORIGIN")
            #expect(response.text.contains(#""code":"UNAVAILABLE""#))
            first.close()
            second.close()
        }
    }
}
