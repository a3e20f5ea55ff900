import Foundation
import LockstepClient
import LockstepEventLoop
import LockstepRuntime
import LockstepServer
import ProcessTestSupport
import Testing

/// The transport over TLS, against this project's own server.
@Suite struct CurlSecurityTests {
    @Test func aCertificateMustBeTrustedAndForTheName() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lockstep-client-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (certificate, key) = (folder.appending(path: "c.pem").path(), folder.appending(path: "k.pem").path())
        let made = try ChildProcess.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
            ])
        try #require(made.status == 0, "\(made.errors)")
        var listener = ListenerConfiguration(port: 0)
        listener.tls = TLSConfiguration(certificateFile: certificate, keyFile: key)
        let loops = try EventLoopGroup(count: 1)
        let server = Server(
            ServerConfiguration(listener), on: loops,
            responder: ClosureResponder { request, _ in .text("\(request.method) \(request.isSecure)") })
        try await server.start()
        let port = try #require(server.address).port

        func send(_ host: String, trusting authorities: String?) async throws -> OutgoingResponse {
            let transport = try CurlTransport(certificateAuthorities: authorities)
            let url = try OutgoingURL("https://\(host):\(port)/")
            return try await transport.send(OutgoingRequest(.post, url, policy: .development))
        }
        let response = try await send("localhost", trusting: certificate)
        #expect(String(decoding: response.body, as: UTF8.self) == "POST true")
        for (host, authorities) in [("localhost", nil), ("127.0.0.1", certificate), ("localhost", "/nonexistent.pem")] {
            let error = await #expect(throws: OutgoingError.self) { try await send(host, trusting: authorities) }
            #expect(error?.code == .security, "\(host)")
        }
        await server.shutdown(drain: .milliseconds(50))
        loops.stop()
    }
}
