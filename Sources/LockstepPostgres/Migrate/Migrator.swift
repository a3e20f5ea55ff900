public import LockstepEventLoop

/// Brings a database's schema up to date with numbered SQL files.
///
/// - Each migration runs once, in the order of the numbers, in a transaction of its own together with its entry in
///   `lockstep.migrations`; one whose first line says `-- lockstep: no-transaction` runs without.
/// - An advisory lock lets one instance at a time do this; the others wait and then find nothing left to do.
/// - A file that was changed or removed after it had been applied is refused, and so is a new one with an old number.
public struct Migrator: Sendable {
    /// The migrations, in order.
    public let migrations: [Migration]
    /// How long to wait for another instance that is migrating.
    public var lockTimeout: Duration = .seconds(300)
    /// How long connecting may take.
    public var connectTimeout: Duration = .seconds(10)
    /// Whether a database with newer migrations than these is fine: for instances of the last version that restart while the
    /// new one is rolled out.
    public var acceptsNewerDatabase = false
    private let parameters: ConnectionParameters
    private let blocking: BlockingPool

    /// Migrations from a directory of `0001_name.sql` (and `0001_name.down.sql`).
    public init(_ connectionString: String, directory: String, blocking: BlockingPool = BlockingPool(threads: 1)) throws
    {
        try self.init(connectionString, migrations: try MigrationFiles.read(directory), blocking: blocking)
    }

    /// Migrations that the program holds.
    public init(
        _ connectionString: String, migrations: [Migration], blocking: BlockingPool = BlockingPool(threads: 1)
    ) throws {
        let ordered = migrations.sorted { $0.version < $1.version }
        for (one, next) in zip(ordered, ordered.dropFirst()) where one.version == next.version {
            throw MigrationError(
                .invalidFiles, "\(next.file): the number \(next.version) is taken by \(one.file)")
        }
        self.migrations = ordered
        self.blocking = blocking
        var parameters = try ConnectionParameters(parsing: connectionString)
        parameters.setDefault("application_name", "lockstep migrate")
        parameters["client_encoding"] = "UTF8"
        self.parameters = parameters
    }

    /// What would be applied, without changing anything (`--dry-run`).
    public nonisolated(nonsending) func plan() async throws -> MigrationPlan {
        try await blocking.run { try MigrationRun(self, parameters).plan() }
    }

    /// Applies what is missing and returns it.
    @discardableResult
    public nonisolated(nonsending) func migrate() async throws -> [Migration] {
        try await blocking.run { try MigrationRun(self, parameters).migrate() }
    }

    /// Undoes every migration after `version`, newest first; each needs its `.down.sql`. Returns what was undone.
    @discardableResult
    public nonisolated(nonsending) func revert(to version: Int64) async throws -> [Migration] {
        try await blocking.run { try MigrationRun(self, parameters).revert(to: version) }
    }
}
