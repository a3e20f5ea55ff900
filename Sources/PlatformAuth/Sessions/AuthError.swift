/// What can be wrong with a well-formed request of the auth service.
public enum AuthError: Error, Sendable, Equatable {
    /// Wrong password, unknown address or a disabled account: the same for all.
    case wrongCredentials
    /// The password was right, but the address has not been verified.
    case emailNotVerified
    /// The address has an account.
    case emailTaken
    /// Unknown, expired, or of a session that has ended.
    case invalidRefreshToken
    /// Used before: the session has been ended.
    case refreshTokenReused
    /// Unknown, expired or used before.
    case invalidOneTimeToken
    /// Neither an access token nor a refresh token.
    case noCredential
    /// The account is gone.
    case unknownAccount
}
