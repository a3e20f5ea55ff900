internal import LockstepRuntime
public import PlatformCore

/// Tokens for one use, in links: 256 bits in base64url, stored as their SHA-256 only.
///
/// A token is computed from its row's id with a key of the server. So mail that waits to be sent holds no token, and a copy
/// of the database opens nothing.
public struct OneTimeTokens: Sendable {
    /// What a token is good for.
    enum Purpose: String, Sendable {
        case verifyEmail = "verify_email"
        case setPassword = "set_password"

        /// Seconds that it lives.
        var lifetime: Int64 { self == .verifyEmail ? 24 * 3_600 : 3_600 }
    }

    private let key: Secret

    /// Tokens of this key, at least 32 bytes that nothing else is made with.
    public init(key: Secret) { self.key = key }

    /// The token of a row.
    func token(_ id: UUID) -> String {
        Base64URL.encode(Digest.hmacSHA256(Array("one-time token \(id.text)".utf8), key: key.bytes))
    }

    /// What is stored of a token.
    func hash(_ token: String) -> [UInt8] { Digest.sha256(Array(token.utf8)) }
}
