import LockstepRuntime

/// The proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
///
/// From anybody else these fields are what a client made up. The client is the last address in the list that is not a trusted
/// proxy itself: addresses further left were written by the client (ASVS 4.1.3).
public struct TrustedProxies: Sendable {
    private let ranges: [IPRange]

    /// Nobody is trusted.
    public init() { ranges = [] }

    /// Addresses and ranges in CIDR notation; nil if one of them cannot be read.
    public init?(_ ranges: [String]) {
        var read: [IPRange] = []
        for text in ranges {
            guard let range = IPRange(text) else { return nil }
            read.append(range)
        }
        self.ranges = read
    }

    /// The client's address and whether it used TLS, or nil if the peer is the client.
    func client(of request: Request) -> (address: String, isSecure: Bool)? {
        guard !ranges.isEmpty, let peer = IPAddress(request.remoteAddress), isTrusted(peer) else { return nil }
        var client = request.remoteAddress
        for entry in request.headers.list("X-Forwarded-For").reversed() {
            // An entry that is no address cannot be judged, nor anything left of it.
            guard let address = IPAddress(entry) else { break }
            client = entry
            if !isTrusted(address) { break }
        }
        let scheme = request.headers.list("X-Forwarded-Proto").last
        return (client, scheme.map { $0.lowercased() == "https" } ?? request.isSecure)
    }

    private func isTrusted(_ address: IPAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }
}
