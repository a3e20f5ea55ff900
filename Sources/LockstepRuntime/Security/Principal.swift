/// Who is calling, as an authenticator found out.
public struct Principal: Sendable, Hashable {
    /// The stable identifier of the user or service.
    public var subject: String
    /// The roles held, as the document's `security` names them.
    public var roles: [String]
    /// The OAuth scopes granted.
    public var scopes: [String]
    /// The session that the credential belongs to.
    public var sessionID: String?
    /// Anything else that handlers need.
    public var attributes: [String: String]

    /// A principal of these parts.
    public init(
        subject: String, roles: [String] = [], scopes: [String] = [], sessionID: String? = nil,
        attributes: [String: String] = [:]
    ) {
        self.subject = subject
        self.roles = roles
        self.scopes = scopes
        self.sessionID = sessionID
        self.attributes = attributes
    }

    /// Whether the principal holds this role.
    public func hasRole(_ role: String) -> Bool { roles.contains(role) }

    /// Whether the principal was granted this scope.
    public func hasScope(_ scope: String) -> Bool { scopes.contains(scope) }
}
