/// A column that could not be read as the Swift type asked for: column, expected and found type, and whether null was the
/// fault. Carries no row data.
public struct PostgresDecodingError: Error, Sendable, CustomStringConvertible {
    /// The column's name, or its position when it has none.
    public let column: String
    /// The Swift type asked for.
    public let expected: String
    /// The column's PostgreSQL type.
    public let found: PostgresType?
    /// Why.
    public let reason: Reason

    /// Why a column could not be read.
    public enum Reason: Sendable, Equatable {
        /// The result has no such column; those it has.
        case noSuchColumn(available: [String])
        /// The cell itself.
        case cell(PostgresCellError)
    }

    /// The column, both types and what to do.
    public var description: String {
        let type = found.map(\.description) ?? "nothing"
        switch reason {
        case .noSuchColumn(let available):
            return "no column \"\(column)\" in the result; it has \(available.joined(separator: ", "))"
        case .cell(.unexpectedNull):
            return
                "column \"\(column)\" (\(type)) is null: expected \(expected); read it as \(expected)? if null is meant"
        case .cell(.typeMismatch):
            return "column \"\(column)\" is \(type): expected a type that \(expected) reads; cast it in the statement"
        case .cell(.unrepresentable(let reason)):
            return "column \"\(column)\" (\(type)) cannot be read as \(expected): \(reason)"
        }
    }
}
