/// How the items of a body follow each other.
enum ItemFraming: Sendable, Equatable {
    /// JSON Lines: each item is a line of JSON.
    case lines
    /// JSON text sequences (RFC 7464): each item begins with a record separator and ends with a line feed.
    case records
    /// Server-sent events (HTML §9.2.6): each item is an object with `data`, `event`, `id` and `retry`.
    case events(EventData)

    /// What the `data` of an event is.
    enum EventData: String, Sendable {
        /// Text as it is.
        case text
        /// JSON.
        case json
        /// Text where the schema takes text, else JSON.
        case either
    }

    /// The separator of `application/json-seq`.
    static let recordSeparator: UInt8 = 0x1E

    private static let lineTypes: Set<String> = ["jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "ndjson", "x-ndjson"]

    /// The framing of a media type; `nil` for those that are no sequence. The generator decides by the same rule.
    init?(_ mediaType: MediaType, data: EventData = .json) {
        if mediaType.type == "text", mediaType.subtype == "event-stream" {
            self = .events(data)
        } else if mediaType.subtype == "json-seq" || mediaType.subtype.hasSuffix("+json-seq") {
            self = .records
        } else if ["application", "text"].contains(mediaType.type), Self.lineTypes.contains(mediaType.subtype) {
            self = .lines
        } else {
            return nil
        }
    }
}

extension HTTPFields {
    /// Whether the content is a sequence of items, each of which is for the reader as soon as it is there.
    package var announceItems: Bool {
        guard let value = bytes(of: "Content-Type"), !value.elementsEqual("application/json".utf8),
            let type = ContentType(value)
        else { return false }
        return ItemFraming(type.mediaType) != nil
    }
}
