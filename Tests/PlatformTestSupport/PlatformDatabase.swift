import Foundation
public import LockstepEventLoop
public import LockstepPostgres
import PostgresTestSupport
import ProcessTestSupport
import Synchronization

/// A database of its own for a test, with all migrations, copied from a template that each process makes once.
public final class PlatformDatabase: Sendable {
    /// With the rights of who migrates.
    public let owner: Database
    /// With the auth service's role.
    public let auth: Database
    /// With the payments service's role.
    public let payments: Database
    /// `postgresql://…`, with the rights of who migrates.
    public let url: String
    /// The loop that the connections live on.
    public let loop: EventLoop

    private init(url: String, loop: EventLoop) throws {
        self.url = url
        self.loop = loop
        func database(_ role: String?) throws -> Database {
            var configuration = PostgresConfiguration(url)
            configuration.connectionsPerLoop = 4
            // All tests share two loops, and the machine may be busy.
            configuration.waitTimeout = .seconds(60)
            configuration.connectTimeout = .seconds(60)
            configuration.statementTimeout = .seconds(90)
            configuration.role = role
            return Database(
                try PostgresPool(configuration, loops: [loop], blocking: PlatformDatabase.blocking))
        }
        owner = try database(nil)
        auth = try database("auth_svc")
        payments = try database("payments_svc")
    }

    /// Threads for what blocks.
    public static let blocking = BlockingPool(threads: 2, queueLimit: 256)

    /// Whether there is a PostgreSQL server to test with; says loudly when not.
    public static var isAvailable: Bool { server != nil }

    /// Runs `body` on an event loop with a fresh database, and drops the database behind it.
    @discardableResult
    public static func with<Value: Sendable>(
        _ body: @escaping @Sendable (PlatformDatabase) async throws -> Value
    ) async throws -> Value {
        guard let server else { throw ClusterError("no PostgreSQL") }
        await gate.enter()
        defer { gate.leave() }
        let name = "platform_\(UInt64.random(in: 0...UInt64.max))"
        try server.run("create database \(name) template \(server.template)")
        let loop = loops.next()
        let database = try PlatformDatabase(url: server.url(name), loop: loop)
        let result = await Task(executorPreference: loop) { try await body(database) }.result
        for pool in [database.owner, database.auth, database.payments].map(\.pool) { pool.close() }
        try server.run("drop database if exists \(name) with (force)")
        return try result.get()
    }

    /// Each test takes up to twelve connections: all at once would be more than the server has.
    private static let gate = Gate(places: 4)

    private static let loops: EventLoopGroup = {
        do { return try EventLoopGroup(count: 2) } catch { fatalError("no event loops: \(error)") }
    }()

    private static let server: TemplateServer? = {
        do {
            return try TemplateServer()
        } catch {
            print("SKIPPED: tests that need PostgreSQL: \(error)")
            return nil
        }
    }()
}

/// A server with a template database that has all migrations.
private final class TemplateServer: Sendable {
    let template = "platform_template_\(getpid())"
    private let base: String
    private let cluster: TestCluster?

    init() throws {
        if let url = ProcessInfo.processInfo.environment["LOCKSTEP_TEST_DATABASE_URL"] {
            base = url
            cluster = nil
        } else {
            guard TestCluster.binaries != nil else {
                throw ClusterError("no server binaries found and LOCKSTEP_TEST_DATABASE_URL is not set")
            }
            let cluster = try TestCluster()
            self.cluster = cluster
            base = cluster.url()
        }
        try run("drop database if exists \(template)")
        try run("create database \(template)")
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../migrations")
            .standardized
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
        where file.hasSuffix(".sql") {
            try psql(["-1", "-f", folder.appending(path: file).path()], url(template))
        }
    }

    /// The same server, another database.
    func url(_ database: String) -> String {
        let end = base.firstIndex(of: "?") ?? base.endIndex
        guard let slash = base[..<end].lastIndex(of: "/") else { return base }
        return base[...slash] + database + base[end...]
    }

    func run(_ statement: String) throws {
        try psql(["-c", statement], base)
    }

    private func psql(_ arguments: [String], _ url: String) throws {
        let done = try ChildProcess.run("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url] + arguments)
        guard done.status == 0 else { throw ClusterError("psql: \(done.errors.suffix(500))") }
    }
}
