extension Double: PostgresEncodable, PostgresDecodable {
    /// `double precision`
    public static var postgresType: PostgresType { .float8 }

    /// Eight bytes, IEEE 754.
    public func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: bitPattern) }

    /// Reads `real` and `double precision`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        switch cell.type {
        case .float8: self = Double(bitPattern: try cell.integer())
        case .float4: self = Double(Float(bitPattern: try cell.integer()))
        default: throw .typeMismatch
        }
    }
}

extension Float: PostgresEncodable, PostgresDecodable {
    /// `real`
    public static var postgresType: PostgresType { .float4 }

    /// Four bytes, IEEE 754.
    public func encode(into bytes: inout [UInt8]) { bytes.append(bigEndian: bitPattern) }

    /// Reads `real`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        guard cell.type == .float4 else { throw .typeMismatch }
        self = Float(bitPattern: try cell.integer())
    }
}
