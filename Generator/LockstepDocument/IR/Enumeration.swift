public import LockstepJSON

/// One of some values.
public struct Enumeration: Sendable {
    /// The values in document order, null aside.
    public var values: [Value]
    /// The JSON type of all values; `nil` where they differ.
    public var type: ValueType?
    /// Whether other values of the type are allowed too (`anyOf` of an enum and its plain type, `x-extensible-enum`).
    public var isOpen: Bool

    /// Makes an enumeration.
    public init(values: [Value], type: ValueType?, isOpen: Bool = false) {
        self.values = values
        self.type = type
        self.isOpen = isOpen
    }

    /// One value.
    public struct Value: Sendable {
        /// The value itself.
        public var value: JSONValue
        /// The name that `x-enum-varnames` (or `x-enumNames`) gives it.
        public var name: String?
        /// What `x-enum-descriptions` says about it.
        public var description: String?

        /// Makes a value.
        public init(_ value: JSONValue, name: String? = nil, description: String? = nil) {
            self.value = value
            self.name = name
            self.description = description
        }
    }

    /// The JSON types that enumerations commonly have.
    public enum ValueType: Sendable {
        /// All are strings.
        case string
        /// All are whole numbers.
        case integer
        /// All are numbers.
        case number
        /// All are booleans.
        case boolean
    }
}
