extension String: PostgresEncodable, PostgresDecodable {
    /// Inferred, as for a quoted literal: the same value fits `text`, an enumeration, `inet`, …
    public static var postgresType: PostgresType { .inferred }
    /// Text, since the type is the server's choice.
    public static var postgresFormat: PostgresFormat { .text }

    /// The UTF-8 bytes.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: utf8)
    }

    /// Reads the text types, `json`, `name`, and user-defined types whose binary form is text (enumerations,
    /// domains over text). Cast anything else: `select interval_column::text`.
    public init(_ cell: PostgresCell) throws(PostgresCellError) {
        switch cell.type {
        case .text, .varchar, .bpchar, .name, .json, .unknown, .char: break
        default:
            guard cell.type.rawValue >= PostgresType.firstUserDefined else { throw .typeMismatch }
        }
        guard let text = String(validating: cell.bytes, as: UTF8.self) else {
            throw .unrepresentable("the value is not UTF-8 text; cast it to text")
        }
        self = text
    }
}

extension Substring: PostgresEncodable {
    /// Inferred, as for `String`.
    public static var postgresType: PostgresType { .inferred }
    /// Text, as for `String`.
    public static var postgresFormat: PostgresFormat { .text }

    /// The UTF-8 bytes.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: utf8)
    }
}
