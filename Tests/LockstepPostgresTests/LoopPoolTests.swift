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

    @Test func whatABurstHasOpenedIsClosedWhenItHasBeenIdle() async throws {
        let time = ManualTime(Timestamp(seconds: 0))
        var configuration = TestDatabase.configuration(4)
        configuration.minimumConnectionsPerLoop = 2
        configuration.idleTimeout = .seconds(60)
        configuration.time = time
        try await withPool(configuration) { database in
            let pool = database.pool.poolForCaller()
            // A burst: three transactions, and a statement for which the last connection is opened.
            var leased: [PostgresConnection] = []
            for _ in 0..<3 { leased.append(try await pool.lease()) }
            _ = try await database.anonymous.query("select 1")
            for connection in leased { await pool.release(connection) }
            #expect(pool.connections.count == 4)
            pool.closeIdle()
            time.advance(by: .seconds(59))
            _ = try await database.anonymous.query("select 1")
            pool.closeIdle()
            #expect(pool.connections.count == 4, "none has been idle for a minute")
            time.advance(by: .seconds(1))
            pool.closeIdle()
            #expect(pool.connections.count == 2, "down to the minimum, and the used one stays")
            time.advance(by: .seconds(1000))
            pool.closeIdle()
            #expect(pool.connections.count == 2)
            #expect(database.pool.metrics.connections == 2)
            #expect(database.pool.metrics.lostConnections == 0)
            #expect(try await database.anonymous.query("select 1").count == 1)
        }
    }

    @Test func aBusyConnectionIsNotIdle() async throws {
        let time = ManualTime(Timestamp(seconds: 0))
        var configuration = TestDatabase.configuration(1)
        configuration.minimumConnectionsPerLoop = 0
        configuration.time = time
        try await withPool(configuration) { database in
            let pool = database.pool.poolForCaller()
            try await database.anonymous.withTransaction { transaction in
                _ = try await transaction.query("select 1")
                pool.closeIdle()
                time.advance(by: .seconds(3600))
                pool.closeIdle()
                #expect(pool.connections.count == 1, "a transaction holds it")
                #expect(try await transaction.query("select 1").count == 1)
            }
            pool.closeIdle()
            time.advance(by: .seconds(3600))
            pool.closeIdle()
            #expect(pool.connections.isEmpty)
        }
    }

    @Test func theTimerClosesThemWithoutBeingAsked() async throws {
        var configuration = TestDatabase.configuration(1)
        configuration.minimumConnectionsPerLoop = 0
        configuration.idleTimeout = .milliseconds(40)
        try await withPool(configuration) { database in
            _ = try await database.anonymous.query("select 1")
            try await until { database.pool.metrics.connections == 0 }
            #expect(try await database.anonymous.query("select 1").count == 1, "and opens one when it is needed")
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

    @Test func aStatementThatMustBeSentAgainWaitsAsLongAsAnyOther() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            try await database.anonymous.withTransaction { transaction in
                _ = try await transaction.query("select 1")
                let pool = database.pool.poolForCaller()
                let connection = try #require(pool.connections.first)
                let query = PendingQuery("select 7", deadline: .now.advanced(by: .seconds(3600)))
                // It has waited before: that time must not count again.
                query.waitDeadline = .now
                let before = LoopInstant.now
                pool.counters.submitted()
                pool.connectionMustSend(connection, again: query)
                #expect(query.waitDeadline >= before.advanced(by: pool.configuration.waitTimeout))
                #expect(query.waitDeadline < .distantFuture)
                #expect(pool.isSweeping, "somebody looks at the deadline")
                #expect(database.pool.metrics.waiting == 1)
                pool.cancel(query)
                #expect(database.pool.metrics.waiting == 0)
            }
        }
    }
}
