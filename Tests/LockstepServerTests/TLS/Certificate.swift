import Foundation
import ProcessTestSupport
import Testing

/// A self-signed certificate for `localhost`, made with the `openssl` tool in a directory of its own.
struct Certificate {
    let directory: URL
    var certificateFile: String { directory.appendingPathComponent("certificate.pem").path }
    var keyFile: String { directory.appendingPathComponent("key.pem").path }

    init() throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("lockstep-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let result = try ChildProcess.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", keyFile, "-out", certificateFile,
            ])
        try #require(result.status == 0, "\(result.errors)")
    }

    func remove() {
        try? FileManager.default.removeItem(at: directory)
    }
}
