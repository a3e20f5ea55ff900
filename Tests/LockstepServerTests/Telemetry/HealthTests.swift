import LockstepRuntime
import Synchronization
import Testing

@testable import LockstepServer

@Suite("Health") struct HealthTests {
    /// A database that can be switched off and counts how often it was asked.
    final class Database: Sendable {
        let isUp = Atomic<Bool>(true)
        let asked = Atomic<Int>(0)

        var check: HealthCheck {
            HealthCheck("database") { [self] in
                asked.add(1, ordering: .relaxed)
                return isUp.load(ordering: .relaxed)
            }
        }
    }

    private let time = ManualTime(Timestamp(seconds: 1_795_248_000))

    private func ask(_ path: String, _ monitor: HealthMonitor, environment: String? = nil) async throws -> (Int, String)
    {
        let fallback = ClosureResponder { _, _ in Response(404) }
        let responder = HealthResponder(monitor, environment: environment, next: fallback)
        let response = try await responder.respond(to: Request(.get, path), RequestContext())
        guard case .bytes(let bytes) = response.body else { return (response.status.code, "") }
        #expect(response.headers["Cache-Control"] == "no-store")
        return (response.status.code, String(decoding: bytes, as: UTF8.self))
    }

    @Test func aHealthyInstanceSaysSo() async throws {
        let monitor = HealthMonitor([Database().check], time: time)
        #expect(try await ask("/health/live", monitor) == (200, #"{"status":"ok"}"#))
        #expect(try await ask("/health/ready", monitor) == (200, #"{"status":"ready"}"#))
        #expect(
            try await ask("/health", monitor, environment: "development") == (
                200,
                #"{"status":"ok","timestamp":"2026-11-21T08:00:00Z","environment":"development","services":{"database":"up"}}"#
            ))
        #expect(try await ask("/health/other", monitor) == (404, ""))
    }

    @Test func withoutItsDatabaseAnInstanceIsAliveButNotReady() async throws {
        let database = Database()
        database.isUp.store(false, ordering: .relaxed)
        let monitor = HealthMonitor([database.check], time: time)
        #expect(try await ask("/health/live", monitor).0 == 200)
        #expect(try await ask("/health/ready", monitor) == (503, #"{"status":"unready"}"#))
        let (status, body) = try await ask("/health", monitor)
        #expect(status == 503)
        #expect(body == #"{"status":"error","timestamp":"2026-11-21T08:00:00Z","services":{"database":"down"}}"#)
    }

    @Test func livenessNeverAsksTheDatabase() async throws {
        let database = Database()
        let monitor = HealthMonitor([database.check], time: time)
        for _ in 0..<10 { _ = try await ask("/health/live", monitor) }
        #expect(database.asked.load(ordering: .relaxed) == 0)
    }

    @Test func frequentProbesAskTheDatabaseOnceASecond() async throws {
        let database = Database()
        let monitor = HealthMonitor([database.check], time: time)
        for _ in 0..<10 { _ = try await ask("/health/ready", monitor) }
        #expect(database.asked.load(ordering: .relaxed) == 1)
        database.isUp.store(false, ordering: .relaxed)
        time.advance(by: .seconds(1))
        #expect(try await ask("/health/ready", monitor).0 == 503)
    }

    @Test func aShutdownMakesTheInstanceUnreadyAtOnce() async throws {
        let monitor = HealthMonitor([Database().check], time: time)
        #expect(try await ask("/health/ready", monitor).0 == 200)
        monitor.beginShutdown()
        #expect(try await ask("/health/ready", monitor).0 == 503)
        #expect(try await ask("/health/live", monitor).0 == 200)
    }

    @Test func whatIsNotRequiredDoesNotMakeTheInstanceUnready() async throws {
        let cache = HealthCheck("redis", isRequired: false) { false }
        let monitor = HealthMonitor([Database().check, cache], time: time)
        let (status, body) = try await ask("/health", monitor)
        #expect(status == 200)
        #expect(body.contains(#""redis":"down""#))
    }
}
