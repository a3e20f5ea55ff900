import Glibc

/// An IPv4 or IPv6 address; IPv4 is held as the mapped IPv6 address, so `::ffff:10.0.0.1` is `10.0.0.1`.
struct IPAddress: Sendable, Hashable {
    let high: UInt64
    let low: UInt64

    private static let mapped: UInt64 = 0xFFFF_0000_0000

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads the text form, as `inet_pton` does; no zone, no brackets, no port.
    init?(_ text: some StringProtocol) {
        let text = String(text)
        var four = in_addr()
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            self.init(high: 0, low: Self.mapped | UInt64(UInt32(bigEndian: four.s_addr)))
            return
        }
        var six = in6_addr()
        guard unsafe inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        self = withUnsafeBytes(of: six) { bytes in
            // Sixteen bytes, of which two halves of eight are read.
            IPAddress(
                high: UInt64(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    /// Whether it is an IPv4 address.
    var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// What counts as one client: an IPv4 address, or the /64 of an IPv6 address, all of which one host may own.
    var client: IPAddress { isIPv4 ? self : IPAddress(high: high, low: 0) }

    /// The address with only the first `bits` of its 128 bits.
    func prefix(_ bits: Int) -> IPAddress {
        IPAddress(
            high: bits >= 64 ? high : bits == 0 ? 0 : high & (UInt64.max << UInt64(64 - bits)),
            low: bits >= 128 ? low : bits <= 64 ? 0 : low & (UInt64.max << UInt64(128 - bits)))
    }
}

/// A range of addresses: `10.0.0.0/8`, `fd00::/8`, or a single address.
struct IPRange: Sendable, Hashable {
    private let base: IPAddress
    private let bits: Int

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress($0) }) else { return nil }
        let width = address.isIPv4 ? 32 : 128
        var length = width
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy(HTTP1Bytes.isDigit), let number = Int(parts[1]), number <= width else {
                return nil
            }
            length = number
        }
        bits = length + 128 - width
        base = address.prefix(bits)
    }

    func contains(_ address: IPAddress) -> Bool { address.prefix(bits) == base }
}
