public import LockstepRuntime
import Synchronization

/// Sends webhooks and callbacks with libcurl, on a thread of its own.
///
/// Requests go where strangers say, so nothing is left to defaults: HTTP/1.1 over TLS 1.2 or later with verified certificates (or plain, where
/// the policy allows this machine), one connection a request, no redirects, no proxy, no cookies, no credentials from files or the
/// environment, no compressed content. The policy decides about each address when its socket is opened, after the name was resolved.
///
/// Keep one transport for the whole program. When the last reference to it goes, its thread ends.
public final class CurlTransport: OutgoingTransport {
    /// The most requests that a transport has under way at once by default.
    public static let defaultMaximumRequests = 256

    private let loop: CurlLoop
    private let certificateAuthorities: String?

    /// A transport with a thread of its own.
    ///
    /// - Parameters:
    ///   - maximumRequests: further ones are refused as ``OutgoingError/Code/busy``.
    ///   - certificateAuthorities: a file of certificates in PEM that are trusted in place of the system's.
    public init(
        maximumRequests: Int = CurlTransport.defaultMaximumRequests, certificateAuthorities: String? = nil
    ) throws(OutgoingError) {
        loop = try CurlLoop(maximumTransfers: maximumRequests)
        self.certificateAuthorities = certificateAuthorities
    }

    deinit {
        loop.stop()
    }

    /// Sends a request and waits for the whole response. A task that is cancelled gives up at once.
    public func send(_ request: OutgoingRequest) async throws -> OutgoingResponse {
        let cancellation = CurlCancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                loop.add(
                    CurlTransfer(
                        request, certificateAuthorities: certificateAuthorities, cancellation: cancellation,
                        continuation: continuation))
            }
        } onCancel: {
            cancellation.cancel()
            loop.wake()
        }
    }
}

/// Whether a request is still wanted.
final class CurlCancellation: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    func cancel() { flag.store(true, ordering: .releasing) }
}
