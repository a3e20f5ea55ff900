internal import LockstepPostgres
public import LockstepRuntime
public import PlatformCore

extension AuthService {
    /// What became of a registration.
    public enum Registration: Sendable {
        /// The account can be used.
        case open(Grant)
        /// The address's owner has to act; the same for new and known addresses.
        case accepted
    }

    /// Makes an account. Every new account is a customer, whoever asks.
    public func register(
        email: String, password: String, name: String, from origin: Origin, at now: Timestamp
    ) async throws -> Registration {
        // Hashed first, so that a known address costs as much as a new one.
        let hash = try await hasher.hash(password)
        guard policy.autoconfirm else {
            let token = UUID()
            try await accounts.apply(
                email: email, name: name, passwordHash: hash, tokenID: token,
                tokenHash: oneTime.hash(oneTime.token(token)), by: origin, at: now)
            return .accepted
        }
        return try await accounts.database.system.withTransaction { transaction in
            let account = try await accounts.insert(
                email: email, name: name, role: .customer, passwordHash: hash, isVerified: true, by: origin, at: now,
                in: transaction)
            guard let account else { throw AuthError.emailTaken }
            return .open(
                try await openSession(for: account, isLogin: false, from: origin, at: now, in: transaction))
        }
    }

    /// Makes an account of any role; for the command line. Without a password there is a token that sets one, once, within an hour.
    public func createAccount(
        email: String, password: String?, name: String, role: AccountRole, at now: Timestamp
    ) async throws -> (account: Account, token: String?) {
        var hash: String?
        if let password { hash = try await hasher.hash(password) }
        return try await accounts.database.system.withTransaction { transaction in
            let account = try await accounts.insert(
                email: email, name: name, role: role, passwordHash: hash, isVerified: true, by: .commandLine, at: now,
                in: transaction)
            guard let account else { throw AuthError.emailTaken }
            guard hash == nil else { return (account, nil) }
            let id = UUID()
            let token = oneTime.token(id)
            try await oneTimeStore.insert(
                id, for: account.id, .setPassword, hash: oneTime.hash(token), at: now, in: transaction)
            return (account, token)
        }
    }

    /// Gives an account another role; its tokens lose the old one at once. For the command line.
    public func setRole(of email: String, to role: AccountRole, at now: Timestamp) async throws {
        guard try await accounts.setRole(of: email, to: role, by: .commandLine, at: now) else {
            throw AuthError.unknownAccount
        }
    }
}
