import LockstepRuntime
import PlatformAuth
import PlatformCore
import Testing

@Suite struct AccessTokenTests {
    let now = Timestamp(seconds: 1_767_225_600)
    let ring: KeyRing
    let tokens: AccessTokens
    let claims: AccessClaims

    init() throws {
        ring = KeyRing(active: try SigningKey.generate())
        tokens = AccessTokens(signature: .es256(ring), issuer: "test", audience: "platform", lifetime: 900)
        claims = AccessClaims(
            userID: UUID(), sessionID: UUID(), email: "ada@example.com", role: "CUSTOMER", tokenID: "t1",
            issuedAt: now.seconds, expiresAt: now.seconds + 900, authenticatedAt: now.seconds)
    }

    private func payload(_ token: String) throws -> JSONValue {
        let part = token.split(separator: ".")[1]
        return try JSONDocument.parse(try #require(Base64URL.decode(part.utf8))).value
    }

    /// A token with this header and payload, signed with `sign`.
    private func forge(_ header: String, _ payload: String, sign: ([UInt8]) -> [UInt8]) -> String {
        let message = Base64URL.encode(header.utf8) + "." + Base64URL.encode(payload.utf8)
        return message + "." + Base64URL.encode(sign(Array(message.utf8)))
    }

    @Test func whatIsSignedIsVerified() throws {
        let token = try tokens.sign(claims)
        #expect(try tokens.verify(token, now: now) == claims)
        let payload = try payload(token)
        for name in ["userId", "email", "role", "iat", "exp", "iss", "aud", "sub", "jti", "sid", "auth_time", "amr"] {
            #expect(payload[name] != nil)
        }
    }

    @Test func aTokenEndsAtTheSecond() throws {
        let token = try tokens.sign(claims)
        #expect(throws: Never.self) { try tokens.verify(token, now: now + 899) }
        #expect(throws: TokenRefusal.expired) { try tokens.verify(token, now: now + 900) }
        #expect(throws: TokenRefusal.notYet) { try tokens.verify(token, now: now - 61) }
    }

    @Test func anUnsignedTokenIsRefused() throws {
        let payload = String(
            decoding: try #require(Base64URL.decode(try tokens.sign(claims).split(separator: ".")[1].utf8)),
            as: UTF8.self)
        for header in [#"{"alg":"none","typ":"at+jwt"}"#, #"{"alg":"NONE","typ":"at+jwt","kid":"\#(ring.active.id)"}"#]
        {
            #expect(throws: TokenRefusal.algorithm) { try tokens.verify(forge(header, payload) { _ in [] }, now: now) }
        }
    }

    /// RFC 8725 §2.1: HS256 with the public key as the secret.
    @Test func thePublicKeyIsNoSecret() throws {
        let payload = String(
            decoding: try #require(Base64URL.decode(try tokens.sign(claims).split(separator: ".")[1].utf8)),
            as: UTF8.self)
        let key = Array(ring.active.point.x.utf8)
        let header = #"{"alg":"HS256","typ":"at+jwt","kid":"\#(ring.active.id)"}"#
        let token = forge(header, payload) { Digest.hmacSHA256($0, key: key) }
        #expect(throws: TokenRefusal.algorithm) { try tokens.verify(token, now: now) }
    }

    @Test func headersThatBringKeysOrExtensionsAreRefused() throws {
        let other = AccessTokens(
            signature: .es256(KeyRing(active: try SigningKey.generate())), issuer: "test", audience: "platform",
            lifetime: 900)
        #expect(throws: TokenRefusal.unknownKey) { try tokens.verify(try other.sign(claims), now: now) }
        for extra in [
            #""crit":["x"]"#, #""b64":false"#, #""jwk":{}"#, #""jku":"https://evil.test""#, #""x5u":"x""#, #""x5c":[]"#,
        ] {
            let header = #"{"alg":"ES256","typ":"at+jwt","kid":"\#(ring.active.id)",\#(extra)}"#
            #expect(throws: TokenRefusal.critical) { try tokens.verify(forge(header, "{}") { _ in [] }, now: now) }
        }
        let idToken = #"{"alg":"ES256","typ":"JWT","kid":"\#(ring.active.id)"}"#
        #expect(throws: TokenRefusal.type) { try tokens.verify(forge(idToken, "{}") { _ in [] }, now: now) }
    }

    @Test func anotherIssuerOrAudienceIsRefused() throws {
        let wrongIssuer = AccessTokens(signature: .es256(ring), issuer: "other", audience: "platform", lifetime: 900)
        let wrongAudience = AccessTokens(signature: .es256(ring), issuer: "test", audience: "other", lifetime: 900)
        #expect(throws: TokenRefusal.issuer) { try tokens.verify(try wrongIssuer.sign(claims), now: now) }
        #expect(throws: TokenRefusal.audience) { try tokens.verify(try wrongAudience.sign(claims), now: now) }
    }

    @Test func aChangedTokenIsRefused() throws {
        let token = try tokens.sign(claims)
        let parts = token.split(separator: ".").map(String.init)
        let role = String(decoding: try #require(Base64URL.decode(parts[1].utf8)), as: UTF8.self)
        let admin = Base64URL.encode(role.replacing("CUSTOMER", with: "ADMIN").utf8)
        #expect(throws: TokenRefusal.signature) { try tokens.verify("\(parts[0]).\(admin).\(parts[2])", now: now) }
        #expect(throws: TokenRefusal.signature) {
            try tokens.verify("\(parts[0]).\(parts[1]).\(Base64URL.encode([UInt8](repeating: 0, count: 64)))", now: now)
        }
        for bad in ["", "a", "a.b", "\(token).x", "\(token)=", String(parts[0] + "." + parts[1]), "..", "e30.e30.e30"] {
            #expect(throws: TokenRefusal.self) { try tokens.verify(bad, now: now) }
        }
        let long = String(repeating: "a", count: 1 << 20)
        #expect(throws: TokenRefusal.tooLong) { try tokens.verify("\(long).\(long).\(long)", now: now) }
    }

    @Test func aRetiredKeyStillVerifies() throws {
        let next = try SigningKey.generate()
        let rotated = AccessTokens(
            signature: .es256(KeyRing(active: next, others: [ring.active])), issuer: "test", audience: "platform",
            lifetime: 900)
        #expect(try rotated.verify(try tokens.sign(claims), now: now) == claims)
        #expect(throws: TokenRefusal.unknownKey) { try tokens.verify(try rotated.sign(claims), now: now) }
    }

    @Test func hs256IsItsOwnProfile() throws {
        let shared = AccessTokens(
            signature: .hs256(Secret("a shared secret of 32 characters")), issuer: "test", audience: "platform",
            lifetime: 900)
        #expect(try shared.verify(try shared.sign(claims), now: now) == claims)
        #expect(throws: TokenRefusal.algorithm) { try tokens.verify(try shared.sign(claims), now: now) }
        #expect(throws: TokenRefusal.algorithm) { try shared.verify(try tokens.sign(claims), now: now) }
    }
}
