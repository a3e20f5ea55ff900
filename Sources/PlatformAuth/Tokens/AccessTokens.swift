internal import LockstepRuntime
public import PlatformCore

/// Signs and checks access tokens: JWTs of type `at+jwt` (RFC 9068).
public struct AccessTokens: Sendable {
    /// How tokens are signed.
    public enum Signature: Sendable {
        /// ES256 with the ring's active key.
        case es256(KeyRing)
        /// HS256 with a shared secret; opt-in.
        case hs256(Secret)
    }

    /// No token of ours is longer; a longer one is not even decoded.
    static let longestToken = 4_096
    /// How far ahead another machine's clock may be.
    static let skew: Int64 = 60

    let signature: Signature
    let issuer: String
    let audience: String
    /// Seconds from `iat` to `exp`.
    public let lifetime: Int

    /// Tokens of this issuer for this audience.
    public init(signature: Signature, issuer: String, audience: String, lifetime: Int) {
        self.signature = signature
        self.issuer = issuer
        self.audience = audience
        self.lifetime = lifetime
    }

    /// A signed token that says `claims`.
    public func sign(_ claims: AccessClaims) throws -> String {
        var token = Base64URL.encodedBytes(header())
        token.append(UInt8(ascii: "."))
        token.append(contentsOf: Base64URL.encodedBytes(payload(claims)))
        let signed = try signature(of: token)
        token.append(UInt8(ascii: "."))
        token.append(contentsOf: Base64URL.encodedBytes(signed))
        return String(decoding: token, as: UTF8.self)
    }

    private func signature(of message: [UInt8]) throws -> [UInt8] {
        switch signature {
        case .es256(let ring):
            guard let raw = ring.active.key.signature(of: message) else { throw TokenRefusal.signature }
            return raw
        case .hs256(let secret):
            return Digest.hmacSHA256(message, key: secret.bytes)
        }
    }

    private func header() -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("alg")
        switch signature {
        case .es256(let ring):
            json.string("ES256")
            json.key("kid")
            json.string(ring.active.id)
        case .hs256:
            json.string("HS256")
        }
        json.key("typ")
        json.string("at+jwt")
        json.endObject()
        return json.bytes
    }

    /// The five claims of the source documents, then those of RFC 9068.
    private func payload(_ claims: AccessClaims) -> [UInt8] {
        var json = JSONWriter(capacity: 512)
        json.beginObject()
        json.key("userId")
        json.uuid(claims.userID)
        json.key("email")
        json.string(claims.email)
        json.key("role")
        json.string(claims.role)
        json.key("iat")
        json.int(claims.issuedAt)
        json.key("exp")
        json.int(claims.expiresAt)
        json.key("iss")
        json.string(issuer)
        json.key("aud")
        json.string(audience)
        json.key("sub")
        json.uuid(claims.userID)
        json.key("sid")
        json.uuid(claims.sessionID)
        json.key("jti")
        json.string(claims.tokenID)
        json.key("auth_time")
        json.int(claims.authenticatedAt)
        json.key("amr")
        json.beginArray()
        json.string("pwd")
        json.endArray()
        json.endObject()
        return json.bytes
    }
}
