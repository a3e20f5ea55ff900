/// A security scheme of the document.
public struct SecurityScheme: Sendable {
    /// How the credential is sent.
    public enum Kind: Sendable, Equatable {
        /// `Authorization: Bearer …` (also for oauth2 and openIdConnect)
        case bearer
        /// `Authorization: Basic …`
        case basic
        /// A header field
        case apiKeyInHeader(String)
        /// A query parameter
        case apiKeyInQuery(String)
        /// A cookie
        case apiKeyInCookie(String)
        /// `Authorization: Scheme …`
        case http(String)
        /// The certificate of the connection
        case mutualTLS
    }

    /// The name under `components/securitySchemes`.
    public let name: String
    /// How the credential is sent.
    public let kind: Kind
    /// Whether the list beside it names OAuth scopes (oauth2, openIdConnect) rather than roles.
    public let usesScopes: Bool
}

/// One scheme of a requirement, with the roles or scopes that the principal must all have.
public struct SecurityRequirement: Sendable {
    /// The scheme.
    public let scheme: SecurityScheme
    /// Roles, or scopes for oauth2 and openIdConnect. All are needed; alternatives are separate requirements.
    public let needs: [String]
}
