import LockstepEventLoop
import LockstepRuntime
import LockstepServer
import Synchronization
import Testing

@Suite struct StreamingTests {
    /// Pieces of one size; counts what was pulled and whether it was given up.
    private final class CountingSource: BodySource {
        let pulled = Atomic<Int>(0)
        let pieces: Int
        let size: Int

        init(pieces: Int, size: Int) {
            self.pieces = pieces
            self.size = size
        }

        func next() async throws -> [UInt8]? {
            let number = pulled.wrappingAdd(1, ordering: .relaxed).oldValue
            guard number < pieces else { return nil }
            if number % 7 == 0 { await Task.yield() }
            return [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: size)
        }
    }

    @Test(arguments: [100, 9000]) func aResponseStreamIsPulledNoFasterThanTheClientReads(size: Int) async throws {
        let pieces = 40_000_000 / size
        let source = CountingSource(pieces: pieces, size: size)
        try await withServer(responder: { _, _ in Response(200, body: .stream(length: nil, source)) }) { fixture in
            let client = try await fixture.connect(receiveBuffer: 16 * 1024)
            try await client.send("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
            var before = -1
            while source.pulled.load(ordering: .relaxed) != before || before == 0 {
                before = source.pulled.load(ordering: .relaxed)
                try await fixture.clientLoop.sleep(for: .milliseconds(30))
            }
            // What the kernel buffers, and no more than the bound in our own queue.
            #expect(before * size < 12_000_000)
            var total = 0
            while true {
                let more = try await client.receive()
                if more.isEmpty { break }
                total += more.count
            }
            #expect(source.pulled.load(ordering: .relaxed) == pieces + 1)
            #expect(total > pieces * size)
            client.close()
            try await fixture.waitForConnections(0)
        }
    }

    @Test func aStreamWithALengthArrivesWhole() async throws {
        let source = CountingSource(pieces: 500, size: 20_000)
        try await withServer(responder: { _, _ in Response(200, body: .stream(length: 10_000_000, source)) }) {
            fixture in
            let client = try await fixture.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
            let all = try await client.response().body
            #expect(all.count == 10_000_000)
            #expect(
                all.indices.lazy.filter { $0 % 20_000 == 19_999 }.allSatisfy {
                    all[$0] == UInt8(truncatingIfNeeded: $0 / 20_000)
                })
            client.close()
        }
    }

    @Test func headOfAStreamPullsNothing() async throws {
        let source = CountingSource(pieces: 5, size: 5)
        try await withServer(responder: { _, _ in Response(200, body: .stream(length: 25, source)) }) { fixture in
            let client = try await fixture.connect()
            try await client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n")
            let head = try await client.response(toHead: true)
            #expect(head.headers["content-length"] == "25")
            #expect(source.pulled.load(ordering: .relaxed) == 0)
            #expect(try await client.get("/").body.count == 25)
            client.close()
        }
    }

    @Test func anUploadWaitsForAHandlerThatDoesNotRead() async throws {
        let gate = Atomic<Bool>(false)
        let total = 30_000_000
        try await withServer(
            { $0.http.maximumBodyBytes = total },
            responder: { request, _ in
                guard case .stream(let source) = request.body else { return Response(500) }
                while !gate.load(ordering: .acquiring) { try await EventLoop.current?.sleep(for: .milliseconds(1)) }
                var count = 0
                while let piece = try await source.next() { count += piece.count }
                return .text("\(count)")
            }
        ) { fixture in
            let client = try await fixture.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: \(total)\r\n\r\n")
            let block = [UInt8](repeating: 65, count: 100_000)
            var sent = 0
            var stalls = 0
            while stalls < 30 {
                let count = client.trySend(block[...])
                try #require(count >= 0)
                sent += count
                if count == 0 {
                    stalls += 1
                    try await fixture.clientLoop.sleep(for: .milliseconds(2))
                } else {
                    stalls = 0
                }
            }
            #expect(sent < 12_000_000)  // the kernel's buffers and a bounded queue
            gate.store(true, ordering: .releasing)
            while sent < total {
                let size = min(block.count, total - sent)
                try await client.send(Array(block[..<size]))
                sent += size
            }
            #expect(try await client.response().text == "\(total)")
            client.close()
        }
    }

    @Test func anEchoStreamsBothWaysAtOnce() async throws {
        struct Echo: BodySource {
            let source: any BodySource
            func next() async throws -> [UInt8]? { try await source.next() }
        }
        try await withServer(
            { $0.http.maximumBodyBytes = 50_000_000 },
            responder: { request, _ in
                guard case .stream(let source) = request.body else { return Response(500) }
                return Response(200, body: .stream(length: nil, Echo(source: source)))
            }
        ) { fixture in
            let client = try await fixture.connect()
            let total = 20_000_000
            async let sending: Void = {
                try await client.send(
                    "POST / HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: \(total)\r\n\r\n")
                let block = [UInt8](repeating: 66, count: 200_000)
                for _ in 0..<total / block.count { try await client.send(block) }
            }()
            var received = 0
            while true {
                let more = try await client.receive()
                if more.isEmpty { break }
                received += more.count
            }
            try await sending
            #expect(received > total)
            client.close()
        }
    }

    @Test func aClientThatWaitsForContinueGetsItWhenTheHandlerReads() async throws {
        try await withServer(responder: { request, _ in
            .text(String(decoding: try await request.body.collect(limit: 100), as: UTF8.self))
        }) { fixture in
            let client = try await fixture.connect()
            try await client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.response().status == 100)
            try await client.send("later")
            #expect(try await client.response().text == "later")
            client.close()
        }
    }

    @Test func aClientThatLeavesMidResponseStopsTheStream() async throws {
        let source = CountingSource(pieces: .max, size: 10_000)
        let finished = Atomic<Int>(0)
        struct Finish: BodySource {
            let source: any BodySource
            let onEnd: @Sendable () -> Void
            final class Token: Sendable {
                let onEnd: @Sendable () -> Void
                init(_ onEnd: @escaping @Sendable () -> Void) { self.onEnd = onEnd }
                deinit { onEnd() }
            }
            let token: Token
            func next() async throws -> [UInt8]? { try await source.next() }
        }
        try await withServer(responder: { _, _ in
            let onEnd: @Sendable () -> Void = { finished.wrappingAdd(1, ordering: .relaxed) }
            return Response(
                200, body: .stream(length: nil, Finish(source: source, onEnd: onEnd, token: Finish.Token(onEnd))))
        }) { fixture in
            for leaves in [RawClient.reset, RawClient.close] {
                let client = try await fixture.connect()
                try await client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
                _ = try await client.receive()
                leaves(client)()
            }
            try await fixture.eventually("both streams to be let go") { finished.load(ordering: .relaxed) == 2 }
            try await fixture.waitForConnections(0)
        }
    }

    @Test(
        arguments: [
            ("5\r\nhelloX", 400), ("zz\r\n", 400), ("30000\r\n" + String(repeating: "x", count: 0x30000), 413),
        ])
    func aStreamedBodyThatFailsIsAnsweredWithItsReason(chunks: String, status: Int) async throws {
        try await withServer(
            { $0.http.maximumBodyBytes = 150_000 },
            responder: { request, _ in
                .text("\(try await request.body.collect(limit: 1_000_000).count)")
            }
        ) { fixture in
            let client = try await fixture.connect()
            // Long enough to be delivered as a stream before it fails.
            let start = "20000\r\n" + String(repeating: "x", count: 0x20000) + "\r\n"
            let head = "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
            try await client.send(head + start + chunks)
            #expect(try await client.response().status == status)
            client.close()
            try await fixture.waitForConnections(0)
        }
    }

    @Test func aClientThatOnlySendsRequestsGetsNoMoreThanTheBoundComputed() async throws {
        let answered = Atomic<Int>(0)
        let body = [UInt8](repeating: 80, count: 200_000)
        try await withServer(responder: { _, _ in
            answered.wrappingAdd(1, ordering: .relaxed)
            return Response(200, body: .bytes(body))
        }) { fixture in
            let client = try await fixture.connect(receiveBuffer: 16 * 1024)
            let count = 300
            try await client.send(String(repeating: "GET / HTTP/1.1\r\nHost: test\r\n\r\n", count: count))
            var before = -1
            while answered.load(ordering: .relaxed) != before || before == 0 {
                before = answered.load(ordering: .relaxed)
                try await fixture.clientLoop.sleep(for: .milliseconds(50))
            }
            #expect(before < 60)
            for _ in 0..<count { #expect(try await client.response().body.count == body.count) }
            client.close()
        }
    }

    @Test func aResetEndsAConnectionThatIsOnlyWaitingToWriteItsLastResponse() async throws {
        let body = [UInt8](repeating: 80, count: 20_000_000)
        try await withServer(
            { $0.http.writeTimeout = .seconds(3600) },
            responder: { _, _ in
                Response(200, body: .bytes(body))
            }
        ) { fixture in
            let client = try await fixture.connect(receiveBuffer: 16 * 1024)
            try await client.send("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
            _ = try await client.receive()
            client.reset()
            try await fixture.waitForConnections(0)
        }
    }

    @Test func clientsThatLeaveBeforeTheirPipelinedAnswersDoNotOccupyTheLoop() async throws {
        let body = [UInt8](repeating: 80, count: 20_000)
        try await withServer(loops: 1, responder: { _, _ in Response(200, body: .bytes(body)) }) { fixture in
            let requests = String(repeating: "GET / HTTP/1.1\r\nHost: test\r\n\r\n", count: 40)
            for round in 0..<200 {
                let client = try await fixture.connect()
                try await client.send(requests + "GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
                if round % 2 == 0 { client.close() } else { client.reset() }
            }
            let client = try await fixture.connect()
            #expect(try await client.get("/").status == 200)
            client.close()
            try await fixture.waitForConnections(0)
        }
    }

    @Test func aStreamThatFailsLeavesTheResponseVisiblyIncomplete() async throws {
        final class Broken: BodySource {
            struct Failure: Error {}
            let calls = Atomic<Int>(0)
            func next() async throws -> [UInt8]? {
                if calls.wrappingAdd(1, ordering: .relaxed).oldValue == 0 { return Array("half".utf8) }
                throw Failure()
            }
        }
        try await withServer(responder: { _, _ in Response(200, body: .stream(length: nil, Broken())) }) { fixture in
            let client = try await fixture.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
            await #expect(throws: (any Error).self) { try await client.response() }
            client.close()
            try await fixture.waitForConnections(0)
        }
    }
}
