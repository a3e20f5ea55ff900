/// A parameter of an operation, or a field of a form, as the route table describes it.
public final class ParameterDefinition: Sendable {
    /// Where a parameter is sent.
    public enum Location: String, Sendable {
        /// A segment of the path.
        case path
        /// The query.
        case query
        /// A header field.
        case header
        /// A cookie.
        case cookie
        /// A field of a form body.
        case form
    }

    /// How a value is written as text (OpenAPI 3.1 §4.8.12.3).
    public enum Style: String, Sendable {
        /// `;color=blue` in a path
        case matrix
        /// `.blue` in a path
        case label
        /// `blue,black` in a path or header
        case simple
        /// `color=blue` in the query, a cookie or a form
        case form
        /// `color=blue%20black`
        case spaceDelimited
        /// `color=blue|black`
        case pipeDelimited
        /// `color[R]=100&color[G]=200`
        case deepObject
    }

    /// The name; header names in any case.
    public let name: String
    /// Where it is sent.
    public let location: Location
    /// How its value is written.
    public let style: Style
    /// Whether array items and object members are written separately.
    public let explodes: Bool
    /// Whether it must be there.
    public let isRequired: Bool
    /// Whether reserved characters stay unencoded (what is decoded is the same either way).
    public let allowsReserved: Bool
    /// Whether an empty value in the query means that the parameter is not used (`allowEmptyValue`).
    public let allowsEmpty: Bool
    /// What kind of value its text stands for.
    public let type: ParameterType

    /// The name of this parameter's property in the object that the validator sees: `query.limit`.
    let key: String

    init(
        name: String, location: Location, style: Style, explodes: Bool, isRequired: Bool, allowsReserved: Bool,
        allowsEmpty: Bool = false, type: ParameterType
    ) {
        self.name = name
        self.location = location
        self.style = style
        self.explodes = explodes
        self.isRequired = isRequired
        self.allowsReserved = allowsReserved
        self.allowsEmpty = allowsEmpty
        self.type = type
        key = location == .form ? name : "\(location.rawValue).\(name)"
    }
}

/// What kind of JSON a parameter's text stands for: decides how text becomes JSON, not whether it is valid.
///
/// Text that does not look like its kind stays a string, for the validator to refuse with the schema's own words.
public indirect enum ParameterType: Sendable {
    /// Any text.
    case string
    /// `1`, `-2.5e3`: a JSON number.
    case number
    /// `true` or `false`.
    case boolean
    /// The empty text.
    case null
    /// The first of these that the text looks like.
    case anyOf([ParameterType])
    /// A list.
    case array(ParameterType)
    /// Named members; others become `additional`.
    case object([(name: String, type: ParameterType)], additional: ParameterType?)
    /// Text in JSON (a parameter with `content`, or a form field of type `application/json`).
    case json
    /// A file of a multipart form: kept as bytes, seen by the validator as an empty string.
    case file
}
