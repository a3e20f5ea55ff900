/// The certificate by which a client made itself known in the TLS handshake, verified against the authorities that the server
/// trusts: the credential of `mutualTLS`.
public struct ClientCertificate: Sendable, Hashable {
    /// Whose it is, as a distinguished name (RFC 4514): `CN=reports,O=Example`.
    public let subject: String
    /// Who vouches for it, as a distinguished name.
    public let issuer: String
    /// The number that the issuer gave it, in upper-case hexadecimal digits.
    public let serialNumber: String
    /// SHA-256 of the certificate, in lower-case hexadecimal digits.
    public let fingerprint: String
    /// The host names among its alternative names.
    public let dnsNames: [String]
    /// The URIs among its alternative names, such as a SPIFFE id.
    public let uris: [String]
    /// The mail addresses among its alternative names.
    public let mailAddresses: [String]

    /// A certificate with these facts.
    public init(
        subject: String, issuer: String = "", serialNumber: String = "", fingerprint: String = "",
        dnsNames: [String] = [], uris: [String] = [], mailAddresses: [String] = []
    ) {
        self.subject = subject
        self.issuer = issuer
        self.serialNumber = serialNumber
        self.fingerprint = fingerprint
        self.dnsNames = dnsNames
        self.uris = uris
        self.mailAddresses = mailAddresses
    }
}
