import Glibc
import LockstepEventLoop
import LockstepRuntime
import LockstepServer
import Synchronization
import Testing

/// A server on a free port and a loop for clients.
struct ServerFixture: Sendable {
    let server: Server
    let address: ServerAddress
    let clientLoop: EventLoop

    func connect(receiveBuffer: Int32? = nil, patience: Duration = .seconds(60)) async throws -> RawClient {
        try await RawClient.connect(address, on: clientLoop, receiveBuffer: receiveBuffer, patience: patience)
    }

    /// Waits until the server has `count` open connections.
    func waitForConnections(_ count: Int) async throws {
        try await eventually("\(count) open connections") { server.connections?.open == count }
    }

    /// Polls until `condition` holds; fails after a minute, which only a hang or a sanitizer on a busy machine takes.
    func eventually(_ what: String, _ condition: () -> Bool) async throws {
        let deadline = LoopInstant.now.advanced(by: .seconds(60))
        while !condition() {
            guard LoopInstant.now < deadline else {
                Issue.record("waited in vain for \(what)")
                throw RawClient.Failure.timeout
            }
            try await clientLoop.sleep(for: .milliseconds(1))
        }
    }
}

/// Runs `body` against a new server, on the clients' loop, stops everything afterwards, and checks that nothing is left that
/// knows the responder: each connection does, through its listener.
func withServer(
    loops: Int = 2, _ configure: (inout ListenerConfiguration) -> Void = { _ in },
    admin: (any Responder)? = nil,
    responder: @escaping @Sendable (Request, RequestContext) async throws -> Response,
    _ body: @escaping @Sendable (ServerFixture) async throws -> Void
) async throws {
    var listener = ListenerConfiguration(port: 0)
    configure(&listener)
    var tracked = TrackedResponder(responder)
    try await run(listener, loops: loops, tracked, admin: admin, body)
    #expect(isKnownUniquelyReferenced(&tracked), "a connection has leaked")
}

private final class TrackedResponder: Responder {
    private let body: @Sendable (Request, RequestContext) async throws -> Response

    init(_ body: @escaping @Sendable (Request, RequestContext) async throws -> Response) {
        self.body = body
    }

    func respond(to request: Request, _ context: RequestContext) async throws -> Response {
        try await body(request, context)
    }
}

private func run(
    _ listener: ListenerConfiguration, loops: Int, _ responder: TrackedResponder, admin: (any Responder)?,
    _ body: @escaping @Sendable (ServerFixture) async throws -> Void
) async throws {
    let servers = try EventLoopGroup(count: loops)
    let clients = try EventLoopGroup(count: 1)
    let server = Server(
        ServerConfiguration(listener, admin: admin.map { _ in ListenerConfiguration(port: 0) }), on: servers,
        responder: responder, adminResponder: admin)
    try await server.start()
    let address = try #require(server.address)
    let fixture = ServerFixture(server: server, address: address, clientLoop: clients.loops[0])
    let result = await Task.detached(executorPreference: fixture.clientLoop) { try await body(fixture) }.result
    await server.shutdown(drain: .milliseconds(50))
    servers.stop()
    clients.stop()
    try result.get()
}

/// The descriptors that this process has open.
func openDescriptors() -> Int {
    guard let directory = opendir("/proc/self/fd") else { return -1 }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count
}
