public import LockstepRuntime
public import PlatformCore

extension AuthService {
    /// Shows that an account's address is its owner's, by the token of the mail.
    public func verifyEmail(_ token: String, from origin: Origin, at now: Timestamp) async throws {
        guard try await oneTimeStore.verifyEmail(oneTime.hash(token), by: origin, at: now) else {
            throw AuthError.invalidOneTimeToken
        }
    }

    /// Gives an account a password by a token that was made for it. All its sessions end, and none is opened.
    public func resetPassword(
        _ token: String, to password: String, from origin: Origin, at now: Timestamp
    ) async throws {
        let hash = oneTime.hash(token)
        // Looked at first, so that guessing costs no password hash.
        guard try await oneTimeStore.isValid(hash, for: .setPassword, at: now) else {
            throw AuthError.invalidOneTimeToken
        }
        let passwordHash = try await hasher.hash(password)
        let account = try await oneTimeStore.setPassword(hash, passwordHash: passwordHash, by: origin, at: now)
        guard let account else { throw AuthError.invalidOneTimeToken }
        verified.forget(user: account)
    }
}
