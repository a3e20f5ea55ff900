import LockstepRuntime

/// Lets listed origins read responses (Fetch standard, section 3.2).
///
/// - An origin is compared exactly; only listed ones are named in a response, with credentials. There is no `*`, and `null`
///   (what sandboxed pages and files send) cannot be listed.
/// - Every response says `Vary: Origin`, because it depends on it even when the request has none.
/// - A preflight is answered from the route table: its methods are the path's own.
public struct CORS: Sendable {
    private static let exposed = "X-Request-Id, RateLimit, RateLimit-Policy, Retry-After, ETag, Location"
    private static let allowedHeaders = [
        "accept", "authorization", "content-type", "idempotency-key", "if-match", "if-none-match", "traceparent",
        "tracestate", "x-request-id",
    ]

    private let origins: Set<String>
    private let preflightAge: String

    /// No origin but the service's own.
    public init() {
        origins = []
        preflightAge = "600"
    }

    /// The origins that may read responses: `https://app.example.com`, scheme and host in lower case, without a path.
    ///
    /// - Returns: nil if one of them is not an origin (`*` and `null` are not).
    public init?(origins: [String], preflightAge: Int = 600) {
        guard origins.allSatisfy(Self.isOrigin) else { return nil }
        self.origins = Set(origins)
        self.preflightAge = "\(max(0, preflightAge))"
    }

    /// Whether the request is a preflight from a listed origin, to be answered with `preflight`.
    func isPreflight(_ request: Request) -> Bool {
        request.method == .options && request.headers.contains("Access-Control-Request-Method")
            && isAllowed(request.headers["Origin"])
    }

    /// Turns the service's answer to `OPTIONS` into the answer to a preflight: `Allow` becomes the methods.
    func preflight(_ answer: Response, _ request: Request) -> Response {
        guard let allow = answer.headers["Allow"], answer.status.isSuccessful else { return answer }
        var response = Response(204)
        response.headers.append("Access-Control-Allow-Methods", allow)
        let asked = request.headers.list("Access-Control-Request-Headers").map { $0.lowercased() }
        let granted = asked.filter(Self.allowedHeaders.contains)
        if !granted.isEmpty {
            response.headers.append("Access-Control-Allow-Headers", granted.joined(separator: ", "))
        }
        response.headers.append("Access-Control-Max-Age", preflightAge)
        return response
    }

    /// Adds what a browser must see on any response.
    func finish(_ response: inout Response, _ request: Request) {
        guard !origins.isEmpty else { return }
        let vary = response.headers["Vary"]
        if vary == nil {
            response.headers.append("Vary", "Origin")
        } else if !response.headers.list("Vary", contains: "Origin"), vary != "*" {
            response.headers.append("Vary", "Origin")
        }
        guard request.headers.contains("Origin"), let origin = request.headers["Origin"], origins.contains(origin)
        else {
            return
        }
        response.headers.append("Access-Control-Allow-Origin", origin)
        response.headers.append("Access-Control-Allow-Credentials", "true")
        response.headers.append("Access-Control-Expose-Headers", Self.exposed)
    }

    private func isAllowed(_ origin: String?) -> Bool {
        origin.map(origins.contains) ?? false
    }

    private static func isOrigin(_ text: String) -> Bool {
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            let host = Array(text.utf8.dropFirst(scheme.utf8.count))
            return text == text.lowercased() && HTTP1Target.isAuthority(host.span, 0, host.count)
        }
        return false
    }
}
