/// Integers read from any integer type that fits; a wider column is an error only when its type is wider
/// (so that a mismatch shows with the first row, not with the first large value).
extension Int16: PostgresEncodable, PostgresDecodable {
    /// `smallint`
    public static var postgresType: PostgresType { .int2 }

    /// Two bytes.
    public func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: self) }

    /// Reads `smallint`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        guard cell.type == .int2 else { throw .typeMismatch }
        self = try cell.integer()
    }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    /// `integer`
    public static var postgresType: PostgresType { .int4 }

    /// Four bytes.
    public func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: self) }

    /// Reads `smallint` and `integer`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        switch cell.type {
        case .int4: self = try cell.integer()
        case .int2: self = Int32(try cell.integer(as: Int16.self))
        default: throw .typeMismatch
        }
    }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    /// `bigint`
    public static var postgresType: PostgresType { .int8 }

    /// Eight bytes.
    public func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: self) }

    /// Reads `smallint`, `integer`, `bigint` and `oid`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        switch cell.type {
        case .int8: self = try cell.integer()
        case .int4: self = Int64(try cell.integer(as: Int32.self))
        case .int2: self = Int64(try cell.integer(as: Int16.self))
        case .oid: self = Int64(try cell.integer(as: UInt32.self))
        default: throw .typeMismatch
        }
    }
}

extension Int: PostgresEncodable, PostgresDecodable {
    /// `bigint`
    public static var postgresType: PostgresType { .int8 }

    /// Eight bytes.
    public func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: Int64(self)) }

    /// Reads `smallint`, `integer`, `bigint` and `oid`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        self = Int(try Int64(cell))
    }
}
