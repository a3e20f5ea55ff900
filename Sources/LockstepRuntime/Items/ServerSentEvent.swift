public import LockstepJSON
public import LockstepSchema

/// An event of a `text/event-stream` of which the document describes the data only.
///
/// Where it describes the events themselves, as OpenAPI 3.2's `itemSchema` does, they have a generated type.
public struct ServerSentEvent<Value: JSONCoded>: JSONCoded {
    /// The data, on the wire as JSON, or as it is where it is text.
    public var data: Value
    /// What kind of event it is; browsers call one without a kind `message`.
    public var event: String?
    /// What a client that connects again sends as `Last-Event-ID`.
    public var id: String?
    /// After how many milliseconds a client that lost the connection should connect again.
    public var retry: Int?

    /// An event of these parts.
    public init(_ data: Value, event: String? = nil, id: String? = nil, retry: Int? = nil) {
        self.data = data
        self.event = event
        self.id = id
        self.retry = retry
    }

    /// Reads an event that the validator has checked: its properties are in the order of the fields here.
    public init(_ json: ValidJSON) {
        data = Value(json[0])
        event = json[1].optional(String.self)
        id = json[2].optional(String.self)
        retry = json[3].optional(Int.self)
    }

    /// Writes the event as an object.
    public func write(to json: inout JSONWriter) {
        json.beginObject()
        json.field("data", data)
        json.field("event", event)
        json.field("id", id)
        json.field("retry", retry)
        json.endObject()
    }
}
