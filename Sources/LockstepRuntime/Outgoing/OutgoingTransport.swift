/// Sends requests to other servers: how webhooks and callbacks leave the process.
///
/// An implementation holds these rules, because requests go where strangers say:
/// - no redirect is followed, and no proxy, credential or cookie of the environment is used;
/// - ``OutgoingPolicy/allows(_:isSecure:)`` of ``OutgoingRequest/policy`` decides about the address that is connected to, after the name
///   was resolved;
/// - it gives up after ``OutgoingRequest/timeout``, all in all, and as soon as more than ``OutgoingRequest/maximumResponseSize`` bytes of
///   content have come;
/// - errors are ``OutgoingError``s.
public protocol OutgoingTransport: Sendable {
    /// Sends a request and waits for the whole response.
    func send(_ request: OutgoingRequest) async throws -> OutgoingResponse
}

/// A request to another server.
public struct OutgoingRequest: Sendable {
    /// The webhook or callback operation that it is: for logs and metrics.
    public let operationID: String
    /// The method.
    public let method: HTTPMethod
    /// Where it goes.
    public let url: OutgoingURL
    /// The header fields, without those that the transport gives: `Host`, `Content-Length`, those of the connection.
    public var headers: HTTPFields
    /// The content; `nil` for none.
    public let body: [UInt8]?
    /// What addresses are allowed.
    public let policy: OutgoingPolicy
    /// How long it may take, from the look-up of the name to the last byte.
    public var timeout: Duration
    /// The most bytes of content that a response may have.
    public var maximumResponseSize: Int

    /// A request of these parts.
    public init(
        operationID: String = "", _ method: HTTPMethod, _ url: OutgoingURL, headers: HTTPFields = HTTPFields(),
        body: [UInt8]? = nil, policy: OutgoingPolicy = .strict, timeout: Duration = .seconds(10),
        maximumResponseSize: Int = 256 * 1_024
    ) {
        self.operationID = operationID
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.policy = policy
        self.timeout = timeout
        self.maximumResponseSize = maximumResponseSize
    }
}

/// What another server answered.
public struct OutgoingResponse: Sendable {
    /// The status.
    public var status: HTTPStatus
    /// The header fields.
    public var headers: HTTPFields
    /// The whole content.
    public var body: [UInt8]

    /// A response of these parts.
    public init(_ status: HTTPStatus, headers: HTTPFields = HTTPFields(), body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why a request was not sent, or has no response. The description holds nothing of URL, request or response.
public struct OutgoingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What happened.
    public struct Code: Sendable, Hashable {
        private let name: String
        private init(_ name: String) { self.name = name }

        /// The URL cannot be read.
        public static let invalidURL = Code("invalidURL")
        /// The policy does not allow the URL, or the address that its name leads to.
        public static let forbiddenURL = Code("forbiddenURL")
        /// The message does not match the document: a fault of the program that sends it.
        public static let invalidMessage = Code("invalidMessage")
        /// There was no connection: no such name, nobody there, or the connection broke.
        public static let connection = Code("connection")
        /// The certificate is not trusted, or the handshake failed.
        public static let security = Code("security")
        /// It took too long.
        public static let timeout = Code("timeout")
        /// The response is larger than allowed, or is none.
        public static let badResponse = Code("badResponse")
        /// More requests are under way than the transport takes.
        public static let busy = Code("busy")
    }

    /// What happened.
    public let code: Code
    /// A sentence for people.
    public let description: String

    /// An error of this kind; the sentence must not hold input.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Whether the same request may succeed later.
    public var isRetryable: Bool { [.connection, .timeout, .busy].contains(code) }

    static func invalidURL(_ text: String) -> OutgoingError { OutgoingError(.invalidURL, text) }
    static func forbiddenURL(_ text: String) -> OutgoingError { OutgoingError(.forbiddenURL, text) }
}
