public import LockstepRuntime

/// The security headers of every response, protocol errors included: the whole default set of Helmet 7.
///
/// The content security policy is stricter than Helmet's, because JSON needs nothing; a page that needs more (the docs) sets
/// its own `Content-Security-Policy`, which is then kept. HSTS is sent over TLS only, where browsers heed it (RFC 6797
/// section 7.2). No field names the server or its version.
public struct SecurityHeaders: Sendable {
    private let plain: HTTPFields
    private let secure: HTTPFields

    /// The default set.
    ///
    /// - Parameter strictTransport: the value of `Strict-Transport-Security`, or nil to leave it to a proxy.
    public init(
        policy: String = "default-src 'none'; frame-ancestors 'none'",
        strictTransport: String? = "max-age=31536000; includeSubDomains; preload"
    ) {
        plain = [
            "Content-Security-Policy": policy,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Origin-Agent-Cluster": "?1",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-DNS-Prefetch-Control": "off",
            "X-Download-Options": "noopen",
            "X-Frame-Options": "SAMEORIGIN",
            "X-Permitted-Cross-Domain-Policies": "none",
            "X-XSS-Protection": "0",
        ]
        var secure = plain
        if let strictTransport { secure.append("Strict-Transport-Security", strictTransport) }
        self.secure = secure
    }

    /// The fields for a connection with or without TLS; give them to the listener for its protocol errors.
    public func fields(isSecure: Bool) -> HTTPFields { isSecure ? secure : plain }

    /// Adds those that the response does not set itself.
    func finish(_ response: inout Response, isSecure: Bool) {
        response.headers.append(defaults: isSecure ? secure : plain)
    }
}
