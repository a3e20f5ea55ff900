public import LockstepJSON

/// What a request carries.
public struct RequestBody: Sendable {
    /// Whether a request without it is refused.
    public var isRequired: Bool
    /// CommonMark.
    public var description: String?
    /// The media types accepted, in document order.
    public var contents: [MediaContent]
    /// `x-` members.
    public var extensions: [String: JSONValue]
    /// Where it stands.
    public var origin: Origin

    /// Makes a request body.
    public init(
        isRequired: Bool, description: String? = nil, contents: [MediaContent],
        extensions: [String: JSONValue] = [:], origin: Origin
    ) {
        self.isRequired = isRequired
        self.description = description
        self.contents = contents
        self.extensions = extensions
        self.origin = origin
    }
}
