/// An HTTP request: its head, and content that may still be arriving.
///
/// One reference wide; copies share the head until one of them changes it.
public struct Request: Sendable {
    private final class Storage: Sendable {
        let method: HTTPMethod
        let target: String
        let parts: RequestTarget
        let headers: HTTPFields
        let body: RequestBody
        let remoteAddress: String
        let isSecure: Bool
        let clientCertificate: ClientCertificate?

        init(
            method: HTTPMethod, target: String, parts: RequestTarget, headers: HTTPFields, body: RequestBody,
            remoteAddress: String, isSecure: Bool, clientCertificate: ClientCertificate?
        ) {
            self.method = method
            self.target = target
            self.parts = parts
            self.headers = headers
            self.body = body
            self.remoteAddress = remoteAddress
            self.isSecure = isSecure
            self.clientCertificate = clientCertificate
        }
    }

    private let storage: Storage

    /// A request of these parts. `remoteAddress` is the client's, after any trusted proxy has been taken into account.
    public init(
        _ method: HTTPMethod, _ target: String, headers: HTTPFields = HTTPFields(), body: RequestBody = .empty,
        remoteAddress: String = "", isSecure: Bool = false, clientCertificate: ClientCertificate? = nil
    ) {
        storage = Storage(
            method: method, target: target, parts: RequestTarget(target), headers: headers, body: body,
            remoteAddress: remoteAddress, isSecure: isSecure, clientCertificate: clientCertificate)
    }

    /// The method.
    public var method: HTTPMethod { storage.method }
    /// The request target as received, percent-encoding and all.
    public var target: String { storage.target }
    /// The header fields.
    public var headers: HTTPFields { storage.headers }
    /// The content.
    public var body: RequestBody { storage.body }
    /// The client's address, without port.
    public var remoteAddress: String { storage.remoteAddress }
    /// Whether the client's connection is encrypted, here or at a trusted proxy.
    public var isSecure: Bool { storage.isSecure }
    /// The verified certificate of the client's connection, where the server asks for one and the client has one.
    public var clientCertificate: ClientCertificate? { storage.clientCertificate }

    /// The path of the target, still percent-encoded; `*` for `OPTIONS *`.
    public var path: Substring { storage.parts.path(of: storage.target) }
    /// Some bytes of the path, by offsets into it.
    func pathBytes(_ range: Range<Int>) -> ArraySlice<UInt8> {
        storage.parts.pathBytes(of: storage.target, range)
    }

    /// What follows the `?`, still percent-encoded; `nil` without a `?`.
    public var query: Substring? { storage.parts.query(of: storage.target) }

    /// The same request with some parts replaced. The certificate goes with the address: behind a proxy it is the proxy's.
    public func with(
        headers: HTTPFields? = nil, body: RequestBody? = nil, remoteAddress: String? = nil, isSecure: Bool? = nil
    ) -> Request {
        Request(
            method, target, headers: headers ?? self.headers, body: body ?? self.body,
            remoteAddress: remoteAddress ?? self.remoteAddress, isSecure: isSecure ?? self.isSecure,
            clientCertificate: remoteAddress == nil ? clientCertificate : nil)
    }
}
