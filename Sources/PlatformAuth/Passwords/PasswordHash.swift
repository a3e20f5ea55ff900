/// A stored password hash: bcrypt in the modular crypt format, `$2b$12$` and 53 characters.
///
/// Hashes that the platform writes cover the whole password, because bcrypt sees `base64(HMAC-SHA-384(pepper, password))`
/// instead of the password, of which it would use 72 bytes. They end in ``suffix``. Hashes without it come from
/// another system and cover the password itself.
struct PasswordHash: Sendable {
    /// Marks a hash of the keyed digest.
    static let suffix = ";hmac-sha384"

    /// What bcrypt compares: 60 characters.
    let bcrypt: String
    /// bcrypt's cost: it runs 2^cost rounds.
    let cost: Int
    /// Whether bcrypt saw the keyed digest.
    let isKeyed: Bool

    /// Nil for what is not a bcrypt hash of one of the kinds 2a, 2b and 2y.
    init?(_ stored: String) {
        isKeyed = stored.hasSuffix(Self.suffix)
        let text = isKeyed ? String(stored.dropLast(Self.suffix.count)) : stored
        let bytes = Array(text.utf8)
        guard bytes.count == 60, ["$2a$", "$2b$", "$2y$"].contains(where: text.hasPrefix),
            bytes[6] == UInt8(ascii: "$"),
            let cost = Int(String(decoding: bytes[4..<6], as: UTF8.self)), (4...31).contains(cost)
        else { return nil }
        bcrypt = text
        self.cost = cost
    }

    /// As the platform stores it.
    static func stored(_ bcrypt: String) -> String { bcrypt + suffix }
}
