import LockstepJSON

extension ScalarKind {
    /// Whether a value is of the JSON kind that the Swift type is read from.
    func accepts(_ value: TapeWord) -> Bool {
        switch self {
        case .string, .timestamp, .date, .uuid, .base64: value.isString
        case .bool: value.kindBits == TapeKind.trueValue.rawValue || value.kindBits == TapeKind.falseValue.rawValue
        case .int, .int32, .int64, .float, .double: value.isNumber
        case .decimal: value.isNumber || value.isString
        }
    }

    /// Whether the Swift type can hold a value.
    func holds(_ value: TapeWord, _ bytes: ByteView) -> Bool {
        guard accepts(value) else { return false }
        switch self {
        case .string, .bool: return true
        case .int, .int64: return Number.integer(bytes, value.offset, value.length) != nil
        case .int32:
            return Number.integer(bytes, value.offset, value.length).map { Int32(exactly: $0) != nil } ?? false
        case .float: return Float(bytes.string(value.offset, value.length))?.isFinite ?? false
        case .double:
            // Up to 300 digits stay in range, whatever a short exponent with few digits adds.
            if value.length < 300,
                value.kindBits == TapeKind.integer.rawValue || Number(bytes, value.offset, value.length).magnitude < 300
            {
                return true
            }
            return Double(bytes.string(value.offset, value.length))?.isFinite ?? false
        case .decimal: return Decimal(bytes, value.offset, value.length) != nil
        case .timestamp: return Timestamp(bytes, value.offset, value.length) != nil
        case .date: return CalendarDate(bytes, value.offset, value.length) != nil
        case .uuid: return UUID(bytes, value.offset, value.length) != nil
        case .base64: return Base64.decode(bytes, value.offset, value.length) != nil
        }
    }

    /// What a value must be, for the message.
    var expected: String {
        switch self {
        case .string: "string"
        case .bool: "boolean"
        case .int, .int64: "int64"
        case .int32: "int32"
        case .float: "float"
        case .double: "double"
        case .decimal: "decimal"
        case .timestamp: "date-time"
        case .date: "date"
        case .uuid: "uuid"
        case .base64: "byte"
        }
    }
}
