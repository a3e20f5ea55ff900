internal import CLockstepLinux
internal import Glibc

/// Where a listener listens: a numeric address and a port.
public struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    /// A numeric IPv4 or IPv6 address.
    public let host: String
    /// The port that is really bound, also when 0 was asked for.
    public let port: Int

    /// `host:port`, with brackets around IPv6.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Reads a socket address; nil for families other than IPv4 and IPv6. IPv4 in IPv6 is shown as IPv4.
    init?(_ storage: sockaddr_storage) {
        var storage = storage
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        switch Int32(storage.ss_family) {
        case AF_INET:
            let address = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in.self) }
            var raw = address.sin_addr
            inet_ntop(AF_INET, &raw, &text, socklen_t(text.count))
            port = Int(UInt16(bigEndian: address.sin_port))
        case AF_INET6:
            let address = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in6.self) }
            var raw = address.sin6_addr
            inet_ntop(AF_INET6, &raw, &text, socklen_t(text.count))
            port = Int(UInt16(bigEndian: address.sin6_port))
        default:
            return nil
        }
        let shown = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        host = shown.hasPrefix("::ffff:") && shown.contains(".") ? String(shown.dropFirst(7)) : shown
    }
}
