/// An object with known properties.
public struct ObjectSchema: Sendable {
    /// The properties in document order, those of `allOf` members in the order of the members.
    public var properties: [Property]
    /// What other keys may hold.
    public var additional: AdditionalProperties

    /// Makes an object.
    public init(properties: [Property], additional: AdditionalProperties = .unmentioned) {
        self.properties = properties
        self.additional = additional
    }

    /// One property.
    public struct Property: Sendable {
        /// Its key.
        public var name: String
        /// What its value must be; `isReadOnly`, `isWriteOnly`, description and default are there.
        public var schema: Schema
        /// Whether the key must be there.
        public var isRequired: Bool
        /// Whether it has its type only under a condition; a member that does not fit the type is not part of the object's.
        public var isConditional: Bool

        /// Makes a property.
        public init(name: String, schema: Schema, isRequired: Bool, isConditional: Bool = false) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
            self.isConditional = isConditional
        }
    }

    /// What keys beside the known ones may hold.
    public enum AdditionalProperties: Sendable {
        /// The document says nothing: accepted by the validator, not part of the type.
        case unmentioned
        /// Refused.
        case forbidden
        /// Values of this schema (`true` gives `SchemaKind.any`); also what `patternProperties` allow, where all agree.
        case schema(Schema)
    }
}

/// A list whose first elements have kinds of their own (`prefixItems`).
public struct TupleSchema: Sendable {
    /// The kinds of the first elements.
    public var prefix: [Schema]
    /// The kind of further ones; `nil` where there may be none.
    public var rest: Schema?
    /// How many elements must be there (`minItems`).
    public var minimumCount: Int

    /// Makes a tuple.
    public init(prefix: [Schema], rest: Schema?, minimumCount: Int = 0) {
        self.prefix = prefix
        self.rest = rest
        self.minimumCount = minimumCount
    }
}
