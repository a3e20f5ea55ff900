/// A Swift declaration that the output holds for a schema.
struct Declaration: Sendable {
    /// The name inside its parent.
    var name: String
    /// The name from the top of the module, such as `Payment.Method`.
    var path: String
    /// `file#/json/pointer` of the schema.
    var origin: String
    var documentation: String?
    var isDeprecated = false
    var kind: Kind
    /// A structure whose members are the elements of an array: slots are places, and the additional ones a list behind them.
    var isTuple = false
    /// Types named from their place inside this one.
    var nested: [Declaration] = []

    enum Kind: Sendable {
        case structure([Field], additional: AdditionalField?)
        /// `isOpen`: other values of the type are allowed too and kept.
        case enumeration([EnumerationCase], isOpen: Bool)
        case union([UnionCase], isIndirect: Bool)
        case alias(SwiftType)
        /// A list or map that contains itself, which no typealias can.
        case wrapper(SwiftType)
    }
}

/// A stored property of a structure or of an operation's input.
struct Field: Sendable {
    /// The Swift name, without backticks.
    var name: String
    /// The name in the document.
    var key: String
    /// The type without what presence adds to it.
    var type: SwiftType
    var presence: Presence
    var documentation: String?
    var isDeprecated = false
    /// Stored behind a reference, because the type contains itself or is wide.
    var isBoxed = false
    /// The slot that the validator records the value in.
    var slot: Int
    /// The only value that the document allows, as source: such a property is computed and never passed.
    var constant: String?
    /// A default that has no source yet.
    var pendingDefault: PendingDefault?

    /// How the document lets a value be missing.
    enum Presence: Sendable, Equatable {
        /// Always there and never null.
        case required
        /// May be left out; never null. `nil` is left out when written.
        case optional
        /// Always there, may be null. `nil` is written as null.
        case nullable
        /// May be left out and may be null, and the document tells these apart.
        case distinguished
        /// May be left out, and then has the value given as source.
        case defaulted(String)
        /// May be left out, and then has the value given as source; may be null.
        case nullableDefaulted(String)
    }

    /// The type of the property.
    var fullType: SwiftType {
        switch presence {
        case .required, .defaulted: type
        case .optional, .nullable, .nullableDefaulted: .optional(type)
        case .distinguished: .presence(type)
        }
    }
}

/// The dictionary of the properties that a structure does not name, or the list of a tuple's further elements.
struct AdditionalField: Sendable {
    var name: String
    var value: SwiftType
    var isList = false

    var type: SwiftType { isList ? .array(value) : .dictionary(value) }
    /// The literal of none.
    var empty: String { isList ? "[]" : "[:]" }
}

/// One value of an enumeration.
struct EnumerationCase: Sendable {
    var name: String
    /// The value in the document.
    var value: EnumerationValue
    var documentation: String?
}

/// The values that an enumeration's case can stand for.
enum EnumerationValue: Sendable, Equatable {
    case string(String)
    case integer(Int)
    /// Anything else, as JSON text.
    case json(String)
}

/// One alternative of a union.
struct UnionCase: Sendable {
    var name: String
    /// What it carries; nothing where the alternative is null or another single value.
    var payload: SwiftType?
    /// The index that the validator reports for it.
    var branch: Int
    /// The only value of the alternative, with its type.
    var constant: (type: SwiftType, source: String)?
    var documentation: String?
    /// The payload is stored behind a reference, because it is wide.
    var isIndirect = false
}
