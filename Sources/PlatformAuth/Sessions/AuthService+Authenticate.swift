public import LockstepRuntime

extension AuthService {
    /// Who an access token stands for. The role is the account's role now, not the one in the token, so a demotion or a
    /// closed session takes effect at once.
    public func authenticate(_ token: String, at now: Timestamp) async throws -> Principal {
        if let principal = verified.principal(token, now: now) { return principal }
        let claims: AccessClaims
        do throws(TokenRefusal) {
            claims = try accessTokens.verify(token, now: now)
        } catch {
            throw AuthenticationError(error == .expired ? .expired : .invalid)
        }
        let mark = verified.mark()
        guard let session = try await sessions.openSession(claims.sessionID, now: now),
            session.account.id == claims.userID
        else { throw AuthenticationError(.revoked) }
        let principal = Principal(
            subject: claims.userID.text, roles: [session.account.role.rawValue], sessionID: claims.sessionID.text)
        verified.keep(
            token, principal, userID: claims.userID, sessionID: claims.sessionID, expiresAt: claims.expiresAt,
            since: mark)
        return principal
    }
}
