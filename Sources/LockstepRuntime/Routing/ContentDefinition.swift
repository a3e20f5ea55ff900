public import LockstepSchema

/// One media type of a request or response body.
public struct ContentDefinition: Sendable {
    /// The media type or range.
    public let mediaType: MediaType
    /// What checks JSON and form content, and text of which its schema says more than that it is text; `nil` for other
    /// text, for binary content and for JSON without a schema.
    public let validator: ValidatorEntry?
    /// The fields of a form or multipart body.
    public let fields: [ParameterDefinition]
    /// The items that the content is a sequence of, where they are handed over one by one.
    let items: ItemDefinition?
    /// What else is said of the parts of a multipart form, by field.
    let parts: [String: PartDefinition]
    /// The media type's name as bytes; empty for ranges.
    let essence: [UInt8]

    init(
        mediaType: MediaType, validator: ValidatorEntry?, fields: [ParameterDefinition], items: ItemDefinition? = nil,
        parts: [String: PartDefinition] = [:]
    ) {
        self.parts = parts
        self.items = items
        self.mediaType = mediaType
        self.validator = validator
        self.fields = fields
        essence = mediaType.isExact ? Array(mediaType.description.utf8) : []
    }
}

/// The items of a content that is a sequence of them.
struct ItemDefinition: Sendable {
    /// How they follow each other.
    let framing: ItemFraming
    /// What checks each of them.
    let validator: ValidatorEntry
}

extension [ContentDefinition] {
    /// The content whose media type names this one most exactly; the earlier one of two that do so equally.
    func closest(to mediaType: MediaType) -> Int? {
        var best: Int?
        for (index, content) in enumerated() where content.mediaType.includes(mediaType) {
            if let known = best, self[known].mediaType.specificity >= content.mediaType.specificity { continue }
            best = index
        }
        return best
    }
}

/// The body that an operation takes.
public struct BodyDefinition: Sendable {
    /// Whether there must be content.
    public let isRequired: Bool
    /// Whether the handler reads the content itself, as a stream.
    public let isStreaming: Bool
    /// The most bytes accepted, if the document sets a limit.
    public let limit: Int?
    /// The media types accepted, in document order.
    public let contents: [ContentDefinition]
}

/// A response that the document declares.
public struct ResponseDefinition: Sendable {
    /// Which statuses it is for.
    public enum Status: Sendable, Hashable {
        /// One status.
        case code(Int)
        /// `4XX`: the hundreds digit.
        case range(Int)
        /// All that no other response names.
        case `default`
    }

    /// Which statuses it is for.
    public let status: Status
    /// The media types of its content; empty for a response without content.
    public let contents: [ContentDefinition]
    /// Its header fields.
    public let headers: [ParameterDefinition]
    /// What checks the header fields.
    public let headerValidator: ValidatorEntry?
}
