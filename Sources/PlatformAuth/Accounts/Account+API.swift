internal import PlatformAPI

extension User {
    /// As the document shows an account.
    init(_ account: Account) {
        self.init(
            id: account.id, email: account.email, name: account.name, role: Role(account.role),
            emailVerified: account.isEmailVerified, createdAt: account.createdAt, updatedAt: account.updatedAt)
    }
}

extension Role {
    init(_ role: AccountRole) {
        switch role {
        case .admin: self = .admin
        case .customer: self = .customer
        case .vendor: self = .vendor
        }
    }
}

extension Session {
    init(_ grant: AuthService.Grant) {
        self.init(
            accessToken: grant.accessToken, refreshToken: grant.refreshToken,
            expiresIn: Int32(clamping: grant.expiresIn), user: User(grant.account))
    }
}
