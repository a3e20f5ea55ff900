import LockstepEventLoop
import LockstepRuntime
import LockstepServer
import Synchronization
import Testing

/// 1,000 clients that do as little as they can neither stall others nor stay: deadlines end them, and their descriptors
/// and memory come back.
@Suite(.serialized) struct SlowClientTests {
    private final class Endless: BodySource {
        private let pieces = Atomic<Int>(0)
        var pulledBytes: Int { pieces.load(ordering: .relaxed) * 16_000 }

        func next() async throws -> [UInt8]? {
            pieces.wrappingAdd(1, ordering: .relaxed)
            return [UInt8](repeating: 88, count: 16_000)
        }
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

    @Test(.timeLimit(.minutes(5))) func aThousandSlowClientsAreSurvived() async throws {
        let descriptorsBefore = openDescriptors()
        let endless = Endless()
        try await withServer(
            {
                $0.http.headTimeout = .seconds(5)
                $0.http.bodyTimeout = .seconds(5)
                $0.http.writeTimeout = .seconds(5)
                $0.http.lingerTimeout = .milliseconds(200)
            },
            responder: { request, _ in
                if request.path == "/endless" { return Response(200, body: .stream(length: nil, endless)) }
                return .text("\(try await request.body.collect(limit: 1_000_000).count)")
            }
        ) { fixture in
            // Nobody waits for a slow client: a healthy one is answered while others are there.
            let healthy = try await fixture.connect()
            var answeredBeside = 0
            var slow: [(Kind, RawClient)] = []
            for number in 0..<1000 {
                let kind = Kind.allCases[number % Kind.allCases.count]
                let client = try await fixture.connect(receiveBuffer: 4096)
                try await client.send(kind.opening)
                if kind.endsSending { client.endSending() }
                slow.append((kind, client))
                guard number % 100 == 99 else { continue }
                #expect(try await healthy.get("/").text == "0")
                if let open = fixture.server.connections?.open, open > 1 { answeredBeside += 1 }
            }
            try await fixture.eventually("all to be accepted") { fixture.server.connections?.accepted == 1001 }

            var rounds = 0
            while fixture.server.connections?.open != 1 {
                #expect(try await healthy.get("/").text == "0")
                rounds += 1
                for (kind, client) in slow where kind.drips { _ = client.trySend([120]) }
                try await fixture.clientLoop.sleep(for: .milliseconds(20))
                try #require(rounds < 3000)
            }
            #expect(answeredBeside > 0)
            for (_, client) in slow { client.close() }
            // What the kernel buffers, and no more than the bound of each slow reader: without it there would be gigabytes.
            #expect(endless.pulledBytes < 400_000_000)
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
