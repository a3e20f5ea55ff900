public import LockstepJSON

/// An example of a value.
public struct Example: Sendable {
    /// The key under `examples`; `nil` for a single `example`.
    public var name: String?
    /// One line.
    public var summary: String?
    /// CommonMark.
    public var description: String?
    /// The value; `nil` where it is external.
    public var value: JSONValue?
    /// The address of the value where it is not in the document.
    public var externalValue: String?
    /// Where it stands.
    public var origin: Origin

    /// Makes an example.
    public init(
        name: String? = nil, summary: String? = nil, description: String? = nil, value: JSONValue?,
        externalValue: String? = nil, origin: Origin
    ) {
        self.name = name
        self.summary = summary
        self.description = description
        self.value = value
        self.externalValue = externalValue
        self.origin = origin
    }
}
