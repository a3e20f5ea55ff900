/// Turns the credential of one security scheme into a principal; throws ``AuthenticationError`` for 401.
///
/// Generated code makes one for each scheme of the document from the `SecurityAPI` that the application implements:
///
/// ```swift
/// extension SecurityAPI {
///     public var authenticators: [String: Authenticator] { ["bearerAuth": .bearer(bearerAuth)] }
/// }
/// ```
public enum Authenticator: Sendable {
    /// For `http` with scheme `bearer`, `oauth2` and `openIdConnect`.
    case bearer(@Sendable (BearerCredential, RequestContext) async throws -> Principal)
    /// For `http` with scheme `basic`.
    case basic(@Sendable (BasicCredential, RequestContext) async throws -> Principal)
    /// For `apiKey` in a header, the query or a cookie.
    case apiKey(@Sendable (APIKeyCredential, RequestContext) async throws -> Principal)
    /// For `http` with any other scheme.
    case http(@Sendable (HTTPCredential, RequestContext) async throws -> Principal)
    /// For `mutualTLS`.
    case mutualTLS(@Sendable (ClientCertificate, RequestContext) async throws -> Principal)
}
