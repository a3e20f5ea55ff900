import LockstepRuntime
import Testing

@testable import LockstepServer

let helloRequest = "GET /hello?a=1 HTTP/1.1\r\nHost: example\r\n\r\n"

@Suite("HTTP/1.1 connection: requests and responses") struct ConnectionTranscriptTests {
    @Test func aRequestIsDeliveredAndAnswered() {
        var script = ConnectionTranscript()
        #expect(script.receive(helloRequest) == ["GET /hello?a=1 1.1"])
        #expect(script.respond(200, ["Content-Type": "text/plain"], .bytes(Array("hi".utf8))) == [])
        #expect(script.written() == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi")
        #expect(script.receive(helloRequest) == ["GET /hello?a=1 1.1"])
    }

    @Test func theDateIsPartOfEveryResponse() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        _ = script.respond(text: "hi")
        #expect(String(decoding: script.output, as: UTF8.self).contains("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"))
    }

    @Test func headerFieldsAreReadWithoutCopyingThemOneByOne() {
        var script = ConnectionTranscript()
        let text = "GET / HTTP/1.1\r\nHost: example\r\nX-Empty:\r\nX-Spaced: \t a b\t \r\nx-two: 2\r\n\r\n"
        script.connection.receive(Array(text.utf8).span, now: 0)
        guard case .request(let request) = script.connection.nextAction() else {
            Issue.record("no request")
            return
        }
        #expect(request.headers.count == 4)
        #expect(request.headers["x-empty"] == "")
        #expect(request.headers["x-spaced"] == "a b")
        #expect(request.headers["X-TWO"] == "2")
    }

    @Test func pipelinedRequestsAreAnsweredOneAfterTheOther() {
        var script = ConnectionTranscript()
        let second = "POST /b HTTP/1.1\r\nHost: example\r\nContent-Length: 3\r\n\r\nabc"
        #expect(script.receive(helloRequest + second + helloRequest) == ["GET /hello?a=1 1.1"])
        #expect(script.respond() == ["POST /b 1.1 \"abc\""])
        #expect(script.respond() == ["GET /hello?a=1 1.1"])
        #expect(script.respond() == [])
        #expect(script.isIdle == true)
    }

    @Test func pipeliningIsBounded() {
        var script = ConnectionTranscript { $0.maximumPipelinedBytes = 100 }
        _ = script.receive(helloRequest)
        #expect(script.receive(helloRequest) == [])
        #expect(script.receive(helloRequest + helloRequest) == ["pause"])
        #expect(script.respond() == ["GET /hello?a=1 1.1", "resume"])
    }

    @Test func chunkedContentIsDecodedAndDeliveredWhole() {
        var script = ConnectionTranscript()
        let text =
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "4;name=value;other=\"q;\\\"\"\r\nabcd\r\n00a\r\n0123456789\r\n0\r\nX-Checksum: 1\r\n\r\n"
        #expect(script.receive(text) == ["POST / 1.1 \"abcd0123456789\""])
    }

    @Test func largeContentIsStreamedWithBackPressure() {
        var script = ConnectionTranscript {
            $0.maximumWholeBodyBytes = 4
            $0.bodyHighWatermark = 6
        }
        #expect(
            script.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc") == [
                "PUT / 1.1 stream 10", "body \"abc\"",
            ])
        #expect(script.receive("def") == ["body \"def\"", "pause"])
        script.connection.bodyConsumed(2, now: script.now)
        #expect(script.actions() == [])
        script.connection.bodyConsumed(2, now: script.now)
        #expect(script.actions() == ["resume"])
        #expect(script.receive("ghij") == ["body \"ghij\"", "body end"])
        #expect(script.respond(204) == [])
        #expect(script.written() == "HTTP/1.1 204 No Content\r\n\r\n")
    }

    @Test func aStreamOfUnknownLengthIsSentInChunks() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        #expect(script.respond(200, [:], .stream(length: nil)) == [])
        #expect(script.send("hello") == [])
        #expect(script.send("0123456789abcdefX") == [])
        #expect(script.endBody() == [])
        #expect(
            script.written()
                == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n11\r\n0123456789abcdefX\r\n0\r\n\r\n"
        )
    }

    @Test func aStreamOfKnownLengthIsSentAsItIs() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        _ = script.respond(200, [:], .stream(length: 5))
        _ = script.send("hel")
        _ = script.send("lo")
        #expect(script.endBody() == [])
        #expect(script.written() == "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
    }

    @Test func aHandlerThatSendsLessThanAnnouncedAbortsTheConnection() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        _ = script.respond(200, [:], .stream(length: 5))
        _ = script.send("hel")
        #expect(script.endBody() == ["abort"])
    }

    @Test func aHandlerThatSendsMoreThanAnnouncedAbortsTheConnection() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        _ = script.respond(200, [:], .stream(length: 5))
        #expect(script.send("hello!") == ["dropped", "abort"])
    }

    @Test func aHandlerThatFailsWhileStreamingLeavesTheResponseVisiblyIncomplete() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        _ = script.respond(200, [:], .stream(length: nil))
        _ = script.send("hel")
        script.connection.abortResponse()
        #expect(script.actions() == ["abort"])
        #expect(!script.written().contains("0\r\n\r\n"))
    }

    @Test func largeContentIsNotCopied() {
        var script = ConnectionTranscript { $0.maximumCopiedBytes = 8 }
        _ = script.receive(helloRequest)
        #expect(script.respond(text: "123456789") == ["separate 9"])
        _ = script.receive(helloRequest)
        _ = script.respond(200, [:], .stream(length: nil))
        _ = script.send("123456789")
        _ = script.send("1")
        _ = script.endBody()
        #expect(script.written().hasSuffix("9\r\n123456789\r\n1\r\n1\r\n0\r\n\r\n"))
    }

    @Test func headGetsTheHeadOfTheResponseOnly() {
        var script = ConnectionTranscript()
        #expect(script.receive("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n") == ["HEAD / 1.1"])
        #expect(script.respond(text: "hello") == [])
        #expect(script.written() == "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        _ = script.receive("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = script.respond(200, [:], .stream(length: nil))
        #expect(script.send("hello") == ["dropped"])
        #expect(script.endBody() == [])
        #expect(script.written() == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        #expect(script.isIdle == true)
    }

    @Test(arguments: [204, 304]) func statusesWithoutContentCarryNoLength(_ status: Int) {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        #expect(script.respond(HTTPStatus(status), [:], .bytes([1, 2, 3])) == [])
        let written = script.written()
        #expect(!written.contains("Content-Length"))
        #expect(written.hasSuffix("\r\n\r\n"))
    }

    @Test func fieldsOfTheConnectionCannotComeFromAHandler() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        _ = script.respond(200, ["content-length": "99", "Transfer-Encoding": "chunked", "X-A": "b"], .bytes([0x21]))
        #expect(script.written() == "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 1\r\n\r\n!")
    }
}
