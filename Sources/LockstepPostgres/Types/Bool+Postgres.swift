extension Bool: PostgresEncodable, PostgresDecodable {
    /// `boolean`
    public static var postgresType: PostgresType { .bool }

    /// One byte, 0 or 1.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(self ? 1 : 0)
    }

    /// Reads `boolean`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        guard cell.type == .bool else { throw .typeMismatch }
        self = try cell.integer(as: UInt8.self) != 0
    }
}
