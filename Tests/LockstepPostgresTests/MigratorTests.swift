import Foundation
import Testing

@testable import LockstepPostgres

@Suite(.enabled(if: TestDatabase.isAvailable))
struct MigratorTests {
    /// An empty database of its own for each test.
    private func withDatabase(_ body: @Sendable (String) async throws -> Void) async throws {
        let name = uniqueName("migrate")
        let identifier = try #require(SQLIdentifier(name))
        _ = try await withPool { try await $0.anonymous.execute("create database \(identifier)") }
        try await body(TestDatabase.url(database: name))
    }

    private let users = Migration(
        version: 1, name: "users", text: "create table users (id int);", undoText: "drop table users")
    private let orders = Migration(
        version: 2, name: "orders", text: "create table orders (id int);\ninsert into orders values (1);",
        undoText: "drop table orders")

    @Test func migrationsAreAppliedOnceInOrder() async throws {
        try await withDatabase { url in
            let migrator = try Migrator(url, migrations: [orders, users])
            let plan = try await migrator.plan()
            #expect(plan.pending == [users, orders])
            #expect(plan.description == "0 applied, 2 to apply:\n  1_users.sql\n  2_orders.sql")
            #expect(try await migrator.plan().pending.count == 2, "a dry run changes nothing")
            #expect(try await migrator.migrate() == [users, orders])
            #expect(try await migrator.migrate() == [])
            #expect(try await migrator.plan().description == "up to date (2 applied)")
            try await withPool(TestDatabase.configuration(1, url: url)) { database in
                let orders = try await database.anonymous.query("select * from orders")
                #expect(orders.count == 1)
            }
        }
    }

    @Test func twoInstancesAtOnceMigrateOnce() async throws {
        try await withDatabase { url in
            let slow = Migration(version: 3, name: "slow", text: "select pg_sleep(0.2); create table slow (id int)")
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await Migrator(url, migrations: [users, orders, slow]).migrate().count }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(applied.sorted() == [0, 0, 0, 3])
        }
    }

    @Test func waitingForAnotherInstanceEnds() async throws {
        try await withDatabase { url in
            try await withPool(TestDatabase.configuration(1, url: url)) { database in
                // The lock that every migrator takes, held by somebody else.
                let key: Int64 = 0x6C6F_636B_7374_6570
                try await database.anonymous.withTransaction { transaction in
                    _ = try await transaction.query("select pg_advisory_xact_lock(\(key))")
                    var migrator = try Migrator(url, migrations: [users])
                    migrator.lockTimeout = .milliseconds(50)
                    let late = migrator
                    let error = await #expect(throws: MigrationError.self) { try await late.migrate() }
                    #expect(error?.kind == .locked)
                }
            }
            let applied = try await Migrator(url, migrations: [users]).migrate()
            #expect(applied == [users])
        }
    }

    @Test func editedMissingAndLateHistoryIsRefused() async throws {
        try await withDatabase { url in
            let third = Migration(version: 5, name: "late", text: "select 1")
            try await Migrator(url, migrations: [users, orders, third]).migrate()
            func kind(_ migrations: [Migration]) async -> MigrationError? {
                await #expect(throws: MigrationError.self) { try await Migrator(url, migrations: migrations).migrate() }
            }
            let edited = Migration(version: 1, name: "users", text: "create table users (id bigint);")
            let editedError = await kind([edited, orders, third])
            #expect(editedError?.kind == .edited)
            #expect(editedError?.description.hasPrefix("1_users.sql: was changed after it had been applied") == true)
            #expect(await kind([users, third])?.kind == .missing)
            #expect(await kind([users, orders])?.kind == .newerDatabase)
            let between = Migration(version: 3, name: "between", text: "select 1")
            #expect(await kind([users, orders, between, third])?.kind == .outOfOrder)
            var older = try Migrator(url, migrations: [users, orders])
            older.acceptsNewerDatabase = true
            #expect(try await older.migrate() == [])
        }
    }

    @Test func aFailureNamesFileAndLineAndLeavesNothingBehind() async throws {
        try await withDatabase { url in
            let text = """
                create table a (id int);

                -- a comment; with a semicolon
                insert into a values (1),
                    (oops);
                """
            let broken = Migration(version: 1, name: "broken", text: text, file: "migrations/0001_broken.sql")
            let error = await #expect(throws: MigrationError.self) {
                try await Migrator(url, migrations: [broken]).migrate()
            }
            #expect(error?.kind == .statement(.undefinedColumn))
            #expect(
                error?.description.hasPrefix("migrations/0001_broken.sql:5: ERROR 42703 undefined_column: ") == true)
            let runtime = Migration(version: 1, name: "zero", text: "create table a (id int);\nselect\n  1/0;")
            let zero = await #expect(throws: MigrationError.self) {
                try await Migrator(url, migrations: [runtime]).migrate()
            }
            #expect(zero?.description.hasPrefix("1_zero.sql:2: ERROR 22012") == true)
            try await withPool(TestDatabase.configuration(1, url: url)) { database in
                let isMissing: Bool = try await database.anonymous.query("select to_regclass('a') is null").one()[0]
                #expect(isMissing)
            }
        }
    }

    @Test func aMigrationMayRunOutsideATransaction() async throws {
        try await withDatabase { url in
            let text = "-- lockstep: no-transaction\ncreate index concurrently users_id on users (id);\nvacuum users;"
            let index = Migration(version: 2, name: "index", text: text)
            let applied = try await Migrator(url, migrations: [users, index]).migrate()
            #expect(applied.count == 2)
            let sneaky = Migration(version: 3, name: "sneaky", text: "select 1;\ncommit;")
            let error = await #expect(throws: MigrationError.self) {
                try await Migrator(url, migrations: [users, index, sneaky]).migrate()
            }
            #expect(error?.kind == .invalidFiles)
            #expect(error?.description.contains("3_sneaky.sql:2") == true)
        }
    }

    @Test func whatCanBeUndoneIsUndoneNewestFirst() async throws {
        try await withDatabase { url in
            let migrator = try Migrator(url, migrations: [users, orders])
            try await migrator.migrate()
            #expect(try await migrator.revert(to: 0) == [orders, users])
            #expect(try await migrator.plan().applied.isEmpty)
            #expect(try await migrator.migrate().count == 2, "and up again")
            let forGood = Migration(version: 3, name: "final", text: "select 1")
            let longer = try Migrator(url, migrations: [users, orders, forGood])
            try await longer.migrate()
            let error = await #expect(throws: MigrationError.self) { try await longer.revert(to: 1) }
            #expect(error?.kind == .notReversible)
        }
    }

    @Test func aDirectoryIsRead() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(uniqueName("migrations"))
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: directory.appendingPathComponent(name))
        }
        try write("0002_b.sql", "select 2")
        try write("0001_a_b.sql", "select 1")
        try write("0001_a_b.down.sql", "select -1")
        try write("README.md", "no migration")
        let migrator = try Migrator("dbname=x", directory: directory.path)
        #expect(migrator.migrations.map(\.version) == [1, 2])
        #expect(migrator.migrations.map(\.name) == ["a_b", "b"])
        #expect(migrator.migrations.map(\.undoText) == ["select -1", nil])
        try write("2_twice.sql", "")
        #expect(throws: MigrationError.self) { try Migrator("dbname=x", directory: directory.path) }
        try write("nonumber.sql", "")
        let error = #expect(throws: MigrationError.self) { try Migrator("dbname=x", directory: directory.path) }
        #expect(error?.description.contains("nonumber.sql: a migration is called NUMBER_NAME.sql") == true)
        #expect(throws: MigrationError.self) { try Migrator("dbname=x", directory: "/nonexistent") }
    }

    @Test func noDatabaseIsOneClearLine() async throws {
        let migrator = try Migrator("postgresql://u:hunter2@/db?host=/nonexistent", migrations: [users])
        let error = await #expect(throws: MigrationError.self) { try await migrator.migrate() }
        #expect(error?.kind == .connection)
        #expect(error?.description.contains("hunter2") == false)
    }
}

struct StatementSplitterTests {
    private func split(_ text: String) -> [String] {
        StatementSplitter.split(text).map { "\($0.line): \(String(decoding: $0.text, as: UTF8.self))" }
    }

    @Test func semicolonsInsideOfThingsDoNotEndAStatement() {
        #expect(split("select 1;;\n select 2 ;\n") == ["1: select 1", "2: select 2 "])
        #expect(split("select ';', E'\\';', \";\" ;select 2") == ["1: select ';', E'\\';', \";\" ", "1: select 2"])
        #expect(split("select 'a''; b'; select 'e\\'; select 3").count == 3)
        #expect(split("-- a;\n/* b; /* c; */ ; */ select 1").map { $0.prefix(2) } == ["2:"])
        #expect(split("do $$ begin; $a$;$a$ $$; select $1; select a$b$;").count == 3)
        #expect(split("create function f() returns int as $f$ begin; end $f$ language sql; select 1").count == 2)
        #expect(split("create rule r as on insert to t do (select 1; select 2); select 3").count == 2)
    }

    @Test func sqlFunctionBodiesAreOneStatement() {
        let body =
            "create or replace function f(a int) returns int begin atomic select case when a > 0 then 1 end; select 2; end; select 3"
        #expect(split(body).count == 2)
        #expect(
            split("create procedure p() begin atomic insert into t values (1); end; begin; select 1; end").count == 4)
    }

    @Test func nothingIsNoStatement() {
        #expect(split("") == [])
        #expect(split(" -- only a comment") == [])
        #expect(split("/* open") == [])
    }
}
