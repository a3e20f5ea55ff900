/// What a database has and what it lacks.
public struct MigrationPlan: Sendable, CustomStringConvertible {
    /// What was applied, in order.
    public let applied: [Migration]
    /// What is to be applied, in order.
    public let pending: [Migration]

    /// One line a migration, as `migrate --dry-run` prints it.
    public var description: String {
        if pending.isEmpty { return "up to date (\(applied.count) applied)" }
        let lines = pending.map { migration in
            "  \(migration.file)\(migration.runsOutsideTransaction ? " (outside a transaction)" : "")"
        }
        return "\(applied.count) applied, \(pending.count) to apply:\n" + lines.joined(separator: "\n")
    }
}

/// A migration and the SHA-256 of its text.
struct ChecksummedMigration {
    let migration: Migration
    let checksum: String
}

/// What the database says about its past.
struct MigrationHistory {
    struct Entry {
        let version: Int64
        let name: String
        let checksum: String
    }

    let entries: [Entry]

    /// Compares the past with the files; throws when they do not agree.
    func plan(_ migrations: [ChecksummedMigration], acceptsNewer: Bool) throws(MigrationError) -> MigrationPlan {
        let known = Dictionary(migrations.map { ($0.migration.version, $0) }, uniquingKeysWith: { first, _ in first })
        let newest = migrations.last?.migration.version ?? 0
        for entry in entries {
            guard let file = known[entry.version] else {
                if entry.version > newest {
                    if acceptsNewer { continue }
                    throw MigrationError(
                        .newerDatabase,
                        "the database has migration \(entry.version)_\(entry.name), which this program does not know: it is older"
                            + " than the database")
                }
                throw MigrationError(
                    .missing, "migration \(entry.version)_\(entry.name) was applied but its file is missing: restore it"
                )
            }
            guard file.checksum == entry.checksum else {
                throw MigrationError(
                    .edited,
                    "\(file.migration.file): was changed after it had been applied: restore it and add a new migration")
            }
        }
        let appliedVersions = Set(entries.map(\.version))
        let last = entries.last(where: { $0.version <= newest })?.version ?? 0
        let pending = migrations.map(\.migration).filter { !appliedVersions.contains($0.version) }
        if let early = pending.first(where: { $0.version < last }) {
            throw MigrationError(
                .outOfOrder,
                "\(early.file): its number is below \(last), which was applied before: give it the next free number")
        }
        return MigrationPlan(
            applied: migrations.map(\.migration).filter { appliedVersions.contains($0.version) }, pending: pending)
    }
}
