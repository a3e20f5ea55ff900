/// The schema of the events of a `text/event-stream`, with the JSON in their data as what it is.
///
/// On the wire the data of an event is text. Where the schema says that the text is JSON, and of what schema
/// (`contentMediaType` with `contentSchema`, as OpenAPI 3.2 shows), the type and the check are those of the JSON: a copy of
/// the schema stands beside it that has the `contentSchema` in place of the text.
struct EventSchema {
    /// Where the copy stands, in the media type.
    static let key = "x-lockstep-events"
    private static let depthLimit = 8
    private let resolver: Resolver

    init(_ resolver: Resolver) {
        self.resolver = resolver
    }

    /// The copy; `nil` where the data holds no JSON.
    func unfolded(_ schema: Place) -> Node? { rewritten(schema, depth: 0) }

    private func rewritten(_ outer: Place, depth: Int) -> Node? {
        let place = target(of: outer)
        guard depth < Self.depthLimit, place.node.mapping != nil else { return nil }
        let copy = place.node.copy()
        var hasChanged = false
        if let data = place["properties"]?["data"], let content = content(of: data) {
            copy["properties"]?.set("data", content)
            hasChanged = true
        }
        for keyword in ["oneOf", "anyOf", "allOf"] {
            guard let members = place[keyword]?.elements else { continue }
            let changed = members.map { rewritten($0, depth: depth + 1) }
            guard changed.contains(where: { $0 != nil }) else { continue }
            hasChanged = true
            let base = keyword == "allOf" ? nil : textData(of: copy)
            let nodes = zip(members, changed).map { member, node in
                node ?? (base.map { withData($0, in: member) } ?? member.node.copy())
            }
            copy.set(keyword, Node(.sequence(nodes), mark: place.node.mark))
            if base != nil { copy["properties"]?.remove("data") }
        }
        return hasChanged ? copy : nil
    }

    /// What a schema that is nothing but a reference refers to.
    private func target(of place: Place) -> Place {
        guard let keys = place.node.mapping?.keys, keys.contains("$ref"),
            keys.allSatisfy({ ["$ref", "description", "summary"].contains($0) })
        else { return place }
        return resolver.follow(place)
    }

    /// The schema of the JSON in a text. A JSON text that is a string itself stays text.
    private func content(of data: Place) -> Node? {
        let node = target(of: data).node
        guard let mediaType = node["contentMediaType"]?.string?.lowercased(), let schema = node["contentSchema"],
            mediaType == "application/json" || mediaType.hasSuffix("+json"), schema["type"]?.string != "string"
        else { return nil }
        return schema.copy()
    }

    /// What all events say of their data, where that is a text: it does not hold for those whose data is JSON.
    private func textData(of node: Node) -> Node? {
        guard let data = node["properties"]?["data"], data["type"]?.string == "string" else { return nil }
        return data
    }

    /// An alternative whose data stays text, with what was said of it for all.
    private func withData(_ base: Node, in alternative: Place) -> Node {
        let copy = target(of: alternative).node.copy()
        if copy["properties"]?.mapping == nil { copy.set("properties", Node(.mapping(Mapping()), mark: base.mark)) }
        let data = base.copy()
        for entry in copy["properties"]?["data"]?.mapping?.entries ?? [] { data.set(entry.key, entry.value) }
        copy["properties"]?.set("data", data)
        return copy
    }
}

extension DescriptionBuilder {
    /// What each item of a content must be, where the document says so of the items.
    func itemSchema(of mediaType: String, at place: Place) -> Schema? {
        let items = place["itemSchema"]
        if mediaType.lowercased().hasPrefix("text/event-stream"), let described = items ?? place["schema"] {
            if place.node[EventSchema.key] == nil, let events = EventSchema(resolver).unfolded(described) {
                events.isImplicit = true
                place.node.set(EventSchema.key, events)
            }
            if let events = place[EventSchema.key], events.node.isImplicit { return schemas.schema(at: events) }
        }
        return items.map { schemas.schema(at: $0) }
    }
}
