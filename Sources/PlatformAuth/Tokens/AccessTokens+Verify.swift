public import LockstepRuntime
internal import PlatformCore

extension AccessTokens {
    /// The claims of `token`, if this platform signed it for this use and it is valid at `now`. What the token's own
    /// header says is never trusted with more than the choice among our keys.
    public func verify(_ token: String, now: Timestamp) throws(TokenRefusal) -> AccessClaims {
        let bytes = Array(token.utf8)
        guard bytes.count <= Self.longestToken else { throw .tooLong }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let header = object(parts[0]), let signature = Base64URL.decode(parts[2]) else {
            throw .malformed
        }
        try check(header, signature, message: Array(bytes[..<parts[1].endIndex]))
        guard let payload = object(parts[1]) else { throw .malformed }
        return try claims(payload, now: now)
    }

    private func object(_ text: ArraySlice<UInt8>) -> JSONNode? {
        guard let bytes = Base64URL.decode(text), let document = try? JSONDocument.parse(bytes),
            case .object = document.root.kind
        else { return nil }
        return document.root
    }

    /// RFC 8725: one algorithm, one type, a known key, and no header that brings a key or an extension along.
    private func check(_ header: JSONNode, _ signed: [UInt8], message: [UInt8]) throws(TokenRefusal) {
        for name in ["crit", "b64", "zip", "jku", "jwk", "x5u", "x5c"] where header[name] != nil { throw .critical }
        guard let type = header["typ"]?.string?.lowercased(), type == "at+jwt" || type == "application/at+jwt" else {
            throw .type
        }
        switch signature {
        case .es256(let ring):
            guard header["alg"]?.string == "ES256" else { throw .algorithm }
            guard let id = header["kid"]?.string, let key = ring.key(id) else { throw .unknownKey }
            guard key.key.isValid(signed, for: message) else { throw .signature }
        case .hs256(let secret):
            guard header["alg"]?.string == "HS256" else { throw .algorithm }
            guard Digest.isEqual(signed, Digest.hmacSHA256(message, key: secret.bytes)) else { throw .signature }
        }
    }

    private func claims(_ payload: JSONNode, now: Timestamp) throws(TokenRefusal) -> AccessClaims {
        guard payload["iss"]?.string == issuer else { throw .issuer }
        guard isForUs(payload["aud"]) else { throw .audience }
        guard let subject = payload["sub"]?.string, let userID = UUID(text: subject),
            payload["userId"]?.string == subject, let session = payload["sid"]?.string.flatMap({ UUID(text: $0) }),
            let email = payload["email"]?.string, let role = payload["role"]?.string,
            let tokenID = payload["jti"]?.string, let issuedAt = payload["iat"]?.int64,
            let expiresAt = payload["exp"]?.int64, let authenticatedAt = payload["auth_time"]?.int64
        else { throw .claims }
        guard issuedAt <= now.seconds + Self.skew else { throw .notYet }
        if let notBefore = payload["nbf"] {
            guard let notBefore = notBefore.int64 else { throw .claims }
            guard notBefore <= now.seconds + Self.skew else { throw .notYet }
        }
        guard now.seconds < expiresAt else { throw .expired }
        return AccessClaims(
            userID: userID, sessionID: session, email: email, role: role, tokenID: tokenID, issuedAt: issuedAt,
            expiresAt: expiresAt, authenticatedAt: authenticatedAt)
    }

    private func isForUs(_ node: JSONNode?) -> Bool {
        guard let node else { return false }
        if let single = node.string { return single == audience }
        guard case .array = node.kind else { return false }
        return node.elements.contains { $0.string == audience }
    }
}
