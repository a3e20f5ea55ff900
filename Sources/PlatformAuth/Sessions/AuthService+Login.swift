internal import LockstepPostgres
public import LockstepRuntime
public import PlatformCore

extension AuthService {
    /// Opens a session. A wrong password, an unknown address, an account without a password and a disabled account all
    /// do the same work and get the same error.
    public func login(email: String, password: String, from origin: Origin, at now: Timestamp) async throws -> Grant {
        let found = try await accounts.credentials(email: email)
        let verdict = try await hasher.verify(password, against: found?.passwordHash)
        guard let found, verdict.isRight, found.isActive else {
            try await sessions.recordFailure(for: found?.account.id, by: origin, at: now)
            throw AuthError.wrongCredentials
        }
        if policy.requiresVerifiedEmail, !found.account.isEmailVerified { throw AuthError.emailNotVerified }
        if let replacement = verdict.replacement, let old = found.passwordHash {
            try await accounts.replaceHash(of: found.account.id, old, with: replacement)
        }
        return try await openSession(
            for: found.account, isLogin: true, from: origin, at: now, in: sessions.database.system)
    }
}
