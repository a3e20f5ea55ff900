/// An absolute `http` or `https` URL that requests are sent to, read strictly, because such URLs come from strangers.
///
/// Refused are other schemes, user names and passwords, fragments, everything that is no visible ASCII character or that parsers
/// disagree about (`\`, quotes, braces), percent escapes in the host, hosts that only look like addresses, and more than 8,192 bytes.
public struct OutgoingURL: Sendable, Hashable {
    /// The most bytes of a URL.
    public static let maximumLength = 8_192

    /// Whether the scheme is `https`.
    public let isSecure: Bool
    /// The name in lower case, or the address; an IPv6 address without its brackets.
    public let host: String
    /// The port, where the URL gives one.
    public let port: UInt16?
    /// Path and query as they go on the wire; begins with a slash.
    public private(set) var target: String

    /// Reads a URL.
    public init(_ text: String) throws(OutgoingError) {
        guard text.utf8.count <= Self.maximumLength else { throw .invalidURL("the URL is too long") }
        guard text.utf8.allSatisfy(Self.isAllowed) else {
            throw .invalidURL("the URL has characters that a URL cannot have")
        }
        guard let colon = text.firstRange(of: "://") else { throw .invalidURL("the URL is not absolute") }
        switch text[..<colon.lowerBound].lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: throw .invalidURL("the URL's scheme is neither https nor http")
        }
        let rest = text[colon.upperBound...]
        guard !rest.contains("#") else { throw .invalidURL("the URL has a fragment") }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { throw .invalidURL("the URL has credentials") }
        (host, port) = try Self.split(authority)
        let end = rest[authority.endIndex...]
        target = end.hasPrefix("/") ? String(end) : "/" + end
    }

    /// The whole URL.
    public var text: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(isSecure ? "https" : "http")://\(name)\(port.map { ":\($0)" } ?? "")\(target)"
    }

    /// The address, where the host is one.
    public var address: NetworkAddress? { NetworkAddress(host) }

    /// The URL with more of a query.
    func appending(query: String) -> OutgoingURL {
        guard !query.isEmpty else { return self }
        var copy = self
        copy.target += (!target.contains("?") ? "?" : target.hasSuffix("?") || target.hasSuffix("&") ? "" : "&") + query
        return copy
    }

    private static func split(_ authority: Substring) throws(OutgoingError) -> (String, UInt16?) {
        var host = authority
        var digits: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { throw .invalidURL("the URL has no host") }
            host = authority[authority.index(after: authority.startIndex)..<close]
            let rest = authority[authority.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw .invalidURL("the URL's port is none") }
            digits = rest.isEmpty ? nil : rest.dropFirst()
            guard host.contains(":"), NetworkAddress(String(host)) != nil else {
                throw .invalidURL("the URL's host is none")
            }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                host = authority[..<colon]
                digits = authority[authority.index(after: colon)...]
            }
            guard isHost(host) else { throw .invalidURL("the URL's host is none") }
        }
        guard let digits else { return (host.lowercased(), nil) }
        guard (1...5).contains(digits.count), digits.allSatisfy(\.isNumber), let port = UInt16(digits), port > 0 else {
            throw .invalidURL("the URL's port is none")
        }
        return (host.lowercased(), port)
    }

    /// A name of letters, digits, `-` and `_`, or an IPv4 address in its one usual form: what ends in a number is an address.
    private static func isHost(_ text: Substring) -> Bool {
        guard (1...253).contains(text.utf8.count) else { return false }
        let labels = (text.hasSuffix(".") ? text.dropLast() : text).split(
            separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.utf8.allSatisfy { byte in
                    switch FieldSyntax.lowercased(byte) {
                    case 0x30...0x39, 0x61...0x7A, 0x2D, 0x5F: true
                    default: false
                    }
                }
        }
        guard isName, let last = labels.last?.utf8 else { return false }
        let isNumber = last.allSatisfy { (0x30...0x39).contains($0) } || last.starts(with: "0x".utf8)
        return !isNumber || NetworkAddress(String(text)) != nil
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B, 0x7C, 0x7D: false
        case 0x21...0x7E: true
        default: false
        }
    }
}
