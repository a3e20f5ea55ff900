/// Whether a client can be answered in a media type that it accepts (RFC 9110 §12.4).
enum Negotiation {
    private static let problemJSON = MediaType("application", "problem+json")

    /// Looks at the media types of an operation's successful responses.
    static func canAnswer(_ route: Route, _ headers: HTTPFields) -> Bool {
        guard !route.produces.isEmpty, let value = headers.bytes(of: "Accept") else { return true }
        if value.elementsEqual([0x2A, 0x2F, 0x2A]) { return true }
        let accept = AcceptHeader(headers)
        if route.produces.contains(where: accept.takes) { return true }
        return (accept.exactQuality(of: problemJSON) ?? 0) > 0 && route.produces.contains { $0.isJSON }
    }
}
