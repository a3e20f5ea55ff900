import LockstepPostgres
import LockstepRuntime
import Synchronization
import Testing

@Suite(.enabled(if: TestDatabase.isAvailable))
struct TransactionTests {
    private func makeTable(_ database: Database) async throws -> SQLIdentifier {
        let table = try #require(SQLIdentifier(uniqueName()))
        try await database.anonymous.execute("create table \(table) (id int primary key, n int not null)")
        try await database.anonymous.execute("insert into \(table) values (1, 0), (2, 0)")
        return table
    }

    private struct Stop: Error {}

    @Test func anErrorOfTheBodyRollsBackAndIsThrownOn() async throws {
        try await withPool { database in
            let table = try await makeTable(database)
            await #expect(throws: Stop.self) {
                try await database.anonymous.withTransaction { transaction in
                    try await transaction.execute("delete from \(table)")
                    throw Stop()
                }
            }
            #expect(try await database.anonymous.query("select * from \(table)").count == 2)
            #expect(database.pool.metrics.leased == 0)
        }
    }

    @Test func isolationAndAccessAreWhatWasAskedFor() async throws {
        try await withPool { database in
            let query: SQL = "select current_setting('transaction_isolation'), current_setting('transaction_read_only')"
            let seen = try await database.anonymous.withTransaction(isolation: .serializable, access: .readOnly) {
                transaction in
                let row = try await transaction.query(query).one()
                return [try row.decode(0, as: String.self), try row.decode(1, as: String.self)]
            }
            #expect(seen == ["serializable", "on"])
            let table = try await makeTable(database)
            let error = await #expect(throws: PostgresError.self) {
                try await database.anonymous.withTransaction(access: .readOnly) { transaction in
                    try await transaction.execute("delete from \(table)")
                }
            }
            #expect(error?.sqlState == .readOnlyTransaction)
        }
    }

    @Test func aSerializationFailureIsRunAgainWithOneEffect() async throws {
        try await withPool { database in
            let table = try await makeTable(database)
            let attempts = Mutex(0)
            try await database.anonymous.withTransaction { transaction in
                try await transaction.execute("update \(table) set n = n + 1 where id = 1")
                if attempts.withLock({
                    $0 += 1; return $0
                }) < 3 {
                    try await transaction.execute("do $$ begin raise exception using errcode = '40001'; end $$")
                }
            }
            #expect(attempts.withLock { $0 } == 3)
            let n: Int = try await database.anonymous.query("select n from \(table) where id = 1").one()[0]
            #expect(n == 1)
        }
    }

    @Test func retriesEndAndTheErrorIsThrown() async throws {
        try await withPool { database in
            let attempts = Mutex(0)
            let error = await #expect(throws: PostgresError.self) {
                try await database.anonymous.withTransaction(retries: 2) { transaction in
                    attempts.withLock { $0 += 1 }
                    try await transaction.execute("do $$ begin raise exception using errcode = '40P01'; end $$")
                }
            }
            #expect(error?.sqlState == .deadlockDetected)
            #expect(error?.problem.status.code == 503)
            #expect(attempts.withLock { $0 } == 3)
        }
    }

    @Test func aFailureThatTheBodyHidesIsStillRetried() async throws {
        try await withPool { database in
            let attempts = Mutex(0)
            try await database.anonymous.withTransaction { transaction in
                if attempts.withLock({
                    $0 += 1; return $0
                }) == 1 {
                    _ = try? await transaction.execute("do $$ begin raise exception using errcode = '40001'; end $$")
                }
            }
            #expect(attempts.withLock { $0 } == 2)
        }
    }

    @Test func otherErrorsAreNotRetriedAndAFailedTransactionDoesNotSeemToCommit() async throws {
        try await withPool { database in
            let attempts = Mutex(0)
            let error = await #expect(throws: PostgresError.self) {
                try await database.anonymous.withTransaction { transaction in
                    attempts.withLock { $0 += 1 }
                    _ = try? await transaction.execute("select 1/0")
                }
            }
            #expect(error?.code == .transactionAborted)
            #expect(attempts.withLock { $0 } == 1)
        }
    }

    @Test func twoRealSerializableTransactionsBothSucceedInTheEnd() async throws {
        try await withPool { database in
            let table = try await makeTable(database)
            // Each reads both rows and writes one: write skew, which serializable forbids.
            await withThrowingTaskGroup(of: Void.self) { group in
                for id in 1...2 {
                    group.addTask {
                        for _ in 0..<10 {
                            try await database.anonymous.withTransaction(isolation: .serializable, retries: 20) {
                                transaction in
                                let sum: Int = try await transaction.query("select sum(n) from \(table)").one()[0]
                                try await transaction.execute(
                                    "update \(table) set n = \(Int32(sum + 1)) where id = \(id)")
                            }
                        }
                    }
                }
            }
            let row = try await database.anonymous.query("select max(n), count(*) from \(table)").one()
            #expect(try row.decode(0, as: Int.self) >= 10)
            #expect(try row[1] == 2)
        }
    }

    @Test func aSavepointUndoesItsPartOnly() async throws {
        try await withPool { database in
            let table = try await makeTable(database)
            try await database.anonymous.withTransaction { transaction in
                try await transaction.execute("update \(table) set n = 1 where id = 1")
                let error = await #expect(throws: PostgresError.self) {
                    try await transaction.withSavepoint { inner in
                        try await inner.execute("update \(table) set n = 9")
                        try await inner.execute("insert into \(table) values (1, 0)")
                    }
                }
                #expect(error?.isConstraintViolation == true)
                try await transaction.withSavepoint { inner in
                    try await inner.execute("update \(table) set n = 2 where id = 2")
                }
            }
            let rows = try await database.anonymous.query("select n from \(table) order by id")
            #expect(try rows.map { try $0[0] as Int } == [1, 2])
        }
    }

    @Test func aCancelledTransactionIsRolledBackAndTheConnectionIsUsedAgain() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let table = try await makeTable(database)
            let before: Int = try await database.anonymous.query("select pg_backend_pid()").one()[0]
            let started = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await database.anonymous.withTransaction { transaction in
                    try await transaction.execute("delete from \(table)")
                    started.continuation.yield()
                    _ = try await transaction.query("select pg_sleep(60)")
                }
            }
            for await _ in started.stream { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await database.anonymous.query("select * from \(table)").count == 2)
            #expect(try await database.anonymous.query("select pg_backend_pid()").one()[0] == before)
        }
    }

    @Test func aTransactionCannotBeUsedAfterItsEnd() async throws {
        try await withPool { database in
            let kept = try await database.anonymous.withTransaction { $0 }
            let error = await #expect(throws: PostgresError.self) { try await kept.query("select 1") }
            #expect(error?.code == .transactionMisuse)
        }
    }

    @Test func transactionControlAndSessionSettingsAreRefused() async throws {
        try await withPool { database in
            for statement in ["commit", "set role postgres", "listen x", "savepoint a"] as [SQL] {
                let error = await #expect(throws: PostgresError.self) {
                    try await database.anonymous.withTransaction { try await $0.execute(statement) }
                }
                #expect(error?.code == .transactionMisuse)
            }
            try await database.anonymous.withTransaction { transaction in
                try await transaction.execute("set local work_mem = '1MB'")
            }
        }
    }

    @Test func transactionsOfMoreTasksThanConnectionsTakeTurns() async throws {
        try await withPool(TestDatabase.configuration(3)) { database in
            let table = try await makeTable(database)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<60 {
                    group.addTask {
                        if task % 3 == 0 {
                            try await database.anonymous.execute("update \(table) set n = n + 1 where id = 2")
                        } else {
                            try await database.anonymous.withTransaction { transaction in
                                try await transaction.execute("update \(table) set n = n + 1 where id = 1")
                                _ = try await transaction.query("select 1")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await database.anonymous.query("select n from \(table) order by id")
            #expect(try rows.map { try $0[0] as Int } == [40, 20])
            #expect(database.pool.metrics.leased == 0)
            #expect(database.pool.metrics.inFlight == 0)
        }
    }
}
