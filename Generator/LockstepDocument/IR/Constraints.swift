/// What a schema demands beside its type, for documentation and examples; numbers in the document's text.
public struct Constraints: Sendable, Hashable {
    /// At least this.
    public var minimum: String?
    /// At most this.
    public var maximum: String?
    /// More than this.
    public var exclusiveMinimum: String?
    /// Less than this.
    public var exclusiveMaximum: String?
    /// A whole number of times this.
    public var multipleOf: String?
    /// At least so many code points.
    public var minLength: Int?
    /// At most so many code points.
    public var maxLength: Int?
    /// An ECMA-262 regular expression that must be found in the text.
    public var pattern: String?
    /// At least so many elements.
    public var minItems: Int?
    /// At most so many elements.
    public var maxItems: Int?
    /// Whether elements must differ.
    public var uniqueItems = false
    /// At least so many members.
    public var minProperties: Int?
    /// At most so many members.
    public var maxProperties: Int?
    /// The media type of a string's content (`contentMediaType`).
    public var contentMediaType: String?

    /// No constraints.
    public init() {}

    /// Whether there are none.
    public var isEmpty: Bool { self == Constraints() }
}
