public import PlatformCore

/// Refresh tokens: 256 bits in base64url, which mean nothing to anyone but the database, and there only as a keyed hash.
///
/// A token's successor is computed from it with a key of the server. So when several tabs use one token at once, or an
/// answer got lost, all of them get the same successor, although only its hash is stored.
public struct RefreshTokens: Sendable {
    private let hashKey: [UInt8]
    private let successorKey: [UInt8]

    /// Keys both uses from one secret.
    public init(secret: Secret) {
        hashKey = Digest.hmacSHA256(Array("refresh token hash".utf8), key: secret.bytes)
        successorKey = Digest.hmacSHA256(Array("refresh token successor".utf8), key: secret.bytes)
    }

    /// The first token of a session.
    func makeFirst() -> String { Base64URL.encode(SecureRandom.bytes(32)) }

    /// The token that replaces `token`.
    func successor(of token: String) -> String {
        Base64URL.encode(Digest.hmacSHA256(Array(token.utf8), key: successorKey))
    }

    /// What is stored of `token`.
    func hash(_ token: String) -> [UInt8] {
        Digest.hmacSHA256(Array(token.utf8), key: hashKey)
    }
}
