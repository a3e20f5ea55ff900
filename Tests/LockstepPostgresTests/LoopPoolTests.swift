import LockstepEventLoop
import LockstepRuntime
import Testing

@testable import LockstepPostgres

/// What one loop's pool does with its connections, seen from inside.
@Suite(.enabled(if: TestDatabase.isAvailable))
struct LoopPoolTests {
    @Test func connectionsThatAreClosedWithTheirPoolAreNotLost() async throws {
        try await withPool { database in
            _ = try await database.anonymous.query("select 1")
            #expect(database.pool.metrics.connections == 1)
            database.pool.close()
            #expect(database.pool.metrics.connections == 0)
            #expect(database.pool.metrics.lostConnections == 0)
        }
    }

    /// Hands `query` back to the pool as a connection does whose neighbour's fault has hit it.
    private nonisolated(nonsending) func resend(
        _ query: PendingQuery, from connection: PostgresConnection, to pool: LoopPool
    ) async throws -> PQResult {
        try await withUnsafeThrowingContinuation { continuation in
            query.continuation = continuation
            pool.counters.submitted()
            pool.connectionMustSend(connection, again: query)
        }
    }

    @Test func aStatementThatMustBeSentAgainGetsAConnectionOfItsOwn() async throws {
        try await withPool(TestDatabase.configuration(2)) { database in
            _ = try await database.anonymous.query("select 1")
            let pool = database.pool.poolForCaller()
            let connection = try #require(pool.connections.first)
            connection.use = .leased
            let result = try await resend(
                PendingQuery("select 7", deadline: .now.advanced(by: .seconds(20))), from: connection, to: pool)
            #expect(result.rowCount == 1)
            #expect(pool.connections.count == 2)
            connection.use = .shared
        }
    }

    @Test func aStatementThatMustBeSentAgainWaitsNoLongerThanAnyOther() async throws {
        var configuration = TestDatabase.configuration(1)
        configuration.waitTimeout = .milliseconds(50)
        try await withPool(configuration) { database in
            try await database.anonymous.withTransaction { transaction in
                _ = try await transaction.query("select 1")
                let pool = database.pool.poolForCaller()
                let connection = try #require(pool.connections.first)
                let query = PendingQuery("select 7", deadline: .now.advanced(by: .seconds(3600)))
                // It has waited before: that time must not count again.
                query.waitDeadline = .now
                let before = LoopInstant.now
                let error = await #expect(throws: PostgresError.self) {
                    _ = try await resend(query, from: connection, to: pool)
                }
                #expect(error?.code == .poolTimeout)
                #expect(LoopInstant.now >= before.advanced(by: .milliseconds(50)))
                #expect(database.pool.metrics.waiting == 0)
            }
        }
    }
}
