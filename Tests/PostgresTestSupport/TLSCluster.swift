import Foundation

/// A cluster that speaks TLS on a port of 127.0.0.1, and only TLS there, with a certificate for the name `localhost`.
///
/// Everybody may log in without a password; the user `certified` only with a certificate of the cluster's authority that is
/// made out to that name.
public final class TLSCluster: Sendable {
    /// The authority (`ca.pem`), and the key and certificate of the user `certified` (`client.key`, `client.pem`).
    public let certificates: CertificateFolder
    private let cluster: TestCluster
    private let reserved: ReservedPort

    /// Starts one.
    public init() throws {
        let certificates = try CertificateFolder()
        try certificates.issue("server", commonName: "localhost", alternativeName: "DNS:localhost")
        try certificates.issue("client", commonName: "certified")
        self.certificates = certificates
        let options = [
            "listen_addresses=127.0.0.1", "ssl=on", "ssl_cert_file=server.pem", "ssl_key_file=server.key",
            "ssl_ca_file=ca.pem",
        ]
        reserved = try ReservedPort()
        cluster = try TestCluster(port: reserved.number, options: options) { data in
            for name in ["server.pem", "server.key", "ca.pem"] {
                try FileManager.default.copyItem(atPath: certificates.file(name), toPath: "\(data)/\(name)")
            }
            let rules = """
                local all all trust
                hostssl all certified 127.0.0.1/32 cert
                hostssl all all 127.0.0.1/32 trust

                """
            try Data(rules.utf8).write(to: URL(filePath: "\(data)/pg_hba.conf"))
        }
    }

    /// A URL over TCP with these parameters.
    public func url(user: String = "postgres", host: String = "localhost", _ parameters: [String: String]) -> String {
        let query = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        return "postgresql://\(user)@\(host):\(cluster.port)/postgres?\(query)"
    }

    /// Runs statements as the superuser, over the Unix socket. Blocks.
    public func run(_ statement: String) throws {
        try cluster.psql(statement)
    }

    /// Stops the server and removes everything.
    public func stop() {
        cluster.stop()
        reserved.release()
        certificates.remove()
    }
}
