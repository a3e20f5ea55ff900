internal import LockstepPostgres
internal import PlatformCore

/// `platform migrate`: brings the schema up to date, or says what that would do.
struct MigrateCommand {
    private let database: Configuration.Database

    init(_ configuration: Configuration) {
        database = configuration.database
    }

    func run(dryRun: Bool) async throws {
        let migrator = try Migrator(database.url.text, directory: database.migrations)
        if dryRun {
            Console.print("\(try await migrator.plan())")
            return
        }
        let applied = try await migrator.migrate()
        for migration in applied { Console.print("migrate: applied \(migration.file)") }
        if applied.isEmpty { Console.print("migrate: the schema is up to date") }
    }

    /// Refuses a database whose schema is older than this program. A newer one is fine: the next version is being
    /// rolled out, and its migrations keep this one working.
    func check() async throws {
        var migrator = try Migrator(database.url.text, directory: database.migrations)
        migrator.acceptsNewerDatabase = true
        let pending = try await migrator.plan().pending
        guard pending.isEmpty else {
            throw CommandFailure(
                .migration,
                "the schema lacks \(pending.count) migration\(pending.count == 1 ? "" : "s"); run 'platform migrate'")
        }
    }
}
