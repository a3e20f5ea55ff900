public import LockstepJSON

/// The Swift shape of a schema: what the validator records, beside checking, so that initialisers cannot fail.
///
/// A shape adds checks of its own where a Swift type holds less than the schema allows: a number that is no `Int64`, a
/// `null` where the Swift type is not optional.
public indirect enum Shape: Sendable, Equatable {
    /// Anything: read as `JSONValue`.
    case any
    /// A value without parts.
    case scalar(ScalarKind)
    /// One of these values: `ValidJSON.choice` is the index.
    case enumeration([JSONValue])
    /// An object with these properties, read as `json[0]`, `json[1]`, …; `additional` keeps the other members.
    case object([ShapeProperty], additional: Shape? = nil)
    /// An array of equal elements.
    case array(Shape)
    /// An object whose member names are data.
    case map(Shape)
    /// An array with a shape for each position, read as `json[0]`, …; as many as `required` must be there. `rest` keeps the
    /// further elements, read as `json.elements(after:)`.
    case tuple([Shape], required: Int = 0, rest: Shape? = nil)
    /// One of several: `ValidJSON.branch` is the index, `ValidJSON.payload` the value in that alternative's shape.
    ///
    /// `discriminator` names the property whose string is looked up in the alternatives' `values`.
    case union([ShapeAlternative], discriminator: String? = nil)
    /// The shape or `null`: a Swift optional. Without it, `null` is refused.
    case nullable(Shape)
    /// A shape given to the compiler by name: sharing and recursion.
    case named(String)
}

/// A property of `Shape.object`; its position is its slot.
public struct ShapeProperty: Sendable, Equatable {
    /// The member's name in JSON.
    public var name: String
    /// The member's shape.
    public var shape: Shape
    /// Whether the Swift property is not optional, so that the member must be there.
    public var isRequired: Bool
    /// Whether a member that does not fit the shape is taken as one that has no property, rather than refused.
    public var isLenient: Bool

    /// A property.
    public init(_ name: String, _ shape: Shape, isRequired: Bool = false, isLenient: Bool = false) {
        self.name = name
        self.shape = shape
        self.isRequired = isRequired
        self.isLenient = isLenient
    }
}

/// An alternative of `Shape.union`.
public struct ShapeAlternative: Sendable, Equatable {
    /// The alternative's schema, as `uri#/pointer`; several, with spaces between them, where all of them must hold.
    public var schema: String
    /// The alternative's shape.
    public var shape: Shape
    /// The discriminator's values that mean this alternative.
    public var values: [String]

    /// An alternative.
    public init(schema: String, shape: Shape, values: [String] = []) {
        self.schema = schema
        self.shape = shape
        self.values = values
    }
}

/// A Swift type without parts, and the check that goes with it.
public enum ScalarKind: String, Sendable, CaseIterable {
    /// `String`
    case string
    /// `Bool`
    case bool
    /// `Int`: an integer of 64 bits
    case int
    /// `Int32`
    case int32
    /// `Int64`
    case int64
    /// `Float`
    case float
    /// `Double`; a number beyond its range is refused
    case double
    /// `Decimal`; at most 38 digits. From a number, or from a string that holds one
    case decimal
    /// `Timestamp`, from an RFC 3339 string
    case timestamp
    /// `CalendarDate`, from a `YYYY-MM-DD` string
    case date
    /// `UUID`, from its 36 characters
    case uuid
    /// `Base64`
    case base64
}
