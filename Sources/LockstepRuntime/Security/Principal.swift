/// Who is calling, as an authenticator found out.
///
/// One reference wide, because each request hands it around: changing a copy leaves the others as they are.
public struct Principal: Sendable {
    private final class Storage: Sendable {
        let subject: String
        let roles: [String]
        let scopes: [String]
        let sessionID: String?
        let attributes: [String: String]

        init(subject: String, roles: [String], scopes: [String], sessionID: String?, attributes: [String: String]) {
            self.subject = subject
            self.roles = roles
            self.scopes = scopes
            self.sessionID = sessionID
            self.attributes = attributes
        }
    }

    private var storage: Storage

    /// A principal of these parts.
    public init(
        subject: String, roles: [String] = [], scopes: [String] = [], sessionID: String? = nil,
        attributes: [String: String] = [:]
    ) {
        storage = Storage(
            subject: subject, roles: roles, scopes: scopes, sessionID: sessionID, attributes: attributes)
    }

    /// The stable identifier of the user or service.
    public var subject: String { storage.subject }
    /// The roles held, as the document's `security` names them.
    public var roles: [String] { storage.roles }
    /// The OAuth scopes granted.
    public var scopes: [String] { storage.scopes }
    /// The session that the credential belongs to.
    public var sessionID: String? { storage.sessionID }
    /// Anything else that handlers need.
    public var attributes: [String: String] { storage.attributes }

    /// Whether the principal holds this role.
    public func hasRole(_ role: String) -> Bool { roles.contains(role) }

    /// Whether the principal was granted this scope.
    public func hasScope(_ scope: String) -> Bool { scopes.contains(scope) }
}

extension Principal: Hashable {
    /// Same parts.
    public static func == (left: Principal, right: Principal) -> Bool {
        left.storage === right.storage
            || left.subject == right.subject && left.roles == right.roles && left.scopes == right.scopes
                && left.sessionID == right.sessionID && left.attributes == right.attributes
    }

    /// By subject and session.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(subject)
        hasher.combine(sessionID)
    }
}
