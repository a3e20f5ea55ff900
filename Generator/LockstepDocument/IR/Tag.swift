/// A group of operations.
public struct Tag: Sendable {
    /// Its name, as operations write it.
    public var name: String
    /// One line (OpenAPI 3.2).
    public var summary: String?
    /// CommonMark.
    public var description: String?
    /// The tag above this one (OpenAPI 3.2).
    public var parent: String?
    /// What sort of group it is: `nav`, `badge`, `audience` or another (OpenAPI 3.2).
    public var kind: String?
    /// The address of more documentation.
    public var externalDocumentation: ExternalDocumentation?
    /// Whether the document's `tags` declares it; `false` for one that only operations name.
    public var isDeclared: Bool

    /// Makes a tag.
    public init(
        name: String, summary: String? = nil, description: String? = nil, parent: String? = nil,
        kind: String? = nil, externalDocumentation: ExternalDocumentation? = nil, isDeclared: Bool = true
    ) {
        self.name = name
        self.summary = summary
        self.description = description
        self.parent = parent
        self.kind = kind
        self.externalDocumentation = externalDocumentation
        self.isDeclared = isDeclared
    }
}

/// A link to more documentation.
public struct ExternalDocumentation: Sendable {
    /// The address.
    public var url: String
    /// CommonMark.
    public var description: String?

    /// Makes a link.
    public init(url: String, description: String? = nil) {
        self.url = url
        self.description = description
    }
}
