import Glibc
import LockstepEventLoop
import LockstepRuntime
import LockstepServer
import Synchronization
import Testing

@Suite(.serialized) struct ServerTests {
    private struct Text: Responder {
        let text: String
        func respond(to request: Request, _ context: RequestContext) async throws -> Response { .text(text) }
    }

    @Test func aPortInUseIsATypedErrorThatNamesThePort() async throws {
        try await withServer(responder: { _, _ in .text("first") }) { fixture in
            let group = try EventLoopGroup(count: 1)
            let second = Server(
                ServerConfiguration(ListenerConfiguration(port: fixture.address.port)), on: group,
                responder: Text(text: "second"))
            let error = await #expect(throws: ServerError.self) { try await second.start() }
            guard case .portInUse(_, let port) = error else {
                Issue.record("unexpected: \(String(describing: error))")
                return
            }
            #expect(port == fixture.address.port)
            #expect(error?.description.contains("\(port)") == true)
            group.stop()
        }
    }

    @Test(arguments: ["256.1.1.1", "no.such.host.invalid", "192.0.2.1"])
    func anAddressThatIsNotOursIsRefused(host: String) async throws {
        let group = try EventLoopGroup(count: 1)
        defer { group.stop() }
        let server = Server(
            ServerConfiguration(ListenerConfiguration(host: host, port: 0)), on: group, responder: Text(text: ""))
        await #expect(throws: ServerError.self) { try await server.start() }
    }

    @Test func aServerStartsOnce() async throws {
        try await withServer(responder: { _, _ in .text("") }) { fixture in
            let error = await #expect(throws: ServerError.self) { try await fixture.server.start() }
            guard case .alreadyStarted = error else {
                Issue.record("unexpected: \(String(describing: error))")
                return
            }
        }
    }

    @Test func theAdminAddressHasItsOwnPortAndResponder() async throws {
        try await withServer(admin: Text(text: "metrics"), responder: { _, _ in .text("clients") }) { fixture in
            let admin = try #require(fixture.server.adminAddress)
            #expect(admin.port != fixture.address.port)
            let client = try await RawClient.connect(admin, on: fixture.clientLoop)
            #expect(try await client.get("/metrics").text == "metrics")
            client.close()
        }
    }

    @Test func noRequestIsLostWhileShuttingDownUnderLoad() async throws {
        // A client that a busy machine holds up for longer than the grace would find its connection closed.
        try await withServer(
            { $0.http.shutdownIdleGrace = .seconds(60) },
            responder: { request, _ in
                if request.path.utf8.last == UInt8(ascii: "7") {
                    try await EventLoop.current?.sleep(for: .milliseconds(2))
                }
                return .text("ok")
            }
        ) { fixture in
            let warm = Counter()
            let total = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<64 {
                    group.addTask(executorPreference: fixture.clientLoop) {
                        try await Self.sendUntilClosed(fixture, warm)
                    }
                }
                try await fixture.eventually("load") { warm.count == 64 }
                await fixture.server.shutdown()
                return try await group.reduce(0, +)
            }
            #expect(total >= 64 * 20)
            await #expect(throws: RawClient.Failure.connect(ECONNREFUSED)) { try await fixture.connect() }
        }
    }

    private final class Counter: Sendable {
        private let value = Atomic<Int>(0)
        var count: Int { value.load(ordering: .relaxed) }
        func increment() { value.wrappingAdd(1, ordering: .relaxed) }
    }

    /// One request after the other until the server says that the connection ends; each must be answered.
    private static func sendUntilClosed(_ fixture: ServerFixture, _ warm: Counter) async throws -> Int {
        let client = try await fixture.connect()
        defer { client.close() }
        var answered = 0
        while true {
            let response = try await client.get("/\(answered)")
            #expect(response.status == 200)
            answered += 1
            if answered == 20 { warm.increment() }
            if response.headers["connection"] == "close" { break }
        }
        #expect(try await client.receive().isEmpty)
        return answered
    }

    @Test func anIdleConnectionMayStillSendItsRequestWhenTheShutdownBegins() async throws {
        try await withServer({ $0.http.shutdownIdleGrace = .seconds(60) }, responder: { _, _ in .text("ok") }) {
            fixture in
            let client = try await fixture.connect()
            #expect(try await client.get("/").status == 200)
            async let stopped: Void = fixture.server.shutdown()
            var last: RawResponse
            repeat { last = try await client.get("/") } while last.headers["connection"] != "close"
            #expect(last.status == 200)
            #expect(fixture.server.isShuttingDown)
            #expect(try await client.receive().isEmpty)
            client.close()
            await stopped
        }
    }

    @Test func handlersThatDoNotEndAreCancelledAtTheDrainDeadline() async throws {
        let outcome = Mutex("")
        try await withServer(responder: { _, _ in
            outcome.withLock { $0 = "running" }
            do { try await EventLoop.current?.sleep(for: .seconds(3600)) } catch {
                outcome.withLock { $0 = "cancelled" }
            }
            return .text("late")
        }) { fixture in
            let client = try await fixture.connect()
            try await client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
            try await fixture.eventually("the handler") { outcome.withLock { $0 == "running" } }
            let start = LoopInstant.now
            await fixture.server.shutdown(drain: .milliseconds(30))
            #expect(start.duration(to: .now) < .seconds(30))
            try await fixture.eventually("the cancellation") { outcome.withLock { $0 == "cancelled" } }
            client.close()
        }
    }

    @Test func aSignalEndsRunGracefully() async throws {
        let group = try EventLoopGroup(count: 1)
        let clients = try EventLoopGroup(count: 1)
        let server = Server(
            ServerConfiguration(ListenerConfiguration(port: 0)), on: group,
            responder: ClosureResponder { _, _ in
                try await EventLoop.current?.sleep(for: .milliseconds(20))
                return .text("answered")
            })
        try await server.start()
        let address = try #require(server.address)
        let run = Task { try await server.run() }
        let answer = try await Task.detached(executorPreference: clients.loops[0]) {
            let client = try await RawClient.connect(address, on: clients.loops[0])
            try await client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
            // The handlers of the signals are set by `run`, which has begun once the default action is gone.
            while !shutdownSignalsAreWatched() { try await clients.loops[0].sleep(for: .milliseconds(1)) }
            kill(getpid(), SIGTERM)
            let response = try await client.response()
            client.close()
            return response
        }.value
        #expect(answer.text == "answered")
        try await run.value
        #expect(server.address == nil)
        #expect(!shutdownSignalsAreWatched())
        group.stop()
        clients.stop()
    }

    @Test func runReturnsWhenTheServerIsShutDownByACall() async throws {
        try await withServer(responder: { _, _ in .text("ok") }) { fixture in
            let run = Task { try await fixture.server.run() }
            while !shutdownSignalsAreWatched() { try await fixture.clientLoop.sleep(for: .milliseconds(1)) }
            await fixture.server.shutdown()
            try await run.value
            #expect(!shutdownSignalsAreWatched())
        }
    }
}

private func shutdownSignalsAreWatched() -> Bool {
    var action = sigaction()
    sigaction(SIGTERM, nil, &action)
    return action.__sigaction_handler.sa_handler != nil
}
