/// TLS for a listener: certificate and key from PEM files, secure defaults for the rest.
///
/// TLS 1.2 with forward-secret AEAD suites, and TLS 1.3; no compression, no renegotiation; ALPN offers `http/1.1`.
public struct TLSConfiguration: Sendable, Equatable {
    /// The lowest version that is spoken.
    public enum Version: Sendable, Equatable {
        /// TLS 1.2
        case tls12
        /// TLS 1.3
        case tls13
    }

    /// Whether clients are asked for a certificate: what `mutualTLS` of a document needs. Authorities are a PEM file with the
    /// certificates of those who may vouch for clients.
    public enum ClientCertificates: Sendable, Equatable {
        /// No.
        case ignored
        /// A client may have none; one that no authority vouches for ends the handshake.
        case requested(authorityFile: String)
        /// A client without one that an authority vouches for is not served.
        case required(authorityFile: String)
    }

    /// The PEM file with the certificate, followed by its intermediate certificates.
    public var certificateFile: String
    /// The PEM file with the unencrypted private key.
    public var keyFile: String
    /// The lowest version that is spoken.
    public var minimumVersion = Version.tls12
    /// Whether clients are asked for a certificate. Behind a proxy it is the proxy's own that would be seen.
    public var clientCertificates = ClientCertificates.ignored
    /// From the accepted connection to the end of the handshake.
    public var handshakeTimeout: Duration = .seconds(10)

    /// TLS with the certificate and key from these files.
    public init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }

    /// Reads the files and finds out whether a listener could use them.
    public func check() throws(TLSError) {
        _ = try TLSContext(self)
    }
}
