/// A bearer token (RFC 6750), as sent. Its description never shows it.
public struct BearerCredential: Sendable, CustomStringConvertible, CustomReflectable {
    /// The token.
    public let token: String

    /// A credential with this token.
    public init(token: String) { self.token = token }

    /// Says what it is, not what it holds.
    public var description: String { "bearer token" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// User name and password of HTTP Basic authentication (RFC 7617). Its description shows neither.
public struct BasicCredential: Sendable, CustomStringConvertible, CustomReflectable {
    /// The user name.
    public let username: String
    /// The password.
    public let password: String

    /// A credential of these parts.
    public init(username: String, password: String) {
        self.username = username
        self.password = password
    }

    /// Says what it is, not what it holds.
    public var description: String { "basic credentials" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// An API key from a header, query parameter or cookie. Its description never shows it.
public struct APIKeyCredential: Sendable, CustomStringConvertible, CustomReflectable {
    /// The key.
    public let key: String

    /// A credential with this key.
    public init(key: String) { self.key = key }

    /// Says what it is, not what it holds.
    public var description: String { "API key" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The credentials of an HTTP authentication scheme other than Basic and Bearer, as sent. Its description never shows them.
public struct HTTPCredential: Sendable, CustomStringConvertible, CustomReflectable {
    /// The scheme as the document spells it, such as `Digest`.
    public let scheme: String
    /// What follows the scheme in `Authorization`.
    public let credentials: String

    /// A credential of these parts.
    public init(scheme: String, credentials: String) {
        self.scheme = scheme
        self.credentials = credentials
    }

    /// Says what it is, not what it holds.
    public var description: String { "\(scheme) credentials" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
