import LockstepEventLoop
import LockstepRuntime
import Testing

@testable import LockstepPostgres

/// Reads of one turn of the loop share a transaction, and nothing else.
@Suite(.enabled(if: TestDatabase.isAvailable))
struct SharedReadTests {
    /// Runs `statement` for 0..<count in one turn of the loop, on one connection that knows the statements. A turn has a time
    /// limit, so that a task each would spread over several on a slow machine: these all begin within the job of the caller.
    private func together<Value: Sendable>(
        _ count: Int, _ database: Database, _ statement: @escaping @Sendable (Int) async throws -> Value
    ) async -> [Result<Value, any Error>] {
        await withTaskGroup(of: (Int, Result<Value, any Error>).self) { group in
            for index in 0..<count {
                group.addImmediateTask {
                    do { return (index, .success(try await statement(index))) } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var results: [(Int, Result<Value, any Error>)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    @Test func readsOfOneTurnShareATransactionOfAtMostEight() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let read: @Sendable (Int) async throws -> Timestamp = { _ in
                try await database.system.read("select now()").one()[0]
            }
            _ = try await read(0)
            let times = try await together(20, database, read).map { try $0.get() }
            let sizes = Dictionary(grouping: times) { $0 }.values.map(\.count)
            #expect(sizes.sorted() == [4, PostgresConnection.maximumShares, PostgresConnection.maximumShares])
            // Statements that may write have a transaction each.
            let alone = await together(20, database) { _ in
                let time: Timestamp = try await database.system.query("select now()").one()[0]
                return time
            }
            #expect(try Set(alone.map { try $0.get() }).count == 20)
        }
    }

    @Test func aBurstOfReadsWakesAnotherConnectionForEveryFourOfThem() async throws {
        try await withPool(TestDatabase.configuration(2)) { database in
            let read: @Sendable (Int) async throws -> Int32 = { _ in
                try await database.system.read("select pg_backend_pid()").one()[0]
            }
            // The second connection opens while the first is busy.
            var known: Set<Int32> = []
            for _ in 0..<1_000 where known.count < 2 {
                known.formUnion(try await together(12, database, read).map { try $0.get() })
            }
            let backends = try await together(8, database, read).map { try $0.get() }
            #expect(Dictionary(grouping: backends) { $0 }.values.map(\.count) == [4, 4])
        }
    }

    @Test func aReadCannotWrite() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let table = try #require(SQLIdentifier(uniqueName()))
            try await database.anonymous.execute("create table \(table) (n int)")
            for _ in 0..<2 {
                let error = await #expect(throws: PostgresError.self) {
                    try await database.system.read("insert into \(table) values (1) returning n")
                }
                #expect(error?.sqlState?.rawValue == "25006")
            }
            // The next statement on the connection may write again.
            #expect(try await database.system.execute("insert into \(table) values (2)") == 1)
            #expect(try await database.system.read("select n from \(table)").count == 1)
        }
    }

    @Test func oneReadThatFailsLeavesItsNeighboursTheirAnswers() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let read: @Sendable (Int) async throws -> Int32 = { n in
                try await database.system.read("select 100 / (\(Int32(n)) - 3)").one()[0]
            }
            _ = try await read(0)
            let results = await together(8, database, read)
            for (n, result) in results.enumerated() {
                switch result {
                case .success(let value): #expect(value == Int32(100 / (n - 3)))
                case .failure(let error): #expect(n == 3 && (error as? PostgresError)?.sqlState?.rawValue == "22012")
                }
            }
        }
    }

    @Test func aReadPastItsDeadlineEndsAloneAndItsNeighboursAreAnswered() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let read: @Sendable (Int) async throws -> Int = { n in
                let seconds: Double = n == 2 ? 60 : 0
                return try await database.system.read(
                    "select pg_sleep(\(seconds))", timeout: n == 2 ? .milliseconds(50) : nil
                ).count
            }
            _ = try await read(0)
            let results = await together(6, database, read)
            for (n, result) in results.enumerated() {
                switch result {
                case .success(let count): #expect(n != 2 && count == 1)
                case .failure(let error): #expect(n == 2 && (error as? PostgresError)?.code == .deadlineExceeded)
                }
            }
        }
    }

    @Test func cancelledReadsLeaveTheirNeighboursTheirAnswers() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            _ = try await database.system.read("select 1 from pg_sleep(\(0.0))")
            let tasks = (0..<60).map { n in
                Task(executorPreference: TestDatabase.loops.next()) {
                    try await database.system.read("select 1 from pg_sleep(\(n % 3 == 0 ? 0.005 : 0.0))").count
                }
            }
            for n in stride(from: 0, to: 60, by: 3) { tasks[n].cancel() }
            for (n, task) in tasks.enumerated() where n % 3 != 0 { #expect(try await task.value == 1) }
            for n in stride(from: 0, to: 60, by: 3) {
                // Cancelled, or answered before that.
                if case .failure(let error) = await task(tasks[n]) { #expect(error is CancellationError) }
            }
        }
    }

    private func task(_ task: Task<Int, any Error>) async -> Result<Int, any Error> { await task.result }
}
