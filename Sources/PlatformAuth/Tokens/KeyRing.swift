/// The keys of this platform: one signs, all verify, and all are published, so that a new key is known before it signs
/// and an old one until its last token has expired.
public struct KeyRing: Sendable {
    /// Signs new tokens.
    public let active: SigningKey
    /// Verify only: about to become active, or just retired.
    public let others: [SigningKey]

    /// A ring of these keys.
    public init(active: SigningKey, others: [SigningKey] = []) {
        self.active = active
        self.others = others
    }

    /// All keys, the active one first.
    public var all: [SigningKey] { [active] + others }

    /// The key of this id.
    func key(_ id: String) -> SigningKey? { all.first { $0.id == id } }
}
