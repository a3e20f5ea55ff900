/// The rows that a statement returned. Holds libpq's result; cells are decoded when they are asked for.
public struct Rows: RandomAccessCollection, Sendable {
    let result: PQResult

    init(_ result: PQResult) {
        self.result = result
    }

    /// 0
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { result.rowCount }

    /// A row by its position.
    public subscript(_ index: Int) -> Row {
        precondition(index >= 0 && index < result.rowCount, "a row was asked for that the result does not have")
        return Row(result, index)
    }

    /// The columns' names, in order.
    public var columns: [String] { (0..<result.columnCount).map(result.columnName) }

    /// Rows inserted, changed, deleted or returned, where the command says.
    public var affectedRows: Int? { result.affectedRows }

    /// The command tag, such as `INSERT 0 1`.
    public var commandTag: String { result.commandTag }

    /// The only row; throws unless there is exactly one.
    public func one() throws(PostgresError) -> Row {
        guard count == 1 else { throw PostgresError(.unexpectedResult, "expected one row, got \(count)") }
        return self[0]
    }

    /// The first row, or nil; throws when there are several, which shows a missing condition.
    public func oneOrNone() throws(PostgresError) -> Row? {
        guard count <= 1 else { throw PostgresError(.unexpectedResult, "expected at most one row, got \(count)") }
        return first
    }
}
