public import LockstepJSON

/// One answer of an operation.
public struct Response: Sendable {
    /// When it is given.
    public var status: Status
    /// CommonMark; may be empty.
    public var description: String
    /// Its headers, in document order, without `Content-Type` (OpenAPI ignores it there).
    public var headers: [Header]
    /// The media types of its body, in document order; empty for no body.
    public var contents: [MediaContent]
    /// What can be called next with it.
    public var links: [Link]
    /// `x-` members.
    public var extensions: [String: JSONValue]
    /// Where it stands.
    public var origin: Origin

    /// Makes a response.
    public init(
        status: Status, description: String, headers: [Header] = [], contents: [MediaContent] = [], links: [Link] = [],
        extensions: [String: JSONValue] = [:], origin: Origin
    ) {
        self.status = status
        self.description = description
        self.headers = headers
        self.contents = contents
        self.links = links
        self.extensions = extensions
        self.origin = origin
    }

    /// The key under `responses`.
    public enum Status: Sendable, Hashable, CustomStringConvertible {
        /// One status: `200`.
        case code(Int)
        /// A hundred of them by the first digit: `4XX`.
        case range(Int)
        /// Every status that is not declared.
        case `default`

        /// The key as the document writes it.
        public var description: String {
            switch self {
            case .code(let code): "\(code)"
            case .range(let digit): "\(digit)XX"
            case .default: "default"
            }
        }
    }
}

/// A header of a response or of a multipart part.
public struct Header: Sendable {
    /// Its name; case does not matter.
    public var name: String
    /// Whether it must be there.
    public var isRequired: Bool
    /// Whether callers should stop reading it.
    public var isDeprecated: Bool
    /// CommonMark.
    public var description: String?
    /// What its value must be.
    public var schema: Schema
    /// Whether objects are written `name=value`; the style is always `simple`.
    public var explode: Bool
    /// The media type in which the value is written, where the document uses `content`.
    public var mediaType: String?
    /// Examples, in document order.
    public var examples: [Example]
    /// `x-` members.
    public var extensions: [String: JSONValue]
    /// Where it stands.
    public var origin: Origin

    /// Makes a header.
    public init(
        name: String, isRequired: Bool, isDeprecated: Bool = false, description: String? = nil, schema: Schema,
        explode: Bool = false, mediaType: String? = nil, examples: [Example] = [],
        extensions: [String: JSONValue] = [:], origin: Origin
    ) {
        self.name = name
        self.isRequired = isRequired
        self.isDeprecated = isDeprecated
        self.description = description
        self.schema = schema
        self.explode = explode
        self.mediaType = mediaType
        self.examples = examples
        self.extensions = extensions
        self.origin = origin
    }
}
