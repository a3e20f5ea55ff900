public import LockstepJSON

/// A parameter of an operation.
public struct Parameter: Sendable {
    /// Its name as it is sent.
    public var name: String
    /// Where it is sent.
    public var location: Location
    /// How its value becomes text; the location's default where the document says nothing.
    public var style: ParameterStyle
    /// Whether arrays and objects become one parameter an element; the style's default where the document says nothing.
    public var explode: Bool
    /// Whether reserved characters stay unescaped in the query.
    public var allowReserved: Bool
    /// Whether `name=` without a value is allowed (query only).
    public var allowEmptyValue: Bool
    /// Whether it must be sent; always `true` in a path.
    public var isRequired: Bool
    /// Whether callers should stop sending it.
    public var isDeprecated: Bool
    /// CommonMark.
    public var description: String?
    /// What its value must be. For a parameter with `content`, the schema of that content.
    public var schema: Schema
    /// The media type in which the value is written, where the document uses `content` in place of `schema` and `style`.
    public var mediaType: String?
    /// Examples, in document order.
    public var examples: [Example]
    /// `x-` members.
    public var extensions: [String: JSONValue]
    /// Where it stands.
    public var origin: Origin

    /// Makes a parameter.
    public init(
        name: String, location: Location, style: ParameterStyle? = nil, explode: Bool? = nil,
        allowReserved: Bool = false, allowEmptyValue: Bool = false, isRequired: Bool, isDeprecated: Bool = false,
        description: String? = nil, schema: Schema, mediaType: String? = nil, examples: [Example] = [],
        extensions: [String: JSONValue] = [:], origin: Origin
    ) {
        let style = style ?? location.defaultStyle
        self.name = name
        self.location = location
        self.style = style
        self.explode = explode ?? style.explodesByDefault
        self.allowReserved = allowReserved
        self.allowEmptyValue = allowEmptyValue
        self.isRequired = isRequired
        self.isDeprecated = isDeprecated
        self.description = description
        self.schema = schema
        self.mediaType = mediaType
        self.examples = examples
        self.extensions = extensions
        self.origin = origin
    }

    /// Where a parameter is sent.
    public enum Location: String, Sendable, CaseIterable {
        /// In the path's hole of the same name.
        case path
        /// After `?`.
        case query
        /// As a header; the name's case does not matter.
        case header
        /// In the `Cookie` header.
        case cookie
        /// The whole query string as one value with a media type (OpenAPI 3.2).
        case querystring

        /// The style that holds where the document gives none.
        public var defaultStyle: ParameterStyle {
            switch self {
            case .path, .header: .simple
            case .query, .cookie, .querystring: .form
            }
        }
    }
}

/// How a parameter's value becomes text.
public enum ParameterStyle: String, Sendable, CaseIterable {
    /// `;color=blue` in a path.
    case matrix
    /// `.blue` in a path.
    case label
    /// `blue,black` in a path or header.
    case simple
    /// `color=blue` in a query or cookie.
    case form
    /// `color=blue%20black` in a query.
    case spaceDelimited
    /// `color=blue|black` in a query.
    case pipeDelimited
    /// `color[R]=100` in a query.
    case deepObject
    /// `color=blue; color=black` in a `Cookie` header (OpenAPI 3.2).
    case cookie

    /// What `explode` is where the document says nothing.
    public var explodesByDefault: Bool { self == .form || self == .cookie }
}
