/// Sends the webhooks and callbacks of a document: checks what goes out, where it goes, and what comes back.
///
/// ```swift
/// let webhooks = Webhooks(sender: MessageSender(try CurlTransport()))
/// switch try await webhooks.newPet(NewPet.Input(body: pet), to: subscription.url) {
/// case .ok: break
/// case .undocumented(let answer): logger.warning("webhook refused", ["status": .int(answer.status.code)])
/// }
/// ```
public struct MessageSender: Sendable {
    /// Where requests may go.
    public var policy: OutgoingPolicy
    /// How long a request may take.
    public var timeout: Duration
    /// The most bytes of content that a response may have.
    public var maximumResponseSize: Int
    private let transport: any OutgoingTransport
    private let prepare: (@Sendable (inout OutgoingRequest) async throws -> Void)?

    /// A sender over a transport.
    ///
    /// - Parameter prepare: what is done to each request before it is sent: a signature over its content, or the credentials that the
    ///   receiver wants.
    public init(
        _ transport: any OutgoingTransport, policy: OutgoingPolicy = .strict, timeout: Duration = .seconds(10),
        maximumResponseSize: Int = 256 * 1_024, prepare: (@Sendable (inout OutgoingRequest) async throws -> Void)? = nil
    ) {
        self.transport = transport
        self.policy = policy
        self.timeout = timeout
        self.maximumResponseSize = maximumResponseSize
        self.prepare = prepare
    }

    /// Sends a message to a URL. Whatever the receiver answers is a response; what it should not have answered is an undocumented one.
    ///
    /// - Throws: ``OutgoingError`` if the message does not match the document, the URL is not allowed, or no response came.
    public nonisolated(nonsending) func send(_ message: MessageWriter, to url: String) async throws -> ReceivedResponse
    {
        let url = try policy.url(url)
        var request = try message.request(
            to: url, policy: policy, timeout: timeout, maximumResponseSize: maximumResponseSize)
        if let prepare { try await prepare(&request) }
        for name in Self.connectionFields { request.headers.remove(name) }
        let response = try await transport.send(request)
        guard response.body.count <= request.maximumResponseSize else {
            throw OutgoingError(.badResponse, "the response is too large")
        }
        return ReceivedResponse(response, to: message.message)
    }

    /// What belongs to the transport: a field of the document or of a payload must not decide where a request ends.
    private static let connectionFields = [
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "TE", "Trailer", "Upgrade", "Expect",
        "Proxy-Authorization", "Proxy-Connection",
    ]
}
