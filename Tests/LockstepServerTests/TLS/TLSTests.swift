import Foundation
import LockstepEventLoop
import LockstepRuntime
import LockstepServer
import ProcessTestSupport
import Testing

/// TLS against clients that are not ours: curl and `openssl s_client`.
@Suite(.serialized) struct TLSTests {
    private static let pool = BlockingPool(threads: 2, queueLimit: 8, name: "clients")

    private static func run(_ name: String, _ arguments: [String], input: String = "") async throws
        -> ChildProcess
    {
        try await pool.run { try ChildProcess.run(name, arguments, input: input) }
    }

    private func withTLSServer(
        _ configure: @escaping @Sendable (inout ListenerConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (ServerFixture, String) async throws -> Void
    ) async throws {
        let certificate = try Certificate()
        defer { certificate.remove() }
        let authority = certificate.certificateFile
        try await withServer(
            {
                $0.tls = TLSConfiguration(
                    certificateFile: certificate.certificateFile, keyFile: certificate.keyFile)
                $0.http.maximumBodyBytes = 64_000_000
                configure(&$0)
            },
            responder: { request, _ in
                let body = try await request.body.collect(limit: 64_000_000)
                if request.path == "/large" {
                    return Response(200, body: .bytes([UInt8](repeating: 76, count: 20_000_000)))
                }
                return .text("\(request.isSecure) \(body.count)")
            },
            { fixture in try await body(fixture, authority) })
    }

    @Test func curlVerifiesTheCertificateAndGetsItsAnswers() async throws {
        try await withTLSServer { fixture, authority in
            let url = "https://localhost:\(fixture.address.port)/"
            let result = try await Self.run("curl", ["-sv", "--cacert", authority, url, url])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.text == "true 0true 0")
            #expect(result.errors.contains("ALPN: server accepted http/1.1"))
            #expect(result.errors.contains("TLSv1.3"))
            #expect(result.errors.contains("Re-using existing connection"))
            #expect(fixture.server.connections?.accepted == 1)
            let older = try await Self.run("curl", ["-sv", "--tls-max", "1.2", "--cacert", authority, url])
            #expect(older.status == 0 && older.errors.contains("TLSv1.2"), "\(older.errors)")
        }
    }

    @Test func largeContentGoesBothWays() async throws {
        try await withTLSServer { fixture, authority in
            let file = URL(fileURLWithPath: authority).deletingLastPathComponent().appendingPathComponent("upload")
            try Data(repeating: 85, count: 20_000_000).write(to: file)
            let base = "https://localhost:\(fixture.address.port)"
            let upload = try await Self.run(
                "curl", ["-s", "--cacert", authority, "--data-binary", "@\(file.path)", "\(base)/"])
            #expect(upload.text == "true 20000000", "\(upload.errors)")
            let download = try await Self.run(
                "curl", ["-s", "--limit-rate", "40M", "--cacert", authority, "\(base)/large"])
            #expect(download.output == Data(repeating: 76, count: 20_000_000))
        }
    }

    @Test func theServerSaysCloseNotifyAndSpeaksNothingOldOrUnknown() async throws {
        try await withTLSServer { fixture, authority in
            let address = "localhost:\(fixture.address.port)"
            let request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            let closed = try await Self.run(
                "openssl", ["s_client", "-connect", address, "-CAfile", authority, "-ign_eof", "-msg"], input: request)
            #expect(closed.text.contains("200 OK"), "\(closed.errors)")
            #expect(closed.text.contains("warning close_notify"), "no close_notify")
            let old = try await Self.run(
                "openssl", ["s_client", "-connect", address, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], input: "Q\n")
            #expect(old.text.contains("Cipher is (NONE)"), "\(old.text)")
            let unknown = try await Self.run(
                "openssl", ["s_client", "-connect", address, "-alpn", "h2"], input: "Q\n")
            #expect(unknown.errors.contains("no application protocol"), "\(unknown.errors)")
        }
    }

    @Test func aHandshakeThatDoesNotEndIsEnded() async throws {
        try await withTLSServer({ $0.tls?.handshakeTimeout = .milliseconds(50) }) { fixture, _ in
            let silent = try await fixture.connect()
            #expect(try await silent.receiveToEnd().isEmpty)
            silent.close()
            let plain = try await fixture.connect()
            try await plain.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n")
            _ = try? await plain.receiveToEnd()  // an alert, or a reset; no answer in clear
            plain.close()
            try await fixture.waitForConnections(0)
        }
    }

    @Test func filesThatCannotBeUsedAreNamed() async throws {
        let certificate = try Certificate()
        let other = try Certificate()
        defer {
            certificate.remove()
            other.remove()
        }
        let missing = certificate.directory.appendingPathComponent("missing.pem").path
        try await expect(.unreadable(file: missing, reason: "No such file or directory"), missing, certificate.keyFile)
        try await expect(.notACertificate(file: certificate.keyFile), certificate.keyFile, certificate.keyFile)
        try await expect(
            .notAPrivateKey(file: certificate.certificateFile), certificate.certificateFile,
            certificate.certificateFile)
        try await expect(
            .keyMismatch(certificateFile: certificate.certificateFile, keyFile: other.keyFile),
            certificate.certificateFile, other.keyFile)
    }

    private func expect(_ expected: TLSError, _ certificateFile: String, _ keyFile: String) async throws {
        let group = try EventLoopGroup(count: 1)
        defer { group.stop() }
        let tls = TLSConfiguration(certificateFile: certificateFile, keyFile: keyFile)
        let server = Server(
            ServerConfiguration(ListenerConfiguration(port: 0, tls: tls)), on: group,
            responder: ClosureResponder { _, _ in Response(200) })
        let error = await #expect(throws: ServerError.self) { try await server.start() }
        guard case .tls(let actual) = error else {
            Issue.record("unexpected: \(String(describing: error))")
            return
        }
        #expect(actual == expected)
    }
}
