internal import LockstepJSON

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
        let bytes = cell.bytes
        if bytes.isShortASCII {
            self = ByteView(bytes.bindMemory(to: UInt8.self)).string(0, bytes.count, isKnownASCII: true)
            return
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
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

extension UnsafeRawBufferPointer {
    /// Whether it is a few words of ASCII, as most columns are: checked here for less than a general validation costs.
    fileprivate var isShortASCII: Bool {
        guard count <= 256 else { return false }
        var index = 0
        var bits: UInt64 = 0
        while index <= count - 8 {
            bits |= loadUnaligned(fromByteOffset: index, as: UInt64.self)
            index += 8
        }
        while index < count {
            bits |= UInt64(self[index])
            index += 1
        }
        return bits & 0x8080_8080_8080_8080 == 0
    }
}
