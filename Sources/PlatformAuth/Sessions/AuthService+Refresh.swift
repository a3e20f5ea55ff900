public import LockstepRuntime
public import PlatformCore

extension AuthService {
    /// The session that a refresh token belongs to. Without an answer of the database there is none: the refresh itself will say so.
    func session(of token: String) async -> String? {
        guard let session = try? await sessions.session(of: refreshTokens.hash(token)) else { return nil }
        return session.text
    }

    /// Exchanges a refresh token for its successor and a new access token.
    ///
    /// A token works once. Used again within the leeway, while its successor is unused, it gives the same successor:
    /// several tabs, or an answer that was lost. Any other second use means that someone else has the token: the
    /// session ends for both.
    public func refresh(_ token: String, from origin: Origin, at now: Timestamp) async throws -> Grant {
        let hash = refreshTokens.hash(token)
        let successor = refreshTokens.successor(of: token)
        let rotated = try await sessions.rotate(
            hash, to: refreshTokens.hash(successor), id: UUID(), now: now,
            successorExpiry: now + policy.refreshLifetime, by: origin)
        if let rotated { return try grant(rotated, refreshToken: successor, at: now) }

        guard let state = try await sessions.state(of: hash, now: now), state.isSessionOpen else {
            throw AuthError.invalidRefreshToken
        }
        guard let usedAt = state.usedAt else { throw AuthError.invalidRefreshToken }  // expired
        let isHonest = now - usedAt <= Double(policy.leeway) && policy.leeway > 0 && state.isSuccessorUnused
        if isHonest, let session = try await sessions.openSession(state.sessionID, now: now) {
            return try grant(session, refreshToken: successor, at: now)
        }
        try await end(state.sessionID, .tokenReuse, from: origin, at: now)
        throw AuthError.refreshTokenReused
    }
}
