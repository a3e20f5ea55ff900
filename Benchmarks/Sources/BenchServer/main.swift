import FoundationEssentials
import Glibc
import LockstepEventLoop
import LockstepRuntime
import LockstepServer

// One event loop, the whole middleware with logs and metrics, and a handler that keeps nothing: what remains is the
// cost of HTTP, decoding, validation and encoding. PORT says where it listens.

struct EchoHandler: BenchAPI {
    func echoPayment(_ input: EchoPayment.Input, _ context: RequestContext) async throws -> EchoPayment.Output {
        .created(input.body)
    }

    func live(_ input: Live.Input, _ context: RequestContext) async throws -> Live.Output {
        .ok(Live.OKBody())
    }
}

func serve(on group: EventLoopGroup, port: Int) async throws {
    let telemetry = Telemetry(level: .info)
    let service = try APIService(EchoHandler().endpoints)
    let responder = service.wrapped(in: [StandardMiddleware(telemetry: telemetry)])
    let server = Server(
        ServerConfiguration(ListenerConfiguration(port: port)), on: group, responder: responder,
        logger: telemetry.logger, time: telemetry.time)
    try await server.start()
    try await server.run()
    telemetry.output.flush()
}

signal(SIGPIPE, SIG_IGN)
guard let port = ProcessInfo.processInfo.environment["PORT"].flatMap({ Int($0) }) else {
    print("PORT is not set")
    exit(64)
}
let group = try EventLoopGroup(count: 1)
let outcome = await Task(executorPreference: group.loops[0]) { try await serve(on: group, port: port) }.result
group.stop()
try outcome.get()
