public import LockstepRuntime

/// What an access token says.
public struct AccessClaims: Sendable, Equatable {
    /// `sub` and `userId`.
    public var userID: UUID
    /// `sid`: the session, and so the family of refresh tokens.
    public var sessionID: UUID
    /// `email`
    public var email: String
    /// `role`, as it was when the token was signed.
    public var role: String
    /// `jti`
    public var tokenID: String
    /// `iat`, in whole seconds.
    public var issuedAt: Int64
    /// `exp`, in whole seconds.
    public var expiresAt: Int64
    /// `auth_time`: when the password was entered.
    public var authenticatedAt: Int64

    /// Claims of these parts.
    public init(
        userID: UUID, sessionID: UUID, email: String, role: String, tokenID: String, issuedAt: Int64, expiresAt: Int64,
        authenticatedAt: Int64
    ) {
        self.userID = userID
        self.sessionID = sessionID
        self.email = email
        self.role = role
        self.tokenID = tokenID
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.authenticatedAt = authenticatedAt
    }
}

/// Why a token was refused. For the log; clients learn only that it is invalid.
public enum TokenRefusal: Error, Sendable, Equatable {
    case tooLong, malformed, algorithm, type, critical, unknownKey, signature, issuer, audience, claims, notYet, expired
}
