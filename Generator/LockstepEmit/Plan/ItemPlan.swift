import LockstepDocument
import LockstepJSON

/// A sequence of items as a body: `ItemSequence` of something.
struct ItemPlan: Sendable {
    /// The type of an item, or of the data of an event.
    var type: SwiftType
    /// Whether the document describes the data of events and not the events.
    var isData: Bool
    /// The validator entry of an item.
    var entry: String
    /// What the data of an event is; nothing where items are no events.
    var data: EventData?

    /// The type of an item, as source.
    var element: String { isData ? "ServerSentEvent<\(type.source)>" : type.source }

    /// The type of the body, as source.
    var source: String { "ItemSequence<\(element)>" }
}

/// What the `data` of an event is on the wire.
enum EventData: String, Sendable {
    case text
    case json
    case either

    /// What the values of a schema are: text as it is, JSON, or whichever it takes.
    init(_ schema: Schema, in description: APIDescription) {
        let target = description.resolved(schema)
        switch target.kind {
        case .string, .never: self = .text
        case .any: self = .either
        case .enumeration(let enumeration):
            self = Self.joined(enumeration.values.map { $0.value.string == nil ? .json : .text })
        case .union(let union): self = Self.joined(union.alternatives.map { EventData($0.schema, in: description) })
        case .null, .boolean, .integer, .number, .array, .tuple, .map, .object, .reference: self = .json
        }
    }

    static func joined(_ kinds: [EventData]) -> EventData {
        guard let first = kinds.first else { return .text }
        return kinds.allSatisfy { $0 == first } ? first : .either
    }
}

/// What a content says of its items, where they can be handed over one by one.
///
/// OpenAPI 3.2 has `itemSchema` for an item and `schema` for the array of all. Before that documents describe an item by
/// `schema`; for an event stream, mostly the JSON in the data of an event.
struct ItemSchema {
    static let retryURI = "lockstep:///~retry"
    static let textURI = "lockstep:///~text"
    private static let eventFields: Set<String> = ["data", "event", "id", "retry"]

    /// The schema of an item; nothing for events of which nothing is said.
    let schema: Schema?
    /// Whether the schema is that of an event's data, not of the event.
    let isData: Bool
    /// What the data of an event is; nothing where items are no events.
    let data: EventData?

    /// `nil` where the content is no sequence that is read item by item.
    init?(_ content: MediaContent, in description: APIDescription) {
        guard let sequence = MediaTypeKind.Sequence(content.mediaType),
            let schema = content.itemSchema ?? Self.item(of: content.schema, in: description)
        else { return nil }
        switch sequence {
        case .json:
            self.schema = schema
            isData = false
            data = nil
        case .events:
            let objects = Self.objects(schema, in: description, depth: 0)
            let isDeclared = content.itemSchema != nil
            if isDeclared, objects.map({ $0.allSatisfy(\.properties.isEmpty) }) ?? Self.isAny(schema, in: description) {
                self.schema = nil
                isData = true
                data = .text
            } else if let objects, objects.allSatisfy({ Self.isEvent($0, isDeclared: isDeclared) }) {
                self.schema = schema
                isData = false
                let fields = objects.flatMap { $0.properties.filter { $0.name == "data" } }
                data = EventData.joined(fields.map { EventData($0.schema, in: description) })
            } else {
                self.schema = schema
                isData = true
                data = EventData(schema, in: description)
            }
        }
    }

    /// The properties of events that no event on the wire has.
    func unsent(in description: APIDescription) -> [String] {
        guard data != nil, !isData, let schema else { return [] }
        let objects = Self.objects(schema, in: description, depth: 0) ?? []
        var names: [String] = []
        for name in objects.flatMap({ $0.properties.map(\.name) }) {
            if !Self.eventFields.contains(name), !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// What a `schema` says of one item: that of an array's elements, or itself. Text and bytes say nothing.
    private static func item(of schema: Schema?, in description: APIDescription) -> Schema? {
        guard var schema else { return nil }
        if case .array(let items) = description.resolved(schema).kind { schema = items }
        switch description.resolved(schema).kind {
        case .any, .never, .null, .string, .tuple: return nil
        case .boolean, .integer, .number, .enumeration, .array, .map, .object, .union, .reference: return schema
        }
    }

    private static func isAny(_ schema: Schema, in description: APIDescription) -> Bool {
        switch description.resolved(schema).kind {
        case .any, .map: true
        default: false
        }
    }

    /// The objects that a schema stands for; `nil` where it takes anything else.
    private static func objects(_ schema: Schema, in description: APIDescription, depth: Int) -> [ObjectSchema]? {
        guard depth < 8 else { return nil }
        switch description.resolved(schema).kind {
        case .object(let object): return [object]
        case .union(let union):
            var all: [ObjectSchema] = []
            for alternative in union.alternatives {
                guard let objects = objects(alternative.schema, in: description, depth: depth + 1) else { return nil }
                all += objects
            }
            return all
        default: return nil
        }
    }

    /// Whether an object describes an event. What `itemSchema` describes is one unless that cannot be; what `schema`
    /// describes is one if it has nothing but what events have, and data.
    private static func isEvent(_ object: ObjectSchema, isDeclared: Bool) -> Bool {
        let names = object.properties.map(\.name)
        let hasOnlyFields = names.allSatisfy(eventFields.contains)
        guard isDeclared else { return hasOnlyFields && names.contains("data") }
        let isPossible = object.properties.allSatisfy { !$0.isRequired || eventFields.contains($0.name) }
        return isPossible && (hasOnlyFields || !eventFields.subtracting(["id"]).isDisjoint(with: names))
    }
}
