/// A Swift type that can be bound as a parameter.
public protocol PostgresEncodable: Sendable {
    /// The type that the server is told, or ``PostgresType/inferred``.
    static var postgresType: PostgresType { get }
    /// The form that ``encode(into:)`` writes.
    static var postgresFormat: PostgresFormat { get }
    /// Appends the value's bytes.
    func encode(into bytes: inout [UInt8])
}

extension PostgresEncodable {
    /// Binary unless a type says otherwise.
    public static var postgresFormat: PostgresFormat { .binary }
}

/// A Swift type that can be read from a column.
public protocol PostgresDecodable: Sendable {
    /// Reads a value from a cell in binary form; null has been ruled out, except for `Optional`.
    init(_ cell: PostgresCell) throws(PostgresCellError)
    /// What a null means: an error, except for `Optional`.
    static func decodeNull() throws(PostgresCellError) -> Self
}

extension PostgresDecodable {
    /// A null is an error unless the type is optional.
    @inlinable
    public static func decodeNull() throws(PostgresCellError) -> Self { throw .unexpectedNull }
}

/// A type that goes both ways.
public typealias PostgresCodable = PostgresEncodable & PostgresDecodable

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// Reads a value that is not null.
    @inlinable
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        self = .some(try Wrapped(cell))
    }

    /// Null is `nil`.
    @inlinable
    public static func decodeNull() throws(PostgresCellError) -> Wrapped? { nil }
}

/// Why one cell could not be read. ``PostgresDecodingError`` adds the column.
public enum PostgresCellError: Error, Sendable, Equatable {
    /// The column is null and the Swift type is not optional.
    case unexpectedNull
    /// The column's type does not fit the Swift type.
    case typeMismatch
    /// The type fits, this value does not; the reason names no data.
    case unrepresentable(StaticReason)
}

/// A fixed sentence, so that an error cannot carry row data.
public struct StaticReason: Sendable, Equatable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The sentence.
    public let description: String

    /// A sentence from the source.
    public init(stringLiteral value: StaticString) {
        description = value.description
    }
}

/// One column of one row: type and bytes, in binary form.
public struct PostgresCell {
    /// The column's type.
    public let type: PostgresType
    /// The value's bytes; valid while the cell is.
    public let bytes: UnsafeRawBufferPointer

    init(type: PostgresType, bytes: UnsafeRawBufferPointer) {
        self.type = type
        self.bytes = bytes
    }
}

// MARK: Enumerations

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    /// Reads the raw value: `extension PaymentStatus: PostgresDecodable {}` is all an enumeration needs.
    @inlinable
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        guard let value = Self(rawValue: try RawValue(cell)) else {
            throw .unrepresentable("the value is none of the enumeration's cases")
        }
        self = value
    }
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    /// The raw value's type.
    public static var postgresType: PostgresType { RawValue.postgresType }
    /// The raw value's form.
    public static var postgresFormat: PostgresFormat { RawValue.postgresFormat }

    /// Appends the raw value.
    public func encode(into bytes: inout [UInt8]) {
        rawValue.encode(into: &bytes)
    }
}
