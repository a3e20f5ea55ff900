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

    /// A certificate for a client, signed by this one as its authority.
    func client(_ subject: String, names: String) throws -> (certificateFile: String, keyFile: String) {
        let name = UUID().uuidString
        let files = ["key", "request", "certificate", "extensions"].map {
            directory.appendingPathComponent("\(name)-\($0).pem").path
        }
        try Data("subjectAltName=\(names)".utf8).write(to: URL(fileURLWithPath: files[3]))
        let request = try ChildProcess.run(
            "openssl",
            [
                "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", subject, "-utf8",
                "-keyout", files[0], "-out", files[1],
            ])
        try #require(request.status == 0, "\(request.errors)")
        let signed = try ChildProcess.run(
            "openssl",
            [
                "x509", "-req", "-in", files[1], "-CA", certificateFile, "-CAkey", keyFile, "-set_serial", "0x1F2E",
                "-days", "2", "-extfile", files[3], "-out", files[2],
            ])
        try #require(signed.status == 0, "\(signed.errors)")
        return (files[2], files[0])
    }

    /// SHA-256 of a certificate, as the tool says it.
    static func fingerprint(of file: String) throws -> String {
        let result = try ChildProcess.run("openssl", ["x509", "-in", file, "-noout", "-fingerprint", "-sha256"])
        let text = result.text.split(separator: "=").last.map(String.init) ?? ""
        return text.filter(\.isHexDigit).lowercased()
    }

    func remove() {
        try? FileManager.default.removeItem(at: directory)
    }
}
