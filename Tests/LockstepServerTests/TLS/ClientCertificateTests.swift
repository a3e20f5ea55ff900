import Foundation
import LockstepEventLoop
import LockstepRuntime
import LockstepServer
import ProcessTestSupport
import Testing

/// Certificates of clients, which are curl with files that the `openssl` tool has made.
@Suite(.serialized) struct ClientCertificateTests {
    private static let pool = BlockingPool(threads: 2, queueLimit: 8, name: "clients")

    private func curl(_ fixture: ServerFixture, _ arguments: [String], _ authority: Certificate) async throws
        -> ChildProcess
    {
        let url = "https://localhost:\(fixture.address.port)/"
        let words = ["-sS", "--cacert", authority.certificateFile] + arguments + [url, url]
        return try await Self.pool.run { try ChildProcess.run("curl", words) }
    }

    /// A server that answers with what it knows of the client.
    private func withServer(
        _ authority: Certificate, _ clients: TLSConfiguration.ClientCertificates,
        _ body: @escaping @Sendable (ServerFixture) async throws -> Void
    ) async throws {
        try await LockstepServerTests.withServer(
            {
                var tls = TLSConfiguration(certificateFile: authority.certificateFile, keyFile: authority.keyFile)
                tls.clientCertificates = clients
                $0.tls = tls
            },
            responder: { request, _ in
                guard let client = request.clientCertificate else { return .text("nobody;") }
                let names = client.dnsNames + client.uris + client.mailAddresses
                let facts = [client.subject, client.issuer, client.serialNumber, client.fingerprint]
                return .text((facts + names).joined(separator: " ") + ";")
            }, body)
    }

    @Test func aClientThatIsVouchedForIsKnownAndOneWithoutACertificateIsNot() async throws {
        let authority = try Certificate()
        defer { authority.remove() }
        let file = authority.certificateFile
        try await withServer(authority, .requested(authorityFile: file)) { fixture in
            let names = "DNS:a.example,URI:spiffe://example/a,email:a@example.com,IP:10.0.0.1,DNS:b.example"
            let client = try authority.client("/O=Example/CN=Zoë", names: names)
            let known = try await curl(fixture, ["--cert", client.certificateFile, "--key", client.keyFile], authority)
            let facts = [
                "CN=Zoë,O=Example", "CN=localhost", "1F2E", try Certificate.fingerprint(of: client.certificateFile),
                "a.example", "b.example", "spiffe://example/a", "a@example.com",
            ].joined(separator: " ")
            #expect(known.text == "\(facts);\(facts);", "\(known.errors)")
            let older = try await curl(
                fixture, ["--tls-max", "1.2", "--cert", client.certificateFile, "--key", client.keyFile], authority)
            #expect(older.text == known.text, "\(older.errors)")
            let unknown = try await curl(fixture, [], authority)
            #expect(unknown.text == "nobody;nobody;", "\(unknown.errors)")
        }
    }

    @Test func aClientThatNobodyVouchesForIsNotServed() async throws {
        let authority = try Certificate()
        let other = try Certificate()
        defer {
            authority.remove()
            other.remove()
        }
        let file = authority.certificateFile
        let stranger = try other.client("/CN=Stranger", names: "DNS:a.example")
        let words = ["--cert", stranger.certificateFile, "--key", stranger.keyFile]
        for clients in [
            TLSConfiguration.ClientCertificates.requested(authorityFile: file), .required(authorityFile: file),
        ] {
            try await withServer(authority, clients) { fixture in
                let refused = try await curl(fixture, words, authority)
                #expect(refused.status != 0 && refused.text.isEmpty, "\(refused.text)")
            }
        }
        try await withServer(authority, .required(authorityFile: file)) { fixture in
            let without = try await curl(fixture, [], authority)
            #expect(without.status != 0 && without.text.isEmpty, "\(without.text)")
        }
        try await withServer(authority, .ignored) { fixture in
            let unasked = try await curl(fixture, words, authority)
            #expect(unasked.text == "nobody;nobody;", "\(unasked.errors)")
        }
    }

    @Test func aFileWithoutAuthoritiesIsNamed() throws {
        let certificate = try Certificate()
        defer { certificate.remove() }
        var tls = TLSConfiguration(certificateFile: certificate.certificateFile, keyFile: certificate.keyFile)
        tls.clientCertificates = .required(authorityFile: certificate.keyFile)
        #expect(throws: TLSError.notAnAuthority(file: certificate.keyFile)) { try tls.check() }
        tls.clientCertificates = .requested(authorityFile: "/nowhere")
        #expect(throws: TLSError.unreadable(file: "/nowhere", reason: "No such file or directory")) { try tls.check() }
    }
}
