import LockstepPostgres
import LockstepRuntime
import Testing

@Suite(.enabled(if: TestDatabase.isAvailable))
struct QueryTests {
    @Test func aStatementReturnsItsRows() async throws {
        try await withPool { database in
            let rows = try await database.anonymous.query("select \(7) + 1 as n, \("text")::text as t")
            #expect(try rows.one().decode("n", as: Int.self) == 8)
            #expect(try rows.one()[1] == "text")
        }
    }

    @Test func aScopedHandleSendsTheIdentityWithEachStatement() async throws {
        try await withPool { database in
            let principal = Principal(subject: "user-1", roles: ["VENDOR"])
            let row = try await database.scoped(to: principal).query(
                "select current_setting('app.user_id', true), current_setting('app.role', true)"
            ).one()
            #expect(try row[0] == "user-1")
            #expect(try row[1] == "VENDOR")
        }
    }

    @Test func aTransactionCommitsAndAFailedOneLeavesNothing() async throws {
        try await withPool { database in
            let table = try #require(SQLIdentifier(uniqueName()))
            try await database.anonymous.execute("create table \(table) (n int primary key)")
            try await database.anonymous.withTransaction { transaction in
                try await transaction.execute("insert into \(table) values (\(1))")
            }
            await #expect(throws: PostgresError.self) {
                try await database.anonymous.withTransaction { transaction in
                    try await transaction.execute("insert into \(table) values (\(2))")
                    try await transaction.execute("insert into \(table) values (\(1))")
                }
            }
            #expect(try await database.anonymous.query("select n from \(table)").map { try $0[0] as Int } == [1])
        }
    }
}
