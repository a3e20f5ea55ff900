public import LockstepRuntime
import Synchronization

/// Another server in memory: takes webhooks and callbacks, remembers them, and answers as a test says.
///
/// It holds requests to the rules of ``OutgoingTransport`` that have nothing to do with sockets: names lead to the addresses that the test
/// gives (a public one by default), and the policy decides about those.
public final class TestReceiver: OutgoingTransport {
    /// What every name leads to that ``addresses`` does not have.
    private static let elsewhere = NetworkAddress([93, 184, 215, 14])

    private let addresses: [String: NetworkAddress]
    private let answer: @Sendable (OutgoingRequest) async throws -> OutgoingResponse
    private let received = Mutex<[OutgoingRequest]>([])

    /// A receiver that answers with what `answer` gives.
    public init(
        addresses: [String: NetworkAddress] = [:],
        _ answer: @escaping @Sendable (OutgoingRequest) async throws -> OutgoingResponse = { _ in OutgoingResponse(204)
        }
    ) {
        self.addresses = addresses
        self.answer = answer
    }

    /// The requests that came, in order.
    public var requests: [OutgoingRequest] { received.withLock { $0 } }

    /// Takes a request.
    public func send(_ request: OutgoingRequest) async throws -> OutgoingResponse {
        guard let address = request.url.address ?? addresses[request.url.host] ?? Self.elsewhere,
            request.policy.allows(address, isSecure: request.url.isSecure)
        else { throw OutgoingError(.forbiddenURL, "the address is not allowed") }
        received.withLock { $0.append(request) }
        return try await answer(request)
    }
}
