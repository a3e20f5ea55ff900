public import LockstepRuntime

/// Who may sign in.
public struct Account: Sendable, Equatable {
    /// Its identifier.
    public var id: UUID
    /// As it was typed at registration.
    public var email: String
    /// As the person writes it.
    public var name: String
    /// What the account may do.
    public var role: AccountRole
    /// Whether the address was shown to be theirs.
    public var isEmailVerified: Bool
    /// When it was made.
    public var createdAt: Timestamp
    /// When it last changed.
    public var updatedAt: Timestamp
}

/// The roles of the document.
public enum AccountRole: String, CaseIterable, Sendable {
    case admin = "ADMIN"
    case customer = "CUSTOMER"
    case vendor = "VENDOR"
}
