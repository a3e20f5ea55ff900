import Foundation
import ProcessTestSupport

/// Keys and certificates for a test, made with the `openssl` tool: an authority, and what it signs.
public struct CertificateFolder: Sendable {
    /// Where everything is.
    public let path: String

    /// A new folder with an authority (`ca.pem`) of its own.
    public init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lockstep-ca-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path()
        try openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=test authority", "-keyout", file("ca.key"), "-out", file("ca.pem"))
    }

    /// The path of a file of the folder.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Makes `name.key` and `name.pem` for this subject, signed by the authority.
    public func issue(_ name: String, commonName: String, alternativeName: String? = nil) throws {
        try openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=\(commonName)",
            "-keyout", file("\(name).key"), "-out", file("\(name).csr"))
        var signing = [
            "x509", "-req", "-in", file("\(name).csr"), "-days", "2", "-CA", file("ca.pem"), "-CAkey", file("ca.key"),
            "-CAcreateserial", "-out", file("\(name).pem"),
        ]
        if let alternativeName {
            try Data("subjectAltName=\(alternativeName)\n".utf8).write(to: URL(filePath: file("\(name).ext")))
            signing += ["-extfile", file("\(name).ext")]
        }
        try openssl(signing)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file("\(name).key"))
    }

    /// Removes the folder.
    public func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    private func openssl(_ arguments: String...) throws { try openssl(arguments) }

    private func openssl(_ arguments: [String]) throws {
        let done = try ChildProcess.run("openssl", arguments)
        guard done.status == 0 else { throw ClusterError("openssl \(arguments[0]): \(done.errors.suffix(300))") }
    }
}
