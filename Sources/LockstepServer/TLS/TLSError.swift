/// Why the TLS settings cannot be used. Names files, never their content.
public enum TLSError: Error, Sendable, Equatable, CustomStringConvertible {
    /// There is no such file, or it may not be read.
    case unreadable(file: String, reason: String)
    /// The file holds no certificate in PEM form, or a broken one.
    case notACertificate(file: String)
    /// The file holds no unencrypted private key in PEM form.
    case notAPrivateKey(file: String)
    /// The key does not belong to the certificate.
    case keyMismatch(certificateFile: String, keyFile: String)
    /// The file holds no certificate in PEM form that clients could be verified with.
    case notAnAuthority(file: String)
    /// The library could not set up a context.
    case library(call: String)

    /// One line that says what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            "cannot read \(file): \(reason)"
        case .notACertificate(let file):
            "\(file) holds no PEM certificate (-----BEGIN CERTIFICATE-----)"
        case .notAPrivateKey(let file):
            "\(file) holds no unencrypted PEM private key (-----BEGIN PRIVATE KEY-----)"
        case .keyMismatch(let certificateFile, let keyFile):
            "the key in \(keyFile) does not belong to the certificate in \(certificateFile)"
        case .notAnAuthority(let file):
            "\(file) holds no PEM certificate (-----BEGIN CERTIFICATE-----) to verify clients with"
        case .library(let call):
            "the TLS library failed in \(call)"
        }
    }
}
