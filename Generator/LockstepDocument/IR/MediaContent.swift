public import LockstepJSON

/// One media type of a body: the key and value of a `content` object.
public struct MediaContent: Sendable {
    /// The key: `application/json`, `image/*`, `text/plain; charset=utf-8`.
    public var mediaType: String
    /// What the body must be; `nil` where the document does not say (any bytes).
    public var schema: Schema?
    /// What each item of a sequence must be: JSON Lines, `text/event-stream` (OpenAPI 3.2).
    public var itemSchema: Schema?
    /// How the properties of a form or multipart body are written, in document order.
    public var encodings: [PartEncoding]
    /// Examples, in document order.
    public var examples: [Example]
    /// `x-` members.
    public var extensions: [String: JSONValue]
    /// Where it stands.
    public var origin: Origin

    /// Makes a media type.
    public init(
        mediaType: String, schema: Schema?, itemSchema: Schema? = nil, encodings: [PartEncoding] = [],
        examples: [Example] = [], extensions: [String: JSONValue] = [:], origin: Origin
    ) {
        self.mediaType = mediaType
        self.schema = schema
        self.itemSchema = itemSchema
        self.encodings = encodings
        self.examples = examples
        self.extensions = extensions
        self.origin = origin
    }
}

/// How one property of a form or multipart body is written: the `encoding` object.
public struct PartEncoding: Sendable {
    /// The property.
    public var property: String
    /// The media types allowed for the part (comma separated in the document); empty for the default of its schema.
    public var contentTypes: [String]
    /// Headers of the part.
    public var headers: [Header]
    /// The style of a form field, where the document gives one.
    public var style: ParameterStyle?
    /// The document's `explode`.
    public var explode: Bool?
    /// Whether reserved characters stay unescaped.
    public var allowReserved: Bool

    /// Makes an encoding.
    public init(
        property: String, contentTypes: [String] = [], headers: [Header] = [], style: ParameterStyle? = nil,
        explode: Bool? = nil, allowReserved: Bool = false
    ) {
        self.property = property
        self.contentTypes = contentTypes
        self.headers = headers
        self.style = style
        self.explode = explode
        self.allowReserved = allowReserved
    }
}
