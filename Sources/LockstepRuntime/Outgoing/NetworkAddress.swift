/// An IPv4 or IPv6 address, and what it may stand for (IANA's special-purpose registries).
public struct NetworkAddress: Sendable, Hashable {
    /// Four bytes, or sixteen.
    private let bytes: [UInt8]

    /// An address of four or sixteen bytes in network order; an IPv4 address that is mapped into IPv6 becomes what it is.
    public init?(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        let isMapped = bytes.count == 16 && bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10...11] == [0xFF, 0xFF]
        self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
    }

    /// Reads `192.0.2.1` or `2001:db8::1`, without brackets. Forms that only some resolvers take, such as `127.1` and
    /// `0x7f.0.0.1`, are none.
    public init?(_ text: String) {
        guard let bytes = text.contains(":") ? Self.version6(text) : Self.version4(text[...]) else { return nil }
        self.init(bytes)
    }

    // MARK: What it stands for

    /// This machine: `127.0.0.0/8` and `::1`.
    public var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    /// A network of one's own: `10.0.0.0/8`, `172.16.0.0/12`, `192.168.0.0/16`, `100.64.0.0/10` and `fc00::/7`. Link-local addresses, where
    /// clouds answer with credentials, are not among them.
    public var isPrivate: Bool {
        if bytes.count == 16 { return bytes[0] & 0xFE == 0xFC }
        return isIn(10, bits: 8) || isIn(172, 16, bits: 12) || isIn(192, 168, bits: 16) || isIn(100, 64, bits: 10)
    }

    /// An address that anybody on the internet may have: neither of this machine nor of a network of one's own, no link-local
    /// one, no multicast or broadcast one, and none that carries another address inside (6to4, Teredo, NAT64).
    public var isPublic: Bool {
        if bytes.count == 16 { return isPublicVersion6 }
        if isPrivate || isLoopback { return false }
        let special: [(UInt8, UInt8, UInt8, Int)] = [
            (0, 0, 0, 8), (169, 254, 0, 16), (192, 0, 0, 24), (192, 0, 2, 24), (192, 88, 99, 24), (198, 18, 0, 15),
            (198, 51, 100, 24), (203, 0, 113, 24), (224, 0, 0, 3),
        ]
        return !special.contains { isIn($0.0, $0.1, $0.2, bits: $0.3) }
    }

    /// Only `2000::/3` is given out; of that, not `2001::/23` (Teredo and others), `2001:db8::/32` and `3fff::/20` (documentation), `2002::/16`
    /// (6to4).
    private var isPublicVersion6: Bool {
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        let start = UInt32(bytes[0]) << 24 | UInt32(bytes[1]) << 16 | UInt32(bytes[2]) << 8 | UInt32(bytes[3])
        return start >> 9 != 0x2001_0000 >> 9 && start != 0x2001_0DB8 && start >> 16 != 0x2002
            && start >> 12 != 0x3FFF_0000 >> 12
    }

    private func isIn(_ first: UInt8, _ second: UInt8 = 0, _ third: UInt8 = 0, bits: Int) -> Bool {
        func word(_ parts: [UInt8]) -> UInt32 { parts.reduce(0) { $0 << 8 | UInt32($1) } }
        return (word(bytes) ^ word([first, second, third, 0])) >> UInt32(32 - bits) == 0
    }

    // MARK: Reading

    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            let isPlain = (1...3).contains(part.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard isPlain, part.count == 1 || part.first != "0", let byte = UInt8(part) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func version6(_ text: String) -> [UInt8]? {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard let head = groups(halves[0]) else { return nil }
        guard halves.count == 2 else { return halves.count == 1 && head.count == 16 ? head : nil }
        guard let tail = groups(halves[1]), head.count + tail.count <= 14 else { return nil }
        return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// The bytes of `2001:db8`, of which the last may be an IPv4 address.
    private static func groups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part.contains("."), index == parts.count - 1 {
                guard let last = version4(part) else { return nil }
                return bytes + last
            }
            let isPlain = (1...4).contains(part.count) && part.utf8.allSatisfy { PercentCoding.hexValue($0) != nil }
            guard isPlain, let group = UInt16(part, radix: 16) else { return nil }
            bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
        }
        return bytes.count <= 16 ? bytes : nil
    }
}
