/// A Swift type as the output writes it.
indirect enum SwiftType: Sendable, Equatable {
    case scalar(Scalar)
    /// A generated type, by its full name such as `Payment.Method`.
    case named(String)
    case array(SwiftType)
    case dictionary(SwiftType)
    case optional(SwiftType)
    case presence(SwiftType)

    /// Types of the standard library and the runtime.
    enum Scalar: String, Sendable, CaseIterable {
        case string = "String"
        case bool = "Bool"
        case int32 = "Int32"
        case int = "Int"
        case double = "Double"
        case decimal = "Decimal"
        /// An exact decimal that JSON carries as a string; a property of it is a `Decimal`.
        case decimalString = "DecimalString"
        case timestamp = "Timestamp"
        case date = "CalendarDate"
        case uuid = "UUID"
        case bytes = "Base64"
        case json = "JSONValue"
    }

    /// The type as source text.
    var source: String {
        switch self {
        case .scalar(let scalar): scalar.rawValue
        case .named(let name): name
        case .array(let element): "[\(element.source)]"
        case .dictionary(let value): "[String: \(value.source)]"
        case .optional(let wrapped): "\(wrapped.source)?"
        case .presence(let wrapped): "Presence<\(wrapped.source)>"
        }
    }

    /// The type with what may be missing from it taken away.
    var unwrapped: SwiftType {
        switch self {
        case .optional(let wrapped), .presence(let wrapped): wrapped
        case .scalar, .named, .array, .dictionary: self
        }
    }

    /// The generated type whose value lies inside this one without an array or dictionary between.
    var storedInline: String? {
        switch unwrapped {
        case .named(let name): name
        case .scalar, .array, .dictionary, .optional, .presence: nil
        }
    }
}
