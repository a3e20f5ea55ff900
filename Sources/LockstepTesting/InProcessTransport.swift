import LockstepRuntime
import Synchronization

/// Calls a responder directly, with a context as a server would make it.
final class InProcessTransport: TestTransport {
    private let responder: any Responder
    private let logger: Logger
    private let time: any TimeSource
    private let count = Mutex(0)

    init(responder: any Responder, logger: Logger, time: any TimeSource) {
        self.responder = responder
        self.logger = logger
        self.time = time
    }

    func send(_ request: TestRequest) async throws -> TestResponse {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let context = RequestContext(
            requestID: "test-\(number)", remoteAddress: "127.0.0.1", logger: logger, time: time)
        var headers = request.headers
        if let body = request.body { headers.set("Content-Length", "\(body.count)") }
        let incoming = Request(
            request.method, request.target, headers: headers, body: request.body.map { .bytes($0) } ?? .empty,
            remoteAddress: "127.0.0.1", clientCertificate: request.clientCertificate)
        let response: Response
        do {
            response = try await responder.respond(to: incoming, context)
        } catch {
            response = ProblemRenderer().response(for: error, to: incoming, context)
        }
        let body = request.method == .head ? [] : try await content(of: response)
        return TestResponse(status: response.status, headers: response.headers, body: body)
    }

    private func content(of response: Response) async throws -> [UInt8] {
        switch response.body {
        case .none: return []
        case .bytes(let bytes): return bytes
        case .stream(_, let source): return try await RequestBody.stream(source).collect(limit: 64 << 20)
        }
    }
}
