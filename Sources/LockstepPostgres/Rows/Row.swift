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
    @inlinable
    public subscript<Value: PostgresDecodable>(_ column: Int) -> Value {
        get throws(PostgresDecodingError) { try decode(column, as: Value.self) }
    }

    /// The column of a name, as the type that the context asks for.
    public subscript<Value: PostgresDecodable>(_ column: String) -> Value {
        get throws(PostgresDecodingError) { try decode(column, as: Value.self) }
    }

    /// The column at a position.
    // Inlinable, so that the value's own initialiser is called: through the protocol a cell costs five times as much.
    @inlinable
    public func decode<Value: PostgresDecodable>(
        _ column: Int, as type: Value.Type = Value.self
    ) throws(PostgresDecodingError) -> Value {
        let cell = try cell(column, Value.self)
        // The cell points into the result that this row holds.
        defer { withExtendedLifetime(self) {} }
        do throws(PostgresCellError) {
            guard let cell else { return try Value.decodeNull() }
            return try Value(cell)
        } catch {
            throw failure(error, column, Value.self)
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

    /// The cell, or nil where it is null.
    @usableFromInline
    func cell(_ column: Int, _ type: Any.Type) throws(PostgresDecodingError) -> PostgresCell? {
        guard column >= 0, column < result.columnCount else { throw noSuchColumn("\(column)", type) }
        return result.cell(row: index, column: column)
    }

    @usableFromInline
    func failure(_ error: PostgresCellError, _ column: Int, _ type: Any.Type) -> PostgresDecodingError {
        PostgresDecodingError(
            column: result.columnName(column), expected: "\(type)", found: result.columnType(column),
            reason: .cell(error))
    }

    private func noSuchColumn(_ column: String, _ type: Any.Type) -> PostgresDecodingError {
        PostgresDecodingError(
            column: column, expected: "\(type)", found: nil,
            reason: .noSuchColumn(available: (0..<result.columnCount).map(result.columnName)))
    }
}
