/// One run of a migrator on a connection of its own. Blocks its thread.
final class MigrationRun {
    /// "lockstep" in ASCII: the advisory lock that all instances share.
    private static let lock: Int64 = 0x6C6F_636B_7374_6570

    private let migrator: Migrator
    private let session: BlockingSession

    init(_ migrator: Migrator, _ parameters: ConnectionParameters) throws {
        self.migrator = migrator
        do {
            session = try BlockingSession(parameters, timeout: migrator.connectTimeout)
        } catch {
            throw MigrationError(.connection, "\(error.message) (DATABASE_URL)")
        }
    }

    func plan() throws -> MigrationPlan {
        let exists: Bool = try session.query("select to_regclass('lockstep.migrations') is not null").one()[0]
        let history = exists ? try readHistory() : MigrationHistory(entries: [])
        return try history.plan(try checksums(), acceptsNewer: migrator.acceptsNewerDatabase)
    }

    func migrate() throws -> [Migration] {
        try acquireLock()
        try makeTable()
        let checksums = try checksums()
        let plan = try readHistory().plan(checksums, acceptsNewer: migrator.acceptsNewerDatabase)
        for migration in plan.pending {
            guard let checksum = checksums.first(where: { $0.migration == migration })?.checksum else { continue }
            try apply(
                migration.text, migration,
                record: """
                    insert into lockstep.migrations (version, name, checksum)
                    values (\(migration.version), \(migration.name), \(checksum))
                    """)
        }
        return plan.pending
    }

    func revert(to version: Int64) throws -> [Migration] {
        try acquireLock()
        try makeTable()
        let plan = try readHistory().plan(try checksums(), acceptsNewer: false)
        let undone = plan.applied.filter { $0.version > version }.reversed()
        for migration in undone where migration.undoText == nil {
            throw MigrationError(
                .notReversible, "\(migration.file): cannot be undone, because there is no .down.sql beside it")
        }
        for migration in undone {
            try apply(
                migration.undoText ?? "", migration,
                record: "delete from lockstep.migrations where version = \(migration.version)")
        }
        return Array(undone)
    }

    private func acquireLock() throws {
        do {
            try session.query(
                "select set_config('lock_timeout', \("\(migrator.lockTimeout.wholeMilliseconds)"), false)")
            try session.query("select pg_advisory_lock(\(MigrationRun.lock))")
            try session.run(Array("reset lock_timeout".utf8))
        } catch {
            guard error.sqlState == .lockNotAvailable else { throw error }
            throw MigrationError(
                .locked, "another instance has been migrating for longer than \(migrator.lockTimeout): see its log")
        }
    }

    private func makeTable() throws {
        try session.run(
            Array(
                """
                create schema if not exists lockstep;
                create table if not exists lockstep.migrations (
                    version bigint primary key,
                    name text not null,
                    checksum text not null,
                    applied_at timestamptz not null default now()
                );
                """.utf8))
    }

    private func readHistory() throws -> MigrationHistory {
        let rows = try session.query("select version, name, checksum from lockstep.migrations order by version")
        return MigrationHistory(
            entries: try rows.map { row in
                MigrationHistory.Entry(version: try row[0], name: try row[1], checksum: try row[2])
            })
    }

    /// SHA-256 of each text, computed by the server: one implementation for every client.
    private func checksums() throws -> [ChecksummedMigration] {
        var found: [ChecksummedMigration] = []
        for migration in migrator.migrations {
            let bytes = Array(migration.text.utf8)
            let checksum: String = try session.query("select encode(sha256(\(bytes)), 'hex')").one()[0]
            found.append(ChecksummedMigration(migration: migration, checksum: checksum))
        }
        return found
    }

    private func apply(_ text: String, _ migration: Migration, record: SQL) throws {
        let inTransaction = !migration.runsOutsideTransaction
        if inTransaction { try session.run(Array("begin".utf8)) }
        do {
            for statement in StatementSplitter.split(text) {
                try run(statement, migration, inTransaction)
            }
            try session.query(record)
            if inTransaction { try session.run(Array("commit".utf8)) }
        } catch {
            if session.isInTransaction { _ = try? session.run(Array("rollback".utf8)) }
            if let error = error as? PostgresError { throw place(error, migration.file, 1) }
            throw error
        }
    }

    private func run(
        _ statement: StatementSplitter.Statement, _ migration: Migration, _ inTransaction: Bool
    ) throws(MigrationError) {
        do {
            try session.run(statement.text)
        } catch {
            throw place(error, migration.file, statement.line + MigrationRun.lines(in: statement.text, before: error))
        }
        guard session.isInTransaction == inTransaction else {
            throw MigrationError(
                .invalidFiles,
                "\(migration.file):\(statement.line): a migration must not begin or end the transaction itself"
                    + (inTransaction ? "; put \"-- lockstep: no-transaction\" on its first line" : ""))
        }
    }

    /// Line breaks between the start of a statement and the position that the server names.
    private static func lines(in text: [UInt8], before error: PostgresError) -> Int {
        guard let position = error.server?.position else { return 0 }
        return String(decoding: text, as: UTF8.self).unicodeScalars.prefix(max(0, position - 1)).count { $0 == "\n" }
    }

    private func place(_ error: PostgresError, _ file: String, _ line: Int) -> MigrationError {
        guard let server = error.server else {
            return MigrationError(.connection, "\(file):\(line): \(error.message)")
        }
        let hint = server.hint.map { " (\($0))" } ?? ""
        return MigrationError(
            .statement(server.sqlState),
            "\(file):\(line): \(server.severity) \(server.sqlState): \(server.message)\(hint)")
    }
}
