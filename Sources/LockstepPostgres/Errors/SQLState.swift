/// The server's five-character error code.
///
/// An open struct: codes without a name here are compared by ``rawValue``.
/// The list: <https://www.postgresql.org/docs/15/errcodes-appendix.html>.
public struct SQLState: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// Five characters, as in `23505`.
    public let rawValue: String

    /// A code by its five characters.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The code and, where it is known, its name.
    public var description: String {
        SQLState.names[rawValue].map { "\(rawValue) \($0)" } ?? rawValue
    }

    /// The first two characters: the class.
    public var errorClass: String { String(rawValue.prefix(2)) }

    /// A feature the server does not support; also a cached plan whose result type has changed.
    public static let featureNotSupported = SQLState(rawValue: "0A000")
    /// A foreign key points to nothing.
    public static let foreignKeyViolation = SQLState(rawValue: "23503")
    /// A value that must be unique exists already.
    public static let uniqueViolation = SQLState(rawValue: "23505")
    /// A `check` does not hold.
    public static let checkViolation = SQLState(rawValue: "23514")
    /// A column that must not be null would be.
    public static let notNullViolation = SQLState(rawValue: "23502")
    /// An `exclude` constraint does not hold.
    public static let exclusionViolation = SQLState(rawValue: "23P01")
    /// The transaction has failed before and takes no more statements.
    public static let inFailedTransaction = SQLState(rawValue: "25P02")
    /// A write in a read-only transaction.
    public static let readOnlyTransaction = SQLState(rawValue: "25006")
    /// The prepared statement is not known to the server.
    public static let invalidStatementName = SQLState(rawValue: "26000")
    /// Concurrent transactions cannot be put in an order.
    public static let serializationFailure = SQLState(rawValue: "40001")
    /// Two transactions wait for each other.
    public static let deadlockDetected = SQLState(rawValue: "40P01")
    /// The statement does not parse.
    public static let syntaxError = SQLState(rawValue: "42601")
    /// The role may not do this; also a row refused by a row-level security policy.
    public static let insufficientPrivilege = SQLState(rawValue: "42501")
    /// No such table.
    public static let undefinedTable = SQLState(rawValue: "42P01")
    /// No such column.
    public static let undefinedColumn = SQLState(rawValue: "42703")
    /// A lock was asked for with `nowait` or a timeout.
    public static let lockNotAvailable = SQLState(rawValue: "55P03")
    /// The statement was cancelled, by request or by `statement_timeout`.
    public static let queryCanceled = SQLState(rawValue: "57014")
    /// The server is shutting down or the connection was ended by an administrator.
    public static let adminShutdown = SQLState(rawValue: "57P01")
    /// The server is starting up or shutting down.
    public static let cannotConnectNow = SQLState(rawValue: "57P03")
    /// `raise exception` without a code.
    public static let raisedException = SQLState(rawValue: "P0001")

    private static let names = [
        "0A000": "feature_not_supported", "22001": "string_data_right_truncation",
        "22003": "numeric_value_out_of_range", "22012": "division_by_zero", "22021": "character_not_in_repertoire",
        "22P02": "invalid_text_representation", "23502": "not_null_violation", "23503": "foreign_key_violation",
        "23505": "unique_violation", "23514": "check_violation", "23P01": "exclusion_violation",
        "25006": "read_only_sql_transaction", "25P02": "in_failed_sql_transaction",
        "26000": "invalid_sql_statement_name", "28P01": "invalid_password", "3D000": "invalid_catalog_name",
        "40001": "serialization_failure", "40P01": "deadlock_detected", "42501": "insufficient_privilege",
        "42601": "syntax_error", "42703": "undefined_column", "42804": "datatype_mismatch",
        "42883": "undefined_function", "42P01": "undefined_table", "42P18": "indeterminate_datatype",
        "53300": "too_many_connections", "55P03": "lock_not_available", "57014": "query_canceled",
        "57P01": "admin_shutdown", "57P02": "crash_shutdown", "57P03": "cannot_connect_now",
        "P0001": "raise_exception",
    ]
}
