/// One of several kinds.
public struct UnionSchema: Sendable {
    /// Which keyword made it.
    public var rule: Rule
    /// The kinds in document order, null aside.
    public var alternatives: [Alternative]
    /// The property that tells objects apart.
    public var discriminator: Discriminator?

    /// Makes a union.
    public init(rule: Rule, alternatives: [Alternative], discriminator: Discriminator? = nil) {
        self.rule = rule
        self.alternatives = alternatives
        self.discriminator = discriminator
    }

    /// Which keyword made a union.
    public enum Rule: Sendable {
        /// Exactly one alternative holds.
        case oneOf
        /// At least one alternative holds.
        case anyOf
        /// A `type` array: the JSON type tells. All alternatives have the `uri` of the schema itself.
        case types
    }

    /// One kind.
    public struct Alternative: Sendable {
        /// A name for it: that of the schema it refers to, its title, or the value of its discriminator.
        public var nameHint: String?
        /// What the value must be: a reference, or in place. Where properties stand beside the `oneOf`, they are merged in.
        public var schema: Schema
        /// The values of the discriminator that mean this alternative, the mapping's first; empty without discriminator.
        public var discriminatorValues: [String]

        /// Makes an alternative.
        public init(nameHint: String? = nil, schema: Schema, discriminatorValues: [String] = []) {
            self.nameHint = nameHint
            self.schema = schema
            self.discriminatorValues = discriminatorValues
        }
    }

    /// The property that tells objects apart.
    public struct Discriminator: Sendable {
        /// Its key.
        public var property: String
        /// Whether the document maps values to schemas; otherwise the schemas' names are the values.
        public var isMapped: Bool
        /// The index of the alternative for an unknown or absent value (OpenAPI 3.2 `defaultMapping`).
        public var defaultAlternative: Int?

        /// Makes a discriminator.
        public init(property: String, isMapped: Bool = false, defaultAlternative: Int? = nil) {
            self.property = property
            self.isMapped = isMapped
            self.defaultAlternative = defaultAlternative
        }
    }
}
