internal import LockstepPostgres
internal import PlatformCore

/// `platform migrate`: brings the schema up to date, or says what that would do.
struct MigrateCommand {
    private let database: Configuration.Database

    init(_ configuration: Configuration) {
        database = configuration.database
    }

    func run(dryRun: Bool) async throws {
        let migrator = try migrator()
        if dryRun {
            Console.print("\(try await migrator.plan())")
            return
        }
        let applied = try await migrator.migrate()
        for migration in applied { Console.print("migrate: applied \(migration.file)") }
        if applied.isEmpty { Console.print("migrate: the schema is up to date") }
    }

    /// The migrations of `MIGRATIONS_DIR` on the database of `DATABASE_URL`, which is not connected to yet. A folder
    /// without any is a wrong path, or a volume that is not mounted.
    @discardableResult
    func migrator() throws -> Migrator {
        let migrator = try Migrator(database.url.text, directory: database.migrations)
        guard !migrator.migrations.isEmpty else {
            throw CommandFailure(.migration, "MIGRATIONS_DIR holds no migration such as 0001_users.sql")
        }
        return migrator
    }

    /// Refuses a database whose schema is older than this program. A newer one is fine: the next version is being
    /// rolled out, and its migrations keep this one working.
    func check() async throws {
        var migrator = try migrator()
        migrator.acceptsNewerDatabase = true
        let pending = try await migrator.plan().pending
        guard pending.isEmpty else {
            throw CommandFailure(
                .migration,
                "the schema lacks \(pending.count) migration\(pending.count == 1 ? "" : "s"); run 'platform migrate'")
        }
    }
}
