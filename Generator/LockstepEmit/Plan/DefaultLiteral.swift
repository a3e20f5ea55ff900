import LockstepJSON

/// Source of a default whose Swift type has no parts.
enum DefaultLiteral {
    static func source(_ value: JSONValue, of scalar: SwiftType.Scalar) -> String? {
        switch (scalar, value) {
        case (.string, .string(let text)): return SwiftLiteral.string(text)
        case (.bool, .bool(let flag)): return flag ? "true" : "false"
        case (.int, .number(let text)): return Int(text).map(String.init)
        case (.int32, .number(let text)): return Int32(text).map { String($0) }
        case (.double, .number(let text)):
            guard let number = Double(text), number.isFinite else { return nil }
            return "\(number)"
        case (.decimal, .number(let text)), (.decimalString, .string(let text)):
            if let whole = Int(text) { return String(whole) }
            return decimal(text)
        case (.timestamp, .string(let text)):
            return Timestamp(text).map { instant in
                let fraction = instant.nanoseconds == 0 ? "" : ", nanoseconds: \(instant.nanoseconds)"
                return "Timestamp(seconds: \(instant.seconds)\(fraction))"
            }
        case (.json, _): return json(value)
        default: return nil
        }
    }

    /// `Decimal(coefficient: 105, exponent: -2)` of `1.05`.
    private static func decimal(_ text: String) -> String? {
        guard let value = Decimal(text) else { return nil }
        return "Decimal(coefficient: \(value.coefficient), exponent: \(value.exponent))"
    }

    /// JSON as the literals that `JSONValue` takes.
    private static func json(_ value: JSONValue) -> String? {
        switch value {
        case .null: return "JSONValue.null"
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let text): return Int(text).map { String($0) }
        case .string(let text): return SwiftLiteral.string(text)
        case .array, .object: return nil
        }
    }
}
