/// Links for people. They lead to pages of the site, which send the token on to the API.
///
/// The site comes from the configuration, never from a request's `Host`. The token stands behind `#`, so that it reaches no
/// server's log and no `Referer`, and nothing that merely opens the link uses it up.
public struct PublicLinks: Sendable {
    /// Scheme, host and port, without a slash at the end.
    public let site: String

    /// Links of this site.
    public init(site: String) { self.site = site }

    /// Verifies an address: the page sends the token to `POST /api/auth/verify-email`.
    public func verifyEmail(_ token: String) -> String { "\(site)/verify-email#token=\(token)" }

    /// Sets a password: the page sends the token to `POST /api/auth/reset-password`.
    public func setPassword(_ token: String) -> String { "\(site)/set-password#token=\(token)" }
}
