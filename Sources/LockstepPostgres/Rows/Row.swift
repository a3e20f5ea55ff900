/// One row. Read columns by position (fast) or by name:
///
/// ```swift
/// let payments = try rows.map { row in Payment(id: try row[0], amount: try row[1], note: try row[2]) }
/// let amount = try row.decode("amount", as: Decimal.self)
/// ```
public struct Row: Sendable {
    private let result: PQResult
    private let index: Int

    init(_ result: PQResult, _ index: Int) {
        self.result = result
        self.index = index
    }

    /// The column at a position, as the type that the context asks for.
    public subscript<Value: PostgresDecodable>(_ column: Int) -> Value {
        get throws(PostgresDecodingError) { try decode(column, as: Value.self) }
    }

    /// The column of a name, as the type that the context asks for.
    public subscript<Value: PostgresDecodable>(_ column: String) -> Value {
        get throws(PostgresDecodingError) { try decode(column, as: Value.self) }
    }

    /// The column at a position.
    public func decode<Value: PostgresDecodable>(
        _ column: Int, as type: Value.Type = Value.self
    ) throws(PostgresDecodingError) -> Value {
        guard column >= 0, column < result.columnCount else { throw noSuchColumn("\(column)", Value.self) }
        do throws(PostgresCellError) {
            if result.isNull(row: index, column: column) { return try Value.decodeNull() }
            let columnType = result.columnType(column)
            return try result.withBytes(row: index, column: column) { bytes throws(PostgresCellError) in
                try Value(PostgresCell(type: columnType, bytes: bytes))
            }
        } catch {
            throw PostgresDecodingError(
                column: result.columnName(column), expected: "\(Value.self)", found: result.columnType(column),
                reason: .cell(error))
        }
    }

    /// The column of a name.
    public func decode<Value: PostgresDecodable>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(PostgresDecodingError) -> Value {
        guard let position = result.columnIndex(column) else { throw noSuchColumn(column, Value.self) }
        return try decode(position, as: type)
    }

    /// Whether the column at a position is null.
    public func isNull(_ column: Int) -> Bool {
        result.isNull(row: index, column: column)
    }

    private func noSuchColumn(_ column: String, _ type: Any.Type) -> PostgresDecodingError {
        PostgresDecodingError(
            column: column, expected: "\(type)", found: nil,
            reason: .noSuchColumn(available: (0..<result.columnCount).map(result.columnName)))
    }
}
