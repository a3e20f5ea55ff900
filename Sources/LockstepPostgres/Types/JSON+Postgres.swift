public import LockstepJSON

extension JSONValue: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `jsonb`
    public static var postgresType: PostgresType { .jsonb }
    /// `jsonb[]`
    public static var postgresArrayType: PostgresType { .jsonbArray }

    /// A version byte and the text.
    public func encode(into bytes: inout [UInt8]) {
        JSONBytes(Array(text.utf8)).encode(into: &bytes)
    }

    /// Reads `jsonb` and `json`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        do {
            let text = try cell.jsonText()
            // What `default '{}'` fills columns with.
            if text.count == 2, text[0] == UInt8(ascii: "{"), text[1] == UInt8(ascii: "}") {
                self = .object([])
                return
            }
            self = try JSONDocument.parse(Array(text)).value
        } catch let error as PostgresCellError {
            throw error
        } catch {
            throw .unrepresentable("the JSON is larger or deeper than this program reads")
        }
    }
}

/// JSON text that is stored or passed on as it is, without a tree in between.
public struct JSONBytes: Sendable, Equatable, PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// UTF-8 JSON text.
    public var bytes: [UInt8]

    /// Wraps JSON text; the server checks it when it is stored.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// `jsonb`
    public static var postgresType: PostgresType { .jsonb }
    /// `jsonb[]`
    public static var postgresArrayType: PostgresType { .jsonbArray }

    /// A version byte and the text.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(1)
        bytes.append(contentsOf: self.bytes)
    }

    /// Reads `jsonb` and `json`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        bytes = Array(try cell.jsonText())
    }
}

extension PostgresCell {
    /// The text of a `json` or `jsonb` value.
    func jsonText() throws(PostgresCellError) -> UnsafeRawBufferPointer {
        switch type {
        case .json:
            return bytes
        case .jsonb:
            guard bytes.first == 1 else { throw .unrepresentable("the jsonb version is not known") }
            return UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        default:
            throw .typeMismatch
        }
    }
}
