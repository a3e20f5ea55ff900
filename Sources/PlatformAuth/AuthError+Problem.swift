internal import LockstepEventLoop
internal import LockstepRuntime

extension AuthError {
    /// What a client is told. What would tell whether an account exists is told to nobody.
    var problem: Problem {
        switch self {
        case .wrongCredentials:
            Problem(401, "INVALID_CREDENTIALS", "Invalid email or password", headers: ["WWW-Authenticate": "Bearer"])
        case .emailNotVerified:
            Problem(403, "EMAIL_NOT_VERIFIED", "The email address has not been verified")
        case .emailTaken:
            Problem(409, "EMAIL_TAKEN", "User with this email already exists")
        case .invalidRefreshToken:
            Problem(401, .unauthorized, "Invalid refresh token", headers: ["WWW-Authenticate": "Bearer"])
        case .refreshTokenReused:
            Problem(
                401, "REFRESH_TOKEN_REUSED", "The refresh token was used before; the session has been closed",
                headers: ["WWW-Authenticate": "Bearer"])
        case .invalidOneTimeToken:
            Problem(400, "INVALID_TOKEN", "The link is not valid, or no longer")
        case .noCredential, .unknownAccount:
            .noToken
        }
    }
}

/// The threads that hash passwords have more to do than they may keep waiting.
typealias PoolRefusal = BlockingPool.Rejection
