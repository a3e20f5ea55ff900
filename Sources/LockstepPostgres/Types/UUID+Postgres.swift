public import LockstepJSON

extension UUID: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `uuid`
    public static var postgresType: PostgresType { .uuid }
    /// `uuid[]`
    public static var postgresArrayType: PostgresType { .uuidArray }

    /// Sixteen bytes.
    public func encode(into bytes: inout [UInt8]) {
        withUnsafeBytes(of: uuid) { bytes.append(contentsOf: $0) }
    }

    /// Reads `uuid`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        guard cell.type == .uuid else { throw .typeMismatch }
        guard cell.bytes.count == 16 else { throw .unrepresentable("the value has the wrong length") }
        typealias Bytes = (
            UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8,
            UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8
        )
        self.init(uuid: cell.bytes.loadUnaligned(as: Bytes.self))
    }
}
