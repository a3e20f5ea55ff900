/// Why a statement, a connection or the pool failed.
///
/// ``description`` names codes and schema objects only: server messages can quote parameters (`invalid input syntax for
/// type uuid: "…"`) and `DETAIL` quotes rows (`Key (email)=(…) already exists.`). The full text is in ``message`` and
/// `String(reflecting:)`.
public struct PostgresError: Error, Sendable {
    /// What kind of failure.
    public let code: Code
    /// What the server said, when it was the server that refused.
    public let server: ServerFields?
    /// A sentence without data from outside, for failures on our side.
    let reason: String
    /// Diagnostics from libpq that may name hosts and users; for `String(reflecting:)`.
    let diagnostics: String?

    init(_ code: Code, _ reason: String, diagnostics: String? = nil) {
        self.code = code
        self.reason = reason
        self.diagnostics = diagnostics
        server = nil
    }

    init(server: ServerFields) {
        code = .server
        self.server = server
        reason = ""
        diagnostics = nil
    }

    /// The server's error code.
    public var sqlState: SQLState? { server?.sqlState }
    /// `ERROR`, `FATAL`, …
    public var severity: String? { server?.severity }
    /// The server's message, which may contain data; our own sentence otherwise.
    public var message: String { server?.message ?? reason }
    /// The constraint that was violated.
    public var constraint: String? { server?.constraint }
    /// The table that the error is about.
    public var table: String? { server?.table }
    /// The column that the error is about.
    public var column: String? { server?.column }

    /// Whether the same transaction may succeed when it is run again from its start.
    public var isRetryable: Bool {
        guard let server else { return false }
        return server.sqlState == .serializationFailure || server.sqlState == .deadlockDetected || server.isStalePlan
    }

    /// Whether an integrity constraint refused the change (class 23).
    public var isConstraintViolation: Bool { sqlState?.errorClass == "23" }

    /// Whether the database could not be reached or had no room: a service answers 503 and may ask to retry.
    public var isUnavailable: Bool {
        if let state = server?.sqlState {
            // 57P0x: shutdown or start-up; 53: insufficient resources; 08: connection.
            return state.rawValue.hasPrefix("57P0") || state.errorClass == "53" || state.errorClass == "08"
        }
        return Code.unavailable.contains(code)
    }

    /// Whether a deadline or `statement_timeout` ended it.
    public var isTimeout: Bool { code == .deadlineExceeded || sqlState == .queryCanceled }

    /// Seconds after which a retry makes sense, when ``isUnavailable``.
    public var retryAfterSeconds: Int? { isUnavailable ? 1 : nil }
}

extension PostgresError {
    /// What kind of failure. An open struct, so that a new one breaks no switch.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// A stable name.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The server answered with an error; see ``PostgresError/server``.
        public static let server = Code(rawValue: "server")
        /// The connection broke while the statement was under way. Whether a change took effect is not known.
        public static let connectionLost = Code(rawValue: "connectionLost")
        /// No connection could be made.
        public static let connectFailed = Code(rawValue: "connectFailed")
        /// Every connection was busy and the queue was full.
        public static let poolExhausted = Code(rawValue: "poolExhausted")
        /// The request waited in the queue for as long as it may.
        public static let poolTimeout = Code(rawValue: "poolTimeout")
        /// The pool was shut down.
        public static let poolClosed = Code(rawValue: "poolClosed")
        /// The statement's deadline passed.
        public static let deadlineExceeded = Code(rawValue: "deadlineExceeded")
        /// `COPY`, which pipeline mode cannot do.
        public static let copyRefused = Code(rawValue: "copyRefused")
        /// A parameter that PostgreSQL cannot hold, such as text with a NUL.
        public static let invalidParameter = Code(rawValue: "invalidParameter")
        /// A transaction was used after its end, or ended with statements still under way.
        public static let transactionMisuse = Code(rawValue: "transactionMisuse")
        /// The server rolled the transaction back although `commit` was asked for.
        public static let transactionAborted = Code(rawValue: "transactionAborted")
        /// The connection string does not parse.
        public static let invalidConfiguration = Code(rawValue: "invalidConfiguration")
        /// libpq refused a call; a mistake in this module.
        public static let protocolViolation = Code(rawValue: "protocolViolation")
        /// A row or column was asked for that the result does not have.
        public static let unexpectedResult = Code(rawValue: "unexpectedResult")

        static let unavailable: Set<Code> = [
            .connectionLost, .connectFailed, .poolExhausted, .poolTimeout, .poolClosed,
        ]
    }

    /// The fields of a server error.
    public struct ServerFields: Sendable {
        /// The five-character code.
        public var sqlState: SQLState
        /// `ERROR`, `FATAL` or `PANIC`, never translated.
        public var severity: String
        /// The message, which may quote data.
        public var message: String
        /// The constraint's name.
        public var constraint: String?
        /// The table's schema.
        public var schema: String?
        /// The table's name.
        public var table: String?
        /// The column's name.
        public var column: String?
        /// The data type's name.
        public var dataType: String?
        /// Position of the fault in the statement, in characters from 1.
        public var position: Int?
        /// The server's function that raised the error.
        public var routine: String?
        /// May quote whole rows: for `String(reflecting:)` only.
        var detail: String?
        var hint: String?
        var context: String?

        /// A prepared statement whose result type changed under it (`RevalidateCachedQuery`).
        var isStalePlan: Bool { sqlState == .featureNotSupported && routine == "RevalidateCachedQuery" }
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// Codes and names of schema objects; never parameters, row data or the statement.
    public var description: String {
        guard let server else { return "PostgreSQL: \(reason)" }
        var names: [String] = []
        if let table = server.table { names.append("table \(server.schema.map { $0 + "." } ?? "")\(table)") }
        if let column = server.column { names.append("column \(column)") }
        if let constraint = server.constraint { names.append("constraint \(constraint)") }
        let objects = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
        return "PostgreSQL: \(server.severity) \(server.sqlState)\(objects)"
    }

    /// Everything that is known, including the server's message and details, which may quote data.
    public var debugDescription: String {
        var text = description
        if let diagnostics { text += "\ndiagnostics: \(diagnostics)" }
        guard let server else { return text }
        text += "\nmessage: \(server.message)"
        if let detail = server.detail { text += "\ndetail: \(detail)" }
        if let hint = server.hint { text += "\nhint: \(hint)" }
        if let context = server.context { text += "\ncontext: \(context)" }
        if let position = server.position { text += "\nposition: \(position)" }
        return text
    }
}
