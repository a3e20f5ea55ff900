import LockstepPostgres
import LockstepRuntime
import Testing

/// What one request does must not reach another that shares its connection.
@Suite(.enabled(if: TestDatabase.isAvailable))
struct IsolationTests {
    /// T-04: a table with forced row-level security, seen by a role that owns nothing.
    private func withSecuredTable(
        connections: Int, _ body: @escaping @Sendable (Database, SQLIdentifier) async throws -> Void
    ) async throws {
        let role = uniqueName("app")
        let table = try #require(SQLIdentifier(uniqueName("rows")))
        let roleName = try #require(SQLIdentifier(role))
        try await withPool { database in
            try await database.anonymous.execute("create role \(roleName) login")
            try await database.anonymous.execute("create table \(table) (owner text not null, n int not null)")
            try await database.anonymous.execute("alter table \(table) enable row level security")
            try await database.anonymous.execute("alter table \(table) force row level security")
            try await database.anonymous.execute(
                """
                create policy own on \(table) using (owner = current_setting('app.user_id', true))
                    with check (owner = current_setting('app.user_id', true))
                """)
            try await database.anonymous.execute("grant select, insert, update on \(table) to \(roleName)")
            try await database.anonymous.execute(
                "insert into \(table) select 'user-' || u, 0 from generate_series(0, 9) u")
        }
        var configuration = TestDatabase.configuration(connections)
        configuration.connectionString = TestDatabase.url.replacing("postgres@", with: "\(role)@")
        try await withPool(configuration) { try await body($0, table) }
    }

    private func visibleRows(_ handle: some QueryRunner, _ table: SQLIdentifier) async throws -> Int {
        try await handle.query("select * from \(table)").count
    }

    @Test func withoutAnIdentityThereAreNoRows() async throws {
        try await withSecuredTable(connections: 1) { database, table in
            var seen: [Int] = []
            seen.append(try await visibleRows(database.anonymous, table))
            seen.append(try await visibleRows(database.scoped(to: Principal(subject: "user-1")), table))
            seen.append(try await visibleRows(database.anonymous, table))
            seen.append(try await visibleRows(database.system, table))
            #expect(seen == [0, 1, 0, 0], "the same connection each time")
        }
    }

    @Test func aThousandInterleavedRequestsSeeOnlyTheirOwnRows() async throws {
        try await withSecuredTable(connections: 2) { database, table in
            let leaks = try await withThrowingTaskGroup(of: Int.self) { group in
                for request in 0..<1000 {
                    group.addTask {
                        let user = "user-\(request % 10)"
                        let handle = database.scoped(to: Principal(subject: user))
                        switch request % 4 {
                        case 0:  // fails after the identity was set
                            _ = try? await handle.query("select owner, 1/(n - n) from \(table)")
                            return 0
                        case 1:
                            return try await handle.withTransaction { transaction in
                                try await transaction.execute("update \(table) set n = n + 1")
                                let rows = try await transaction.query("select owner from \(table)")
                                return try rows.count { try $0[0] != user } + (rows.count == 1 ? 0 : 1)
                            }
                        case 2:
                            return try await database.anonymous.query("select owner from \(table)").count
                        default:
                            let rows = try await handle.query("select owner from \(table)")
                            return try rows.count { try $0[0] != user } + (rows.count == 1 ? 0 : 1)
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(leaks == 0)
            #expect(database.pool.metrics.failed == 250)
        }
    }

    @Test func aThousandReadsThatShareTransactionsSeeOnlyTheirOwnRows() async throws {
        try await withSecuredTable(connections: 2) { database, table in
            let leaks = try await withThrowingTaskGroup(of: Int.self) { group in
                for request in 0..<1000 {
                    group.addTask {
                        let user = "user-\(request % 10)"
                        let handle = database.scoped(to: Principal(subject: user))
                        switch request % 5 {
                        case 0:  // fails after the identity was set, and those behind it are sent again
                            _ = try? await handle.read("select owner, 1/(n - n) from \(table)")
                            return 0
                        case 1: return try await database.anonymous.read("select owner from \(table)").count
                        case 2: return try await database.anonymous.query("select owner from \(table)").count
                        default:
                            let rows = try await handle.read("select owner from \(table)")
                            return try rows.count { try $0[0] != user } + (rows.count == 1 ? 0 : 1)
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(leaks == 0)
            #expect(database.pool.metrics.failed == 200)
        }
    }

    @Test func aRowOfSomebodyElseCannotBeWritten() async throws {
        try await withSecuredTable(connections: 1) { database, table in
            let handle = database.scoped(to: Principal(subject: "user-1"))
            let error = await #expect(throws: PostgresError.self) {
                try await handle.execute("insert into \(table) values ('user-2', 1)")
            }
            #expect(error?.sqlState == .insufficientPrivilege)
            let changed = try await handle.execute("update \(table) set n = 5 where owner = 'user-2'")
            #expect(changed == 0)
        }
    }

    @Test func aFailingNeighbourInThePipelineLeavesTheOthersAlone() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let table = try #require(SQLIdentifier(uniqueName()))
            try await database.anonymous.execute("create table \(table) (n int primary key check (n <> 13))")
            let failures = await withTaskGroup(of: Int.self) { group in
                for n in 0..<100 {
                    group.addTask {
                        // One turn of the loop: all of these share one write to the server.
                        do {
                            try await database.anonymous.execute(
                                "insert into \(table) values (\(Int32(n % 2 == 0 ? n : 13)))")
                            return 0
                        } catch {
                            return 1
                        }
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(failures == 50)
            let row = try await database.anonymous.query("select count(*), sum(n) from \(table)").one()
            #expect(try row[0] == 50)
            #expect(try row[1] == 2450)
        }
    }

    @Test func anErrorAtTheImplicitCommitFailsItsStatementOnly() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let table = try #require(SQLIdentifier(uniqueName()))
            try await database.anonymous.execute(
                "create table \(table) (n int unique deferrable initially deferred)")
            async let first = database.anonymous.execute("insert into \(table) values (1)")
            async let second = database.anonymous.execute("insert into \(table) values (1)")
            async let third = database.anonymous.query("select 3")
            #expect(try await first == 1)
            do {
                _ = try await second
                Issue.record("the deferred constraint did not fail")
            } catch let error as PostgresError {
                #expect(error.sqlState == .uniqueViolation)
            }
            #expect(try await third.count == 1)
        }
    }

    @Test func copyIsRefusedBeforeItIsSent() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let pid: Int = try await database.anonymous.query("select pg_backend_pid()").one()[0]
            let error = await #expect(throws: PostgresError.self) {
                try await database.anonymous.execute("copy (select 1) to stdout")
            }
            #expect(error?.code == .copyRefused)
            #expect(try await database.anonymous.query("select pg_backend_pid()").one()[0] == pid)
        }
    }

    @Test func aStatementWhoseTypesChangeIsPreparedAnew() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let table = try #require(SQLIdentifier(uniqueName()))
            try await database.anonymous.execute("create table \(table) (n int)")
            try await database.anonymous.execute("insert into \(table) values (7)")
            let query: SQL = "select * from \(table)"
            #expect(try await database.anonymous.query(query).one()[0] == Int32(7))
            try await database.anonymous.execute("alter table \(table) alter n type text")
            // `cached plan must not change result type`: several under way at once, all answered.
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<10 { group.addTask { try await database.anonymous.query(query).one()[0] } }
                return try await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(texts == Array(repeating: "7", count: 10))
            #expect(database.pool.metrics.resent >= 1)
            #expect(database.pool.metrics.failed == 0)
        }
    }

    @Test func aServerThatForgotItsStatementsIsToldAgain() async throws {
        try await withPool(TestDatabase.configuration(1)) { database in
            let handle = database.scoped(to: Principal(subject: "u"))
            #expect(try await handle.query("select 1").count == 1)
            // `deallocate all` by way of dynamic SQL, as a careless function might.
            try await database.anonymous.execute("do $$ begin execute 'deallocate all'; end $$")
            #expect(try await handle.query("select 1").count == 1)
            #expect(database.pool.metrics.failed == 0)
        }
    }

    @Test func aFullStatementCacheDeallocatesAndGoesOn() async throws {
        var configuration = TestDatabase.configuration(1)
        configuration.statementCacheSize = 3
        try await withPool(configuration) { database in
            for round in 0..<3 {
                for column in 0..<8 {
                    let name = try #require(SQLIdentifier("c\(column)"))
                    #expect(
                        try await database.anonymous.query("select \(Int32(round)) as \(name)").one()[0] == Int32(round)
                    )
                }
            }
            let kept: Int = try await database.anonymous.query("select count(*) from pg_prepared_statements").one()[0]
            #expect(kept <= 4)
        }
    }
}
