/// Why the schema was not migrated. The text says where and what to do.
public struct MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of failure.
    public enum Kind: Sendable, Equatable {
        /// The files are not a sequence of migrations.
        case invalidFiles
        /// A migration that was applied has been changed since.
        case edited
        /// A migration that was applied is missing among the files.
        case missing
        /// A new migration has a lower number than one that was applied.
        case outOfOrder
        /// The database holds migrations that this program does not know yet.
        case newerDatabase
        /// Another instance holds the lock for too long.
        case locked
        /// A statement failed.
        case statement(SQLState)
        /// The database could not be reached or the connection was lost.
        case connection
        /// A migration cannot be undone.
        case notReversible
    }

    /// What kind of failure.
    public let kind: Kind
    /// `file:line` where there is one, what happened, what to do.
    public let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
