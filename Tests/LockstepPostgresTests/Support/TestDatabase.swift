import Foundation
import LockstepEventLoop
import LockstepPostgres
import PostgresTestSupport
import Synchronization

/// One server and one loop for all tests that need a database; each test has a schema or a pool of its own.
enum TestDatabase {
    enum Server {
        case url(String)
        case cluster(TestCluster)
        case missing
    }

    /// `LOCKSTEP_TEST_DATABASE_URL`, else a private cluster, else nothing, loudly.
    static let server: Server = {
        if let url = ProcessInfo.processInfo.environment["LOCKSTEP_TEST_DATABASE_URL"] { return .url(url) }
        guard TestCluster.binaries != nil else {
            print(
                "SKIPPED: tests that need PostgreSQL: no server binaries found and LOCKSTEP_TEST_DATABASE_URL is not set"
            )
            return .missing
        }
        do {
            return .cluster(try TestCluster())
        } catch {
            fatalError("the test cluster did not start: \(error)")
        }
    }()

    static var isAvailable: Bool { if case .missing = server { false } else { true } }

    static var url: String {
        switch server {
        case .url(let url): url
        case .cluster(let cluster): cluster.url()
        case .missing: ""
        }
    }

    /// The URL of another database of the same server.
    static func url(database: String) -> String {
        let parts = url.split(separator: "?", maxSplits: 1)
        guard let slash = parts.first?.lastIndex(of: "/") else { return url }
        return "\(parts[0][...slash])\(database)" + (parts.count == 2 ? "?\(parts[1])" : "")
    }

    static let loops: EventLoopGroup = {
        do {
            return try EventLoopGroup(count: 2)
        } catch {
            fatalError("no event loops: \(error)")
        }
    }()

    static let blocking = BlockingPool(threads: 2, queueLimit: 64)

    /// For starting servers, which takes seconds: the pools' cancel requests must not wait behind that.
    static let servers = BlockingPool(threads: 4, queueLimit: 64)

    /// A configuration with short pauses and much patience: all tests share two loops, and the machine may be busy.
    static func configuration(_ connections: Int = 3, url: String = url) -> PostgresConfiguration {
        var configuration = PostgresConfiguration(url)
        configuration.connectionsPerLoop = connections
        configuration.reconnectDelay = .milliseconds(5)
        configuration.maximumReconnectDelay = .milliseconds(50)
        configuration.waitTimeout = .seconds(60)
        configuration.connectTimeout = .seconds(60)
        configuration.statementTimeout = .seconds(90)
        return configuration
    }
}

/// Runs `body` on an event loop with a pool on that loop, and closes the pool behind it.
func withPool<Value: Sendable>(
    _ configuration: PostgresConfiguration = TestDatabase.configuration(),
    _ body: @escaping @Sendable (Database) async throws -> Value
) async throws -> Value {
    let loop = TestDatabase.loops.next()
    let pool = try PostgresPool(configuration, loops: [loop], blocking: TestDatabase.blocking)
    defer { pool.close() }
    return try await Task(executorPreference: loop) { try await body(Database(pool)) }.value
}

/// A table name that no other test uses.
func uniqueName(_ prefix: String = "t") -> String {
    "\(prefix)_\(UInt64.random(in: 0...UInt64.max))"
}

/// Waits until `condition` holds; throws when it does not within 60 s. Looks again and again, because what is waited for is
/// reported by the pool's counters only.
func until(_ condition: @Sendable () -> Bool) async throws {
    let deadline = LoopInstant.now.advanced(by: .seconds(60))
    while !condition() {
        guard LoopInstant.now < deadline else { throw ClusterError("what the test waits for did not happen in 60 s") }
        if let loop = EventLoop.current { try await loop.sleep(for: .milliseconds(1)) } else { await Task.yield() }
    }
}
