import Foundation
import Testing

/// A self-signed certificate for `localhost`, made with the `openssl` tool in a directory of its own.
struct Certificate {
    let directory: URL
    var certificateFile: String { directory.appendingPathComponent("certificate.pem").path }
    var keyFile: String { directory.appendingPathComponent("key.pem").path }

    init() throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("lockstep-tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let result = try ForeignProcess.run(
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

/// A program that is not ours, as a client.
enum ForeignProcess {
    struct Result: Sendable {
        let status: Int32
        let output: Data
        let errors: String
        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Runs the program with `input` on its standard input and waits for its end. Blocks its thread.
    static func run(_ name: String, _ arguments: [String], input: String = "") throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["timeout", "20", name] + arguments
        let (output, errors, stdin) = (Pipe(), Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = stdin
        try process.run()
        stdin.fileHandleForWriting.write(Data(input.utf8))
        if !input.isEmpty { try? stdin.fileHandleForWriting.close() }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Result(status: process.terminationStatus, output: data, errors: text)
    }
}
