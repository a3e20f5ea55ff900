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

    /// The PEM file with the certificate, followed by its intermediate certificates.
    public var certificateFile: String
    /// The PEM file with the unencrypted private key.
    public var keyFile: String
    /// The lowest version that is spoken.
    public var minimumVersion = Version.tls12
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
