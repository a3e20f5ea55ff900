public import LockstepJSON

/// Who may call an operation: any one of several combinations of credentials.
public struct SecurityRequirement: Sendable, Hashable {
    /// Anyone, without credentials.
    public static let none = SecurityRequirement(alternatives: [])

    /// Combinations of schemes of which one must hold, in document order. No alternatives: anyone may call. An empty
    /// alternative (`{}` in the document) makes credentials optional.
    public var alternatives: [[SchemeUse]]

    /// Makes a requirement.
    public init(alternatives: [[SchemeUse]]) {
        self.alternatives = alternatives
    }

    /// Whether nothing is asked, not even optionally.
    public var isNone: Bool { alternatives.allSatisfy(\.isEmpty) }
    /// Whether a caller without credentials is let in although credentials are understood.
    public var isOptional: Bool { !isNone && alternatives.contains(where: \.isEmpty) }

    /// One scheme of a combination.
    public struct SchemeUse: Sendable, Hashable {
        /// The name of a `SecurityScheme`.
        public var scheme: String
        /// OAuth scopes, or role names for other schemes (OpenAPI 3.1); all of them are needed.
        public var scopes: [String]

        /// Makes a use.
        public init(scheme: String, scopes: [String] = []) {
            self.scheme = scheme
            self.scopes = scopes
        }
    }
}

/// A way to present a credential.
public struct SecurityScheme: Sendable {
    /// The key under `securitySchemes`.
    public var name: String
    /// What is presented and where.
    public var kind: Kind
    /// CommonMark.
    public var description: String?
    /// Whether callers should move to another scheme (OpenAPI 3.2).
    public var isDeprecated: Bool
    /// `x-` members.
    public var extensions: [String: JSONValue]
    /// Where it stands.
    public var origin: Origin

    /// Makes a scheme.
    public init(
        name: String, kind: Kind, description: String? = nil, isDeprecated: Bool = false,
        extensions: [String: JSONValue] = [:], origin: Origin
    ) {
        self.name = name
        self.kind = kind
        self.description = description
        self.isDeprecated = isDeprecated
        self.extensions = extensions
        self.origin = origin
    }

    /// What is presented and where.
    public enum Kind: Sendable {
        /// A key in a header, query or cookie parameter.
        case apiKey(location: Parameter.Location, name: String)
        /// `Authorization: Basic`.
        case basic
        /// `Authorization: Bearer`, with the document's hint about the token's form (`JWT`).
        case bearer(format: String?)
        /// `Authorization` with another scheme of the IANA registry, in the document's spelling.
        case http(scheme: String)
        /// A client certificate.
        case mutualTLS
        /// OAuth 2: a bearer token from one of these flows.
        case oauth2([OAuthFlow])
        /// Described so badly that there was an error: no credential satisfies it.
        case unknown
        /// OpenID Connect: a bearer token, found by way of the discovery document.
        case openIDConnect(url: String)
    }

    /// One OAuth 2 flow.
    public struct OAuthFlow: Sendable {
        /// `implicit`, `password`, `clientCredentials`, `authorizationCode` or `deviceAuthorization`.
        public var name: String
        /// Where the user is sent.
        public var authorizationURL: String?
        /// Where tokens are given.
        public var tokenURL: String?
        /// Where tokens are renewed.
        public var refreshURL: String?
        /// The scopes with their descriptions, in document order.
        public var scopes: [Scope]

        /// Makes a flow.
        public init(
            name: String, authorizationURL: String? = nil, tokenURL: String? = nil, refreshURL: String? = nil,
            scopes: [Scope] = []
        ) {
            self.name = name
            self.authorizationURL = authorizationURL
            self.tokenURL = tokenURL
            self.refreshURL = refreshURL
            self.scopes = scopes
        }
    }

    /// One OAuth scope.
    public struct Scope: Sendable {
        /// Its name.
        public var name: String
        /// What it allows.
        public var description: String

        /// Makes a scope.
        public init(name: String, description: String = "") {
            self.name = name
            self.description = description
        }
    }
}
