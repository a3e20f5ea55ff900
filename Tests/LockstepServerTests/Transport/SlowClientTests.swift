import LockstepEventLoop
import LockstepRuntime
import LockstepServer
import Testing

/// 1,000 clients that do as little as they can neither stall others nor stay: deadlines end them, and their descriptors
/// and memory come back.
@Suite(.serialized) struct SlowClientTests {
    private struct Endless: BodySource {
        func next() async throws -> [UInt8]? { [UInt8](repeating: 88, count: 16_000) }
    }

    private enum Kind: CaseIterable {
        case slowHead, slowBody, slowReader, halfClosedHead, halfClosedReader

        var opening: String {
            switch self {
            case .slowHead, .halfClosedHead: "GET / HTTP/1.1\r\nHost: te"
            case .slowBody: "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\nstart"
            case .slowReader, .halfClosedReader: "GET /endless HTTP/1.1\r\nHost: test\r\n\r\n"
            }
        }

        var endsSending: Bool { self == .halfClosedHead || self == .halfClosedReader }
        var drips: Bool { self == .slowHead || self == .slowBody }
    }

    @Test(.timeLimit(.minutes(2))) func aThousandSlowClientsAreSurvived() async throws {
        let descriptorsBefore = openDescriptors()
        try await withServer(
            {
                $0.http.headTimeout = .seconds(5)
                $0.http.bodyTimeout = .seconds(5)
                $0.http.writeTimeout = .seconds(5)
                $0.http.lingerTimeout = .milliseconds(200)
            },
            responder: { request, _ in
                if request.path == "/endless" { return Response(200, body: .stream(length: nil, Endless())) }
                return .text("\(try await request.body.collect(limit: 1_000_000).count)")
            }
        ) { fixture in
            let memoryBefore = residentBytes()
            var slow: [(Kind, RawClient)] = []
            for number in 0..<1000 {
                let kind = Kind.allCases[number % Kind.allCases.count]
                let client = try await fixture.connect(receiveBuffer: 4096)
                try await client.send(kind.opening)
                if kind.endsSending { client.endSending() }
                slow.append((kind, client))
            }
            let healthy = try await fixture.connect()
            try await fixture.eventually("all to be accepted") { fixture.server.connections?.accepted == 1001 }

            var slowest = Duration.zero
            var rounds = 0
            while fixture.server.connections?.open != 1 {
                let start = LoopInstant.now
                #expect(try await healthy.get("/").text == "0")
                slowest = max(slowest, start.duration(to: .now))
                rounds += 1
                for (kind, client) in slow where kind.drips { _ = client.trySend([120]) }
                try await fixture.clientLoop.sleep(for: .milliseconds(20))
                try #require(rounds < 3000)
            }
            #expect(rounds > 0)
            // Less than a deadline: nobody waits for a slow client. Generous, because the machine may be busy.
            #expect(slowest < .milliseconds(4500))
            for (_, client) in slow { client.close() }
            // The output bound of each slow reader, beside what other tests use; without the bound it would be gigabytes.
            #expect(residentBytes() - memoryBefore < 400_000_000)
            healthy.close()
            try await fixture.waitForConnections(0)
            // Other tests run beside this one, and end.
            try await fixture.eventually("descriptors to come back") { openDescriptors() < descriptorsBefore + 200 }
        }
    }

    @Test func descriptorsComeBackAfterManyConnections() async throws {
        try await withServer(responder: { _, _ in .text("ok") }) { fixture in
            let descriptors = openDescriptors()
            for round in 0..<3000 {
                let client = try await fixture.connect()
                switch round % 3 {
                case 0: #expect(try await client.get("/").status == 200)
                case 1: try await client.send("GET / HT")
                default: break
                }
                if round % 2 == 0 { client.close() } else { client.reset() }
            }
            try await fixture.waitForConnections(0)
            // Other tests run beside this one, and end.
            try await fixture.eventually("descriptors to come back") { openDescriptors() < descriptors + 200 }
        }
    }
}
