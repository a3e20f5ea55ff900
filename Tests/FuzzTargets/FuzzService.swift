internal import LockstepRuntime
internal import Synchronization

/// The generated operations of `openapi.yaml`, called in process.
struct FuzzService: Sendable {
    private let service: APIService

    init() {
        var configuration = APIService.Configuration()
        configuration.validatesResponses = true
        do {
            service = try APIService(Handler().endpoints, configuration: configuration)
        } catch {
            preconditionFailure("the document of the fuzz targets cannot be served: \(error)")
        }
    }

    /// The content of the answer, or nil where the body was refused.
    func post(_ path: String, _ body: [UInt8], as type: String) -> [UInt8]? {
        answer(Request(.post, path, headers: fields([("Content-Type", type)]), body: .bytes(body)))
    }

    func get(_ target: String, fields named: some Sequence<(String, String)>) {
        _ = answer(Request(.get, target, headers: fields(named)))
    }

    private func fields(_ named: some Sequence<(String, String)>) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in named { fields.append(name, value) }
        return fields
    }

    private func answer(_ request: Request) -> [UInt8]? {
        let service = service
        let box = ResponseBox()
        // No handler here waits for anything, so the task ends before it could suspend.
        Task.immediate { box.set(await service.respond(to: request, RequestContext(logger: .disabled))) }
        guard let response = box.response else { FuzzTarget.fail("a request is answered without waiting") }
        switch response.status.code {
        case 200: break
        case 400..<500: return nil
        default: FuzzTarget.fail("an answer is 200 or a client's error, not \(response.status.code)")
        }
        guard case .bytes(let bytes) = response.body else { FuzzTarget.fail("an answer has content") }
        return bytes
    }
}

private final class ResponseBox: Sendable {
    private let state = Mutex<Response?>(nil)

    var response: Response? { state.withLock { $0 } }

    func set(_ response: Response) { state.withLock { $0 = response } }
}
