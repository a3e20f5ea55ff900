import LockstepEventLoop
import LockstepRuntime
import LockstepServer
import Synchronization
import Testing

@Suite struct ConnectionTests {
    private static let echo: @Sendable (Request, RequestContext) async throws -> Response = { request, _ in
        let body = try await request.body.collect(limit: 1 << 24)
        return Response(200, body: .bytes(body.isEmpty ? Array(request.target.utf8) : body))
    }

    @Test func aConnectionAnswersOneRequestAfterTheOther() async throws {
        try await withServer(responder: Self.echo) { fixture in
            let client = try await fixture.connect()
            for number in 0..<20 {
                let response = try await client.get("/\(number)")
                #expect(response.status == 200)
                #expect(response.text == "/\(number)")
                #expect(response.headers["date"] != nil)
            }
            #expect(fixture.server.connections?.accepted == 1)
            client.close()
            try await fixture.waitForConnections(0)
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrderAlsoWhenHandlersWait() async throws {
        try await withServer(responder: { request, context in
            let number = Int(request.path.dropFirst()) ?? 0
            if number % 3 == 0 { try await EventLoop.current?.sleep(for: .milliseconds(1)) }
            if number % 3 == 1 { await Task.yield() }
            return .text("\(number)")
        }) { fixture in
            let client = try await fixture.connect()
            let count = 300
            let requests = (0..<count).map { "GET /\($0) HTTP/1.1\r\nHost: test\r\n\r\n" }.joined()
            async let sending: Void = client.send(requests)
            for number in 0..<count {
                let text = try await client.response().text
                #expect(text == "\(number)")
            }
            try await sending
            client.close()
        }
    }

    @Test func manyPipelinedRequestsDoNotKeepOthersWaiting() async throws {
        try await withServer(loops: 1, responder: Self.echo) { fixture in
            let greedy = try await fixture.connect()
            let count = 5000
            let requests = String(repeating: "GET / HTTP/1.1\r\nHost: test\r\n\r\n", count: count)
            async let sending: Void = greedy.send(requests)
            async let receiving: Int = {
                var answered = 0
                while answered < count {
                    _ = try await greedy.response()
                    answered += 1
                }
                return answered
            }()
            let modest = try await fixture.connect()
            for _ in 0..<10 { #expect(try await modest.get("/").status == 200) }
            try await sending
            #expect(try await receiving == count)
            greedy.close()
            modest.close()
        }
    }

    @Test func aClientThatEndsItsSideStillGetsItsAnswer() async throws {
        try await withServer(responder: { _, _ in
            try await EventLoop.current?.sleep(for: .milliseconds(5))
            return .text("late")
        }) { fixture in
            let client = try await fixture.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
            client.endSending()
            let response = try await client.response()
            #expect(response.text == "late")
            #expect(try await client.receive().isEmpty)
            client.close()
            try await fixture.waitForConnections(0)
        }
    }

    @Test func aRequestInSinglesBytesIsUnderstood() async throws {
        try await withServer(responder: Self.echo) { fixture in
            let client = try await fixture.connect()
            for byte in "POST /x HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello".utf8 {
                try await client.send([byte])
            }
            #expect(try await client.response().text == "hello")
            client.close()
        }
    }

    @Test func malformedRequestsAreRefusedAndTheConnectionEnds() async throws {
        try await withServer(responder: Self.echo) { fixture in
            let client = try await fixture.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
            let response = try await client.response()
            #expect(response.status == 400)
            #expect(response.text.contains("BAD_REQUEST"))
            #expect(try await client.receive().isEmpty)
            client.close()
            try await fixture.waitForConnections(0)
        }
    }

    @Test func errorsOfTheResponderAreAnswered() async throws {
        struct Unexpected: Error {}
        try await withServer(responder: { request, _ in
            if request.path == "/known" { throw Problem.notFound }
            throw Unexpected()
        }) { fixture in
            let client = try await fixture.connect()
            #expect(try await client.get("/known").status == 404)
            #expect(try await client.get("/unknown").status == 500)
            client.close()
        }
    }

    @Test func overTheConnectionLimitTheClientIsTold() async throws {
        try await withServer({ $0.maximumConnections = 2 }, responder: Self.echo) { fixture in
            let first = try await fixture.connect()
            let second = try await fixture.connect()
            try await fixture.waitForConnections(2)
            let third = try await fixture.connect()
            let refusal = try await third.response()
            #expect(refusal.status == 503)
            #expect(refusal.headers["connection"] == "close")
            third.close()
            #expect(try await first.get("/").status == 200)
            first.close()
            try await fixture.waitForConnections(1)
            let fourth = try await fixture.connect()
            #expect(try await fourth.get("/").status == 200)
            #expect(fixture.server.connections?.refused == 1)
            second.close()
            fourth.close()
        }
    }

    @Test func anIdleConnectionIsClosedAtItsDeadline() async throws {
        try await withServer({ $0.http.idleTimeout = .milliseconds(50) }, responder: Self.echo) { fixture in
            let idle = try await fixture.connect()
            #expect(try await idle.get("/").status == 200)
            #expect(try await idle.receive().isEmpty)
            idle.close()
            try await fixture.waitForConnections(0)
        }
    }

    @Test func silentConnectionsAreClosedAtTheirDeadlines() async throws {
        // Long enough for a busy machine to bring the first bytes in time.
        try await withServer({ $0.http.headTimeout = .seconds(5) }, responder: Self.echo) { fixture in
            let mute = try await fixture.connect()
            let slow = try await fixture.connect()
            try await slow.send("GET / HT")
            #expect(try await slow.response().status == 408)
            #expect(try await slow.receive().isEmpty)
            slow.close()
            _ = try await mute.receiveToEnd()
            mute.close()
            try await fixture.waitForConnections(0)
        }
    }

    @Test func aResetWhileTheHandlerRunsCancelsIt() async throws {
        let cancelled = Atomic<Bool>(false)
        let started = Atomic<Bool>(false)
        try await withServer(responder: { _, _ in
            started.store(true, ordering: .relaxed)
            do { try await EventLoop.current?.sleep(for: .seconds(60)) } catch {
                cancelled.store(true, ordering: .relaxed)
            }
            return .text("nobody reads this")
        }) { fixture in
            let client = try await fixture.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
            try await fixture.eventually("the handler") { started.load(ordering: .relaxed) }
            client.reset()
            try await fixture.eventually("the cancellation") { cancelled.load(ordering: .relaxed) }
            try await fixture.waitForConnections(0)
        }
    }
}
