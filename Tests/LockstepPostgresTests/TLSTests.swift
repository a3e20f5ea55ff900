import LockstepEventLoop
import PostgresTestSupport
import Testing

@testable import LockstepPostgres

/// Connections over TLS: who is believed, and that the pipeline works the same.
@Suite(.enabled(if: TestCluster.binaries != nil))
struct PostgresTLSTests {
    private func withCluster(_ body: @escaping @Sendable (TLSCluster) async throws -> Void) async throws {
        let cluster = try await TestDatabase.servers.run {
            let cluster = try TLSCluster()
            try cluster.run("create role certified login")
            return cluster
        }
        defer { cluster.stop() }
        try await body(cluster)
    }

    /// Why the pool gets no connection with this URL.
    private func refusal(_ url: String) async throws -> String {
        try await withPool(TestDatabase.configuration(1, url: url)) { database in
            let waiting = Task { try await database.anonymous.query("select 1") }
            try await until { database.pool.metrics.connectFailures > 0 || database.pool.metrics.connections > 0 }
            #expect(database.pool.metrics.connections == 0)
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            return database.pool.poolForCaller().lastConnectError?.debugDescription ?? ""
        }
    }

    @Test func verifyFullBelievesTheAuthorityItWasGivenAndThePipelineWorks() async throws {
        try await withCluster { cluster in
            let url = cluster.url(["sslmode": "verify-full", "sslrootcert": cluster.certificates.file("ca.pem")])
            try await withPool(TestDatabase.configuration(2, url: url)) { database in
                let session = try await database.anonymous.query(
                    "select ssl, version from pg_stat_ssl where pid = pg_backend_pid()"
                ).one()
                #expect(try session[0] as Bool)
                #expect(try (session[1] as String).hasPrefix("TLSv1."))
                // More than a TLS record, in both directions, and many at once.
                let large = String(repeating: "x", count: 300_000)
                let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                    for n in 0..<100 {
                        group.addTask { try await database.anonymous.query("select \(n)").one()[0] }
                    }
                    for _ in 0..<4 {
                        group.addTask {
                            let text = try await database.anonymous.query("select \(large) || 'y'").one()[0] as String
                            #expect(text == large + "y")
                            return 0
                        }
                    }
                    return try await group.reduce(0, +)
                }
                #expect(answers == 4950)
                // A cancel request has its own connection.
                let late = await #expect(throws: PostgresError.self) {
                    try await database.anonymous.query("select pg_sleep(60)", timeout: .milliseconds(50))
                }
                #expect(late?.code == .deadlineExceeded)
            }
        }
    }

    @Test func anotherAuthorityAndAnotherNameAreRefused() async throws {
        try await withCluster { cluster in
            let other = try await TestDatabase.servers.run { try CertificateFolder() }
            defer { other.remove() }
            let authority = cluster.certificates.file("ca.pem")
            let wrongAuthority = try await refusal(
                cluster.url(["sslmode": "verify-full", "sslrootcert": other.file("ca.pem")]))
            #expect(wrongAuthority.contains("certificate verify failed"), "\(wrongAuthority)")
            let wrongName = try await refusal(
                cluster.url(host: "127.0.0.1", ["sslmode": "verify-full", "sslrootcert": authority]))
            #expect(wrongName.contains("does not match host name"), "\(wrongName)")
            let plain = try await refusal(cluster.url(["sslmode": "disable"]))
            #expect(plain.contains("no encryption"), "\(plain)")
        }
    }

    @Test func aClientCertificateProvesWhoTheUserIs() async throws {
        try await withCluster { cluster in
            let files = cluster.certificates
            var parameters = ["sslmode": "verify-full", "sslrootcert": files.file("ca.pem")]
            let without = try await refusal(cluster.url(user: "certified", parameters))
            #expect(without.contains("certificate"), "\(without)")
            parameters["sslcert"] = files.file("client.pem")
            parameters["sslkey"] = files.file("client.key")
            let url = cluster.url(user: "certified", parameters)
            try await withPool(TestDatabase.configuration(1, url: url)) { database in
                let row = try await database.anonymous.query(
                    "select current_user::text, client_dn from pg_stat_ssl where pid = pg_backend_pid()"
                ).one()
                #expect(try row[0] as String == "certified")
                #expect(try row[1] as String == "/CN=certified")
            }
        }
    }
}
