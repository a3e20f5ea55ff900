import LockstepRuntime
import Testing

@testable import LockstepServer

@Suite("HTTP/1.1 connection: keep-alive, deadlines, ends") struct ConnectionLifetimeTests {
    // MARK: Keep-alive

    @Test func closeIsAnnouncedAndKept() {
        var script = ConnectionTranscript()
        _ = script.receive("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(script.respond() == ["close"])
        #expect(script.written() == "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    }

    @Test func http10ClosesUnlessItAsksToStay() {
        var script = ConnectionTranscript()
        #expect(script.receive("GET / HTTP/1.0\r\n\r\n") == ["GET / 1.0"])
        #expect(script.respond() == ["close"])
        var staying = ConnectionTranscript()
        _ = staying.receive("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
        #expect(staying.respond() == [])
        #expect(staying.written() == "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n")
    }

    @Test func http10ReadsAStreamUntilTheEndOfTheConnection() {
        var script = ConnectionTranscript()
        _ = script.receive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        _ = script.respond(200, [:], .stream(length: nil))
        _ = script.send("abc")
        #expect(script.endBody() == ["close"])
        #expect(script.written() == "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc")
    }

    @Test func aHandlerMayCloseTheConnection() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        #expect(script.respond(200, ["Connection": "close"]) == ["close"])
    }

    @Test func theNumberOfRequestsOfAConnectionIsBounded() {
        var script = ConnectionTranscript { $0.maximumRequestsPerConnection = 2 }
        _ = script.receive(helloRequest)
        #expect(script.respond() == [])
        _ = script.receive(helloRequest)
        #expect(script.respond() == ["close"])
    }

    // MARK: 100 (Continue)

    private let waiting = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"

    @Test func aClientThatWaitsIsToldToGoOnWhenTheHandlerReads() {
        var script = ConnectionTranscript()
        #expect(script.receive(waiting) == ["PUT / 1.1 stream 5"])
        script.connection.requestBody(into: &script.output, now: script.now)
        #expect(script.written() == "HTTP/1.1 100 Continue\r\n\r\n")
        #expect(script.receive("hello") == ["body \"hello\"", "body end"])
        #expect(script.respond() == [])
    }

    @Test func aClientThatDoesNotWaitAfterAllIsNotTold() {
        var script = ConnectionTranscript()
        #expect(script.receive(waiting + "he") == ["PUT / 1.1 stream 5", "body \"he\""])
        script.connection.requestBody(into: &script.output, now: script.now)
        #expect(script.written() == "")
    }

    @Test func aFinalAnswerToAClientThatWaitsEndsTheConnection() {
        var script = ConnectionTranscript()
        _ = script.receive(waiting)
        #expect(script.respond(413) == ["shutdown write"])
        #expect(script.written() == "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    }

    // MARK: Content that nobody reads

    @Test func littleContentIsThrownAwayAndTheConnectionKept() {
        var script = ConnectionTranscript {
            $0.maximumWholeBodyBytes = 1
            $0.maximumDiscardedBytes = 10
        }
        _ = script.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nab")
        #expect(script.respond(401) == [])
        #expect(script.receive("cdefgh" + helloRequest) == ["GET /hello?a=1 1.1"])
    }

    @Test func muchContentEndsTheConnection() {
        var script = ConnectionTranscript {
            $0.maximumWholeBodyBytes = 1
            $0.maximumDiscardedBytes = 10
        }
        _ = script.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 800\r\n\r\nab")
        #expect(script.respond(401) == ["shutdown write"])
        #expect(script.receive("cdefgh") == [])
        #expect(script.peerEnds() == ["close"])
    }

    @Test func endlessChunksAfterTheResponseEndTheConnection() {
        var script = ConnectionTranscript {
            $0.maximumWholeBodyBytes = 1
            $0.maximumDiscardedBytes = 10
        }
        _ = script.receive("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n")
        #expect(script.respond(401) == [])
        #expect(script.receive("4\r\nabcd\r\n4\r\nabcd\r\n") == ["shutdown write"])
    }

    // MARK: Deadlines

    @Test func aConnectionThatSendsNothingIsClosed() {
        var script = ConnectionTranscript { $0.headTimeout = .seconds(10) }
        #expect(script.wait(9.9) == [])
        #expect(script.wait(0.2) == ["close"])
    }

    @Test func aSlowHeadIsRefusedHoweverItTrickles() {
        var script = ConnectionTranscript { $0.headTimeout = .seconds(10) }
        for byte in "GET / HTTP/1.1\r\nX-A: aaaaaaaaaaaaaaaaaaaa".utf8.prefix(9) {
            #expect(script.receive([byte]) == [])
            #expect(script.wait(1) == [])
        }
        #expect(script.wait(1) == ["refuse 408 head-timeout"])
        #expect(script.refuse(.headTimeout) == ["shutdown write"])
        #expect(script.wait(3) == ["close"])
    }

    @Test func theHeadOfALaterRequestIsDueFromItsFirstByte() {
        var script = ConnectionTranscript {
            $0.headTimeout = .seconds(10)
            $0.idleTimeout = .seconds(60)
        }
        _ = script.receive(helloRequest)
        _ = script.respond()
        #expect(script.wait(50) == [])
        #expect(script.receive("GET ") == [])
        #expect(script.wait(9) == [])
        #expect(script.wait(2) == ["refuse 408 head-timeout"])
    }

    @Test func anIdleConnectionIsClosedWithoutAWord() {
        var script = ConnectionTranscript { $0.idleTimeout = .seconds(60) }
        _ = script.receive(helloRequest)
        _ = script.respond()
        _ = script.written()
        #expect(script.wait(61) == ["close"])
        #expect(script.written() == "")
    }

    @Test func slowContentIsRefusedAndFastContentIsNot() {
        var script = ConnectionTranscript {
            $0.bodyTimeout = .seconds(10)
            $0.minimumBodyRate = 2
        }
        _ = script.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n")
        #expect(script.wait(9) == [])
        #expect(script.receive("0123456789") == [])
        #expect(script.wait(5) == [])
        #expect(script.wait(2) == ["refuse 408 body-timeout"])
    }

    @Test func slowContentFailsTheHandlersStreamWhoseAnswerIsStillSent() {
        var script = ConnectionTranscript { $0.maximumWholeBodyBytes = 1 }
        _ = script.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nab")
        #expect(script.wait(21) == ["body failed 408 body-timeout"])
        #expect(script.respond(408) == ["shutdown write"])
        #expect(script.written().contains("Connection: close"))
    }

    @Test func theClientIsNotLateWhileTheHandlerHoldsBack() {
        var script = ConnectionTranscript {
            $0.maximumWholeBodyBytes = 1
            $0.bodyHighWatermark = 2
            $0.bodyTimeout = .seconds(10)
        }
        _ = script.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n")
        #expect(script.receive("ab") == ["body \"ab\"", "pause"])
        #expect(script.wait(100) == [])
        script.connection.bodyConsumed(2, now: script.now)
        #expect(script.actions() == ["resume"])
        #expect(script.wait(9) == [])
        #expect(script.wait(2) == ["body failed 408 body-timeout"])
    }

    @Test func aHandlerThatWorksIsNotTimedByTheConnection() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        #expect(script.wait(1000) == [])
        #expect(script.respond() == [])
    }

    @Test func aPeerThatDoesNotReadIsAborted() {
        var script = ConnectionTranscript { $0.writeTimeout = .seconds(5) }
        _ = script.receive(helloRequest)
        _ = script.respond(text: "much")
        script.connection.outputStalled(now: script.now)
        #expect(script.wait(4) == [])
        script.connection.outputAdvanced(isEmpty: false, now: script.now)
        #expect(script.wait(4) == [])
        #expect(script.wait(2) == ["abort"])
    }

    @Test func aPeerThatDoesNotReadTheLastResponseIsAbortedToo() {
        var script = ConnectionTranscript { $0.writeTimeout = .seconds(5) }
        _ = script.receive("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(script.respond(text: "much") == ["close"])
        script.connection.outputStalled(now: script.now)
        #expect(script.wait(6) == ["abort"])
    }

    // MARK: The peer's end

    @Test func aHalfClosedPeerGetsItsAnswer() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        #expect(script.peerEnds() == [])
        #expect(script.respond(text: "hi") == ["close"])
        #expect(script.written() == "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi")
    }

    @Test func aHalfClosedPeerGetsAnswersToAllThatItPipelined() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest + "GET /b HTTP/1.1\r\nHost: a\r\n\r\nGET /c HTT")
        #expect(script.peerEnds() == [])
        #expect(script.respond() == ["GET /b 1.1"])
        #expect(script.respond() == ["close"])
    }

    @Test func aPeerThatEndsInTheMiddleOfARequestIsClosed() {
        var head = ConnectionTranscript()
        _ = head.receive("GET / HT")
        #expect(head.peerEnds() == ["close"])
        var content = ConnectionTranscript()
        _ = content.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
        #expect(content.peerEnds() == ["close"])
        var stream = ConnectionTranscript { $0.maximumWholeBodyBytes = 1 }
        _ = stream.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
        #expect(stream.peerEnds() == ["body failed: peer closed"])
        #expect(stream.respond(400) == ["close"])
    }

    @Test func aPeerThatEndsBehindMalformedContentStillGetsTheAnswer() {
        var script = ConnectionTranscript { $0.maximumWholeBodyBytes = 1 }
        _ = script.receive("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n")
        #expect(script.receive("x") == ["body failed 400 chunk-size"])
        #expect(script.peerEnds() == [])
        #expect(script.respond(400) == ["close"])
        #expect(script.written().hasPrefix("HTTP/1.1 400 "))
    }

    @Test func aResponseWhileTheContentIsHeldBackReadsOn() {
        var script = ConnectionTranscript {
            $0.maximumWholeBodyBytes = 1
            $0.bodyHighWatermark = 2
        }
        _ = script.receive("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n")
        #expect(script.receive("ab") == ["body \"ab\"", "pause"])
        #expect(script.respond(401) == ["resume"])
        #expect(script.receive("cd" + helloRequest) == ["GET /hello?a=1 1.1"])
    }

    @Test func aLostConnectionCancelsTheHandler() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        #expect(script.isLost() == ["abort"])
        #expect(script.respond(text: "hi") == [])
        #expect(script.written() == "")
    }

    // MARK: Shutdown

    @Test func shutdownAnswersTheCurrentRequestAndCloses() {
        var script = ConnectionTranscript()
        _ = script.receive(helloRequest)
        script.connection.beginShutdown(now: script.now)
        #expect(script.actions() == [])
        #expect(script.respond() == ["close"])
        #expect(script.written().contains("Connection: close"))
    }

    @Test func shutdownLosesNoRequestThatIsOnItsWay() {
        var script = ConnectionTranscript { $0.shutdownIdleGrace = .seconds(1) }
        _ = script.receive(helloRequest)
        _ = script.respond()
        _ = script.written()
        script.connection.beginShutdown(now: script.now)
        #expect(script.wait(0.5) == [])
        #expect(script.receive(helloRequest) == ["GET /hello?a=1 1.1"])
        #expect(script.respond() == ["close"])
        #expect(script.written().contains("Connection: close"))
    }

    @Test func shutdownClosesIdleConnectionsAfterAShortGrace() {
        var script = ConnectionTranscript { $0.shutdownIdleGrace = .seconds(1) }
        _ = script.receive(helloRequest)
        _ = script.respond()
        script.connection.beginShutdown(now: script.now)
        #expect(script.wait(1.1) == ["close"])
    }

    @Test func aResponseThatPromisedToStayKeepsItsPromiseForTheGrace() {
        var script = ConnectionTranscript { $0.shutdownIdleGrace = .seconds(1) }
        _ = script.receive(helloRequest)
        _ = script.respond(200, [:], .stream(length: 1))
        script.connection.beginShutdown(now: script.now)
        _ = script.send("a")
        #expect(script.endBody() == [])
        #expect(script.receive(helloRequest) == ["GET /hello?a=1 1.1"])
        #expect(script.respond() == ["close"])
    }

    // MARK: Protocol errors

    @Test func aProtocolErrorIsAnsweredAndEndsTheConnection() {
        var script = ConnectionTranscript()
        #expect(script.receive("GET / HTTP/1.1\r\n\r\n") == ["refuse 400 host-missing"])
        #expect(script.refuse(.missingHost) == ["shutdown write"])
        #expect(
            script.written() == """
                HTTP/1.1 400 Bad Request\r
                Content-Type: application/json\r
                Cache-Control: no-store\r
                Content-Length: 92\r
                Connection: close\r
                \r
                {"success":false,"error":{"code":"BAD_REQUEST","message":"HTTP/1.1 requires a Host field."}}
                """)
        #expect(script.receive("more") == [])
        #expect(script.peerEnds() == ["close"])
    }

    @Test func aProtocolErrorBehindAResponseWaitsForItsTurn() {
        var script = ConnectionTranscript()
        #expect(script.receive(helloRequest + "\n") == ["GET /hello?a=1 1.1"])
        #expect(script.respond() == ["refuse 400 bare-lf"])
    }
}
