public import LockstepRuntime
public import PlatformCore

extension AuthService {
    /// Ends the session of the access token, or else of the refresh token, a used one included: whoever has it may at
    /// least close what it opened.
    public func logout(
        _ principal: Principal?, refreshToken: String?, from origin: Origin, at now: Timestamp
    ) async throws {
        if let principal {
            guard let session = principal.sessionID.flatMap({ UUID(text: $0) }) else { throw AuthError.noCredential }
            return try await end(session, .logout, from: origin, at: now)
        }
        guard let refreshToken else { throw AuthError.noCredential }
        guard let state = try await sessions.state(of: refreshTokens.hash(refreshToken), now: now) else {
            throw AuthError.invalidRefreshToken
        }
        try await end(state.sessionID, .logout, from: origin, at: now)
    }

    /// Ends a session here at once, and on other instances as soon as the database has told them.
    func end(_ session: UUID, _ cause: RevocationCause, from origin: Origin, at now: Timestamp) async throws {
        try await sessions.revoke(session, cause, by: origin, at: now)
        verified.forget(session: session)
    }
}
