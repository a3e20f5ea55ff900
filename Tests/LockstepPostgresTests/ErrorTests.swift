import LockstepRuntime
import Testing

@testable import LockstepPostgres

@Suite(.enabled(if: TestDatabase.isAvailable))
struct ErrorTests {
    private let secret = "s3cr3t-v4lue"

    /// Statements that fail in ways that make the server quote values.
    @Test func noDescriptionQuotesAValue() async throws {
        try await withPool { database in
            let table = try #require(SQLIdentifier(uniqueName()))
            try await database.anonymous.execute(
                "create table \(table) (email text primary key, n int check (n > 0), u uuid, short varchar(3))")
            try await database.anonymous.execute("insert into \(table) (email) values (\(secret))")
            let statements: [SQL] = [
                "insert into \(table) (email) values (\(secret))",
                "insert into \(table) (email, n) values (\(secret + "2"), -1)",
                "insert into \(table) (email, u) values ('a', \(secret)::uuid)",
                "select \(secret)::int", "insert into \(table) (email, short) values ('b', \(secret))",
                "do $$ begin raise exception 's3cr3t-v4lue'; end $$", "select 's3cr3t-v4lue' as a, 1/0",
                "select s3cr3t_v4lue",
            ]
            for statement in statements {
                let error = try #require(
                    await #expect(throws: PostgresError.self) { try await database.anonymous.query(statement) })
                #expect(!"\(error)".contains("s3cr3t"), "\(error)")
                #expect(!error.localizedText.contains("s3cr3t"))
                #expect(!"\(error.problem)".contains("s3cr3t"))
            }
        }
    }

    @Test func aConstraintViolationNamesWhatWasViolated() async throws {
        try await withPool { database in
            let table = try #require(SQLIdentifier(uniqueName()))
            try await database.anonymous.execute("create table \(table) (id int constraint pk_of_test primary key)")
            try await database.anonymous.execute("insert into \(table) values (1)")
            let error = try #require(
                await #expect(throws: PostgresError.self) {
                    try await database.anonymous.execute("insert into \(table) values (1)")
                })
            #expect(error.sqlState == .uniqueViolation)
            #expect(error.severity == "ERROR")
            #expect(error.isConstraintViolation)
            #expect(!error.isRetryable)
            #expect(!error.isUnavailable)
            #expect(error.table == table.name)
            #expect(error.constraint == "pk_of_test")
            #expect(
                "\(error)"
                    == "PostgreSQL: ERROR 23505 unique_violation (table public.\(table.name), constraint pk_of_test)")
            #expect(String(reflecting: error).contains("Key (id)=(1) already exists."))
            #expect(error.problem.status.code == 500)
        }
    }

    @Test func aSyntaxErrorHasAPosition() async throws {
        try await withPool { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.anonymous.query("select from where")
            }
            #expect(error?.sqlState == .syntaxError)
            #expect(error?.server?.position == 13)
        }
    }
}

extension PostgresError {
    fileprivate var localizedText: String { String(describing: self as any Error) }
}

struct ConnectionParametersTests {
    @Test func aConnectionStringThatDoesNotParseIsNotRepeated() {
        let error = #expect(throws: PostgresError.self) {
            try ConnectionParameters(parsing: "postgresql://u:hunter2@host:port/db?what=1")
        }
        #expect(error?.code == .invalidConfiguration)
        #expect(!String(reflecting: error).contains("hunter2"))
    }

    @Test func urlsAndKeywordsAreRead() throws {
        let url = try ConnectionParameters(parsing: "postgresql://me:pw@db.example:6543/shop?sslmode=verify-full")
        #expect(url["host"] == "db.example")
        #expect(url["port"] == "6543")
        #expect(url["sslmode"] == "verify-full")
        #expect(url.needsResolving)
        #expect(try !ConnectionParameters(parsing: "host=/run/postgresql dbname=x").needsResolving)
        #expect(try !ConnectionParameters(parsing: "dbname=x").needsResolving)
        #expect(try !ConnectionParameters(parsing: "host=h hostaddr=10.0.0.1").needsResolving)
    }

    @Test func everyAddressOfANameIsTriedAndTheNameStaysForTLS() throws {
        let resolved = try ConnectionParameters(parsing: "host=localhost,/run/x port=1,2 dbname=d").resolved()
        let addresses = try #require(resolved["hostaddr"]).split(separator: ",", omittingEmptySubsequences: false)
        let hosts = try #require(resolved["host"]).split(separator: ",", omittingEmptySubsequences: false)
        #expect(addresses.count == hosts.count)
        #expect(hosts.dropLast().allSatisfy { $0 == "localhost" })
        #expect(hosts.last == "/run/x")
        #expect(addresses.last == "")
        #expect(addresses.contains { $0 == "127.0.0.1" || $0 == "::1" })
        #expect(!resolved.needsResolving)
    }
}
