/// Where requests may be sent. URLs of callbacks and webhooks come from strangers, and a server that fetches what strangers name must
/// not become their way into its own network (server-side request forgery).
///
/// The URL is checked before anything is looked up, and the address when the connection is made: a name may lead anywhere, and
/// elsewhere the next time.
public struct OutgoingPolicy: Sendable, Equatable {
    /// `https` to public addresses: what a server in production wants.
    public static let strict = OutgoingPolicy()
    /// Also `https` and `http` to this machine, for development and tests.
    public static let development = OutgoingPolicy(allowsLoopback: true)

    /// Whether addresses of this machine are allowed, with `https` or `http`.
    public var allowsLoopback: Bool
    /// Whether addresses of private networks are allowed, with `https` only.
    public var allowsPrivateNetworks: Bool

    /// A policy; the strict one by default.
    public init(allowsLoopback: Bool = false, allowsPrivateNetworks: Bool = false) {
        self.allowsLoopback = allowsLoopback
        self.allowsPrivateNetworks = allowsPrivateNetworks
    }

    /// Reads a URL and refuses it where its text says already that no request may go there. Worth calling when a stranger registers a URL,
    /// to answer 400 at once; it is called again for each request.
    public func url(_ text: String) throws(OutgoingError) -> OutgoingURL {
        let url = try OutgoingURL(text)
        guard url.isSecure || allowsLoopback else { throw .forbiddenURL("https is required") }
        if let address = url.address, !allows(address, isSecure: url.isSecure) {
            throw .forbiddenURL("the address is not allowed")
        }
        let name = url.host.hasSuffix(".") ? String(url.host.dropLast()) : url.host
        let isLocal = name == "localhost" || name.hasSuffix(".localhost")
        guard allowsLoopback || !isLocal else { throw .forbiddenURL("the address is not allowed") }
        return url
    }

    /// Whether a connection may be made to an address: transports ask with the address that they connect to.
    public func allows(_ address: NetworkAddress, isSecure: Bool) -> Bool {
        if address.isLoopback { return allowsLoopback }
        if address.isPrivate { return allowsPrivateNetworks && isSecure }
        return address.isPublic && isSecure
    }
}
