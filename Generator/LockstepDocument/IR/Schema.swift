public import LockstepJSON

/// A schema as a type: what a language can express of it.
///
/// `allOf` is merged, `oneOf` and `anyOf` are unions, null is a flag. What no type holds (bounds, patterns, conditions)
/// is in `constraints` for people to read, and in the schema at `uri` for the validator, which always runs on the original.
public struct Schema: Sendable {
    /// The type.
    public var kind: SchemaKind
    /// Whether null is among the values, also by way of a reference.
    public var isNullable: Bool
    /// Bounds and patterns that the schema states itself.
    public var constraints: Constraints
    /// `title`.
    public var title: String?
    /// CommonMark.
    public var description: String?
    /// The value that an absent one stands for.
    public var defaultValue: JSONValue?
    /// Example values.
    public var examples: [JSONValue]
    /// Whether it should no longer be used.
    public var isDeprecated: Bool
    /// Whether only responses carry it.
    public var isReadOnly: Bool
    /// Whether only requests carry it.
    public var isWriteOnly: Bool
    /// `x-` members.
    public var extensions: [String: JSONValue]
    /// Where it stands in the source.
    public var origin: Origin
    /// Where it stands in `APIDescription.resources`: a key of it with a JSON Pointer as fragment.
    public var uri: String

    /// Makes a schema.
    public init(
        kind: SchemaKind, isNullable: Bool = false, constraints: Constraints = Constraints(), title: String? = nil,
        description: String? = nil, defaultValue: JSONValue? = nil, examples: [JSONValue] = [],
        isDeprecated: Bool = false, isReadOnly: Bool = false, isWriteOnly: Bool = false,
        extensions: [String: JSONValue] = [:], origin: Origin, uri: String
    ) {
        self.kind = kind
        self.isNullable = isNullable
        self.constraints = constraints
        self.title = title
        self.description = description
        self.defaultValue = defaultValue
        self.examples = examples
        self.isDeprecated = isDeprecated
        self.isReadOnly = isReadOnly
        self.isWriteOnly = isWriteOnly
        self.extensions = extensions
        self.origin = origin
        self.uri = uri
    }
}

/// What a schema's values are.
public indirect enum SchemaKind: Sendable {
    /// Any JSON value.
    case any
    /// No value at all (`false`, or members of an `allOf` that exclude each other).
    case never
    /// Only null.
    case null
    /// `true` or `false`.
    case boolean
    /// A whole number, with its `format`: `int32`, `int64`, …
    case integer(format: String?)
    /// A number, with its `format`: `float`, `double`, `decimal`, …
    case number(format: String?)
    /// Text, with its `format`: `date-time`, `uuid`, …; `byte` for base64 and `binary` for raw bytes, however written.
    case string(format: String?)
    /// One of some values (`enum`, `const`).
    case enumeration(Enumeration)
    /// A list of one kind of element.
    case array(Schema)
    /// A list whose first elements have kinds of their own.
    case tuple(TupleSchema)
    /// An object with known properties.
    case object(ObjectSchema)
    /// An object with free keys and one kind of value.
    case map(Schema)
    /// One of several kinds.
    case union(UnionSchema)
    /// The schema of this name in `APIDescription.schemas`.
    case reference(String)
}

/// A schema with a name of its own.
public struct NamedSchema: Sendable {
    /// The name, unique in the API: the key under `components/schemas`, or one made from where the schema stands.
    public var name: String
    /// The schema.
    public var schema: Schema
    /// Whether it reaches a `readOnly` property, itself or through what it refers to.
    public var reachesReadOnly: Bool
    /// Whether it reaches a `writeOnly` property, itself or through what it refers to.
    public var reachesWriteOnly: Bool

    /// Makes a named schema.
    public init(name: String, schema: Schema, reachesReadOnly: Bool = false, reachesWriteOnly: Bool = false) {
        self.name = name
        self.schema = schema
        self.reachesReadOnly = reachesReadOnly
        self.reachesWriteOnly = reachesWriteOnly
    }
}
