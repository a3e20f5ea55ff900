internal import CLockstepPQ

/// Owns one `PGresult` and clears it.
///
/// Unchecked: a result is never changed after libpq has handed it over, and all functions used here only read it.
final class PQResult: @unchecked Sendable {
    private let raw: OpaquePointer
    let rowCount: Int
    let columnCount: Int

    /// Takes ownership of `raw`.
    init(_ raw: OpaquePointer) {
        self.raw = raw
        rowCount = Int(PQntuples(raw))
        columnCount = Int(PQnfields(raw))
    }

    deinit {
        PQclear(raw)
    }

    func columnName(_ column: Int) -> String {
        PQfname(raw, Int32(column)).map { String(cString: $0) } ?? "\(column)"
    }

    /// The column of this exact name. Names are few and short: comparing them costs less than keeping a table.
    func columnIndex(_ name: String) -> Int? {
        name.withCString { name in
            (0..<columnCount).first { column in
                PQfname(raw, Int32(column)).map { compare($0, name) } ?? false
            }
        }
    }

    func columnType(_ column: Int) -> PostgresType {
        PostgresType(rawValue: PQftype(raw, Int32(column)))
    }

    func isNull(row: Int, column: Int) -> Bool {
        PQgetisnull(raw, Int32(row), Int32(column)) != 0
    }

    /// A cell, or nil where it is null; valid as long as the result. Row and column must be in range.
    func cell(row: Int, column: Int) -> PostgresCell? {
        let row = Int32(row)
        let number = Int32(column)
        let count = PQgetlength(raw, row, number)
        // A length of 0 is an empty value or null.
        if count == 0, PQgetisnull(raw, row, number) != 0 { return nil }
        return PostgresCell(
            type: columnType(column),
            bytes: UnsafeRawBufferPointer(start: PQgetvalue(raw, row, number), count: Int(count)))
    }

    /// The command tag, such as `INSERT 0 3`.
    var commandTag: String {
        String(cString: PQcmdStatus(raw))
    }

    /// Rows changed, where the command says.
    var affectedRows: Int? {
        Int(String(cString: PQcmdTuples(raw)))
    }

    /// Bytes that libpq has allocated for the result.
    var memorySize: Int { PQresultMemorySize(raw) }

    /// The error's fields; the result must be a failure.
    var serverFields: PostgresError.ServerFields {
        PostgresError.ServerFields(
            sqlState: SQLState(rawValue: field(Diagnostic.sqlState) ?? "XX000"),
            severity: field(Diagnostic.severity) ?? "ERROR", message: field(Diagnostic.message) ?? "",
            constraint: field(Diagnostic.constraint), schema: field(Diagnostic.schema),
            table: field(Diagnostic.table), column: field(Diagnostic.column), dataType: field(Diagnostic.dataType),
            position: field(Diagnostic.position).flatMap { Int($0) }, routine: field(Diagnostic.routine),
            detail: field(Diagnostic.detail), hint: field(Diagnostic.hint), context: field(Diagnostic.context))
    }

    /// Whether the server sent the error; libpq's own (a lost connection) have no code.
    var hasSQLState: Bool { PQresultErrorField(raw, Diagnostic.sqlState) != nil }

    /// libpq's message; may name hosts, users and data.
    var errorMessage: String { String(cString: PQresultErrorMessage(raw)) }

    var fault: ServerFault {
        guard let state = PQresultErrorField(raw, Diagnostic.sqlState) else { return .other }
        if compare(state, "26000") { return .unknownStatement }
        if compare(state, "57014") { return .canceled }
        if compare(state, "0A000"), field(Diagnostic.routine) == "RevalidateCachedQuery" { return .stalePlan }
        return .other
    }

    private func field(_ code: Int32) -> String? {
        PQresultErrorField(raw, code).map { String(cString: $0) }
    }

    private func compare(_ left: UnsafePointer<CChar>, _ right: UnsafePointer<CChar>) -> Bool {
        var index = 0
        while left[index] == right[index] {
            if left[index] == 0 { return true }
            index += 1
        }
        return false
    }
}

/// `PG_DIAG_…` of `postgres_ext.h`: character constants that Swift does not import.
private enum Diagnostic {
    static let severity = Int32(UInt8(ascii: "V"))
    static let sqlState = Int32(UInt8(ascii: "C"))
    static let message = Int32(UInt8(ascii: "M"))
    static let detail = Int32(UInt8(ascii: "D"))
    static let hint = Int32(UInt8(ascii: "H"))
    static let position = Int32(UInt8(ascii: "P"))
    static let context = Int32(UInt8(ascii: "W"))
    static let schema = Int32(UInt8(ascii: "s"))
    static let table = Int32(UInt8(ascii: "t"))
    static let column = Int32(UInt8(ascii: "c"))
    static let dataType = Int32(UInt8(ascii: "d"))
    static let constraint = Int32(UInt8(ascii: "n"))
    static let routine = Int32(UInt8(ascii: "R"))
}
