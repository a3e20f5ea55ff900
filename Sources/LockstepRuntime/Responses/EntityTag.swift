/// An entity tag (RFC 9110 §8.8.3): a name for one version of a resource.
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
    /// Whether the tag only promises equivalence, not equality byte by byte.
    public let isWeak: Bool
    /// The text between the quotes.
    public let opaque: String

    /// A strong tag with this text; characters that a tag cannot hold are left out.
    public init(_ opaque: String) {
        isWeak = false
        self.opaque = String(decoding: opaque.utf8.filter(EntityTag.isTagCharacter), as: UTF8.self)
    }

    /// A strong tag from a version number, such as a row's.
    public init(version: some BinaryInteger) {
        self.init("v\(version)")
    }

    /// A strong tag of content: 128 bits of FNV-1a over its bytes.
    public init(hashing content: some Sequence<UInt8>) {
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for byte in content {
            hash ^= UInt128(byte)
            hash &*= 0x0000_0000_0100_0000_0000_0000_0000_013B
        }
        self.init(String(hash, radix: 36))
    }

    init?(field: ArraySlice<UInt8>) {
        var rest = field
        isWeak = rest.starts(with: [0x57, 0x2F])
        if isWeak { rest = rest.dropFirst(2) }
        guard rest.count >= 2, rest.first == 0x22, rest.last == 0x22 else { return nil }
        let text = rest.dropFirst().dropLast()
        guard text.allSatisfy(EntityTag.isTagCharacter) else { return nil }
        opaque = String(decoding: text, as: UTF8.self)
    }

    /// The tag as it stands in a header field.
    public var description: String { isWeak ? "W/\"\(opaque)\"" : "\"\(opaque)\"" }

    private static func isTagCharacter(_ byte: UInt8) -> Bool {
        byte == 0x21 || byte >= 0x23 && byte != 0x7F
    }
}

/// The value of `If-Match` or `If-None-Match`: any version, or one of these.
public struct EntityTagCondition: Sendable, Equatable {
    /// Whether the value is `*`.
    public let matchesAny: Bool
    /// The tags; those that are malformed are left out.
    public let tags: [EntityTag]

    /// Reads the value of the field.
    public init(_ value: String) {
        let bytes = FieldSyntax.trimmed(Array(value.utf8)[...])
        matchesAny = bytes.elementsEqual([0x2A])
        var tags: [EntityTag] = []
        FieldList.forEachMember(of: bytes) { member in
            if let tag = EntityTag(field: member) { tags.append(tag) }
        }
        self.tags = tags
    }

    /// Strong comparison, for `If-Match`: is this version one of those that the client knows?
    public func matches(_ current: EntityTag?) -> Bool {
        guard let current else { return false }
        return matchesAny || !current.isWeak && tags.contains { !$0.isWeak && $0.opaque == current.opaque }
    }

    /// Weak comparison, for `If-None-Match`: does the client have this version already?
    public func matchesWeakly(_ current: EntityTag?) -> Bool {
        guard let current else { return false }
        return matchesAny || tags.contains { $0.opaque == current.opaque }
    }
}
