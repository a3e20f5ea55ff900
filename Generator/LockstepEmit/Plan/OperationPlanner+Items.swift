import LockstepDocument
import LockstepSchema

extension OperationPlanner {
    /// The type of an item, and the entry that checks one.
    ///
    /// - Parameter hint: what comes before `Item` or `Event` in the name of a type that is declared for it.
    mutating func plan(
        _ items: ItemSchema, of content: MediaContent, named name: String, hint: String, in scope: TypeScope, view: View
    ) -> ItemPlan {
        guard let schema = items.schema else {
            return ItemPlan(
                type: .scalar(.string), isData: true, entry: addEventEntry(of: nil, named: name, view, content.origin),
                data: .text)
        }
        let suffix = items.data == nil ? "Item" : items.isData ? "Data" : "Event"
        let type = types.element(schema, named: hint + suffix, in: scope, view: view)
        let entry =
            items.isData
            ? addEventEntry(of: schema, named: name, view, content.origin)
            : self.entry(for: schema, named: name, view, at: content.origin)
        return ItemPlan(type: type, isData: items.isData, entry: entry, data: items.data)
    }

    /// The entry of events of which the document describes the data: an object as `ServerSentEvent` reads it.
    private mutating func addEventEntry(
        of data: Schema?, named name: String, _ view: View, _ origin: Origin
    ) -> String {
        let uri = "lockstep:///~events/\(entries.count)"
        let text = Shape.scalar(.string)
        let fields = [
            (
                name: "data", schema: data?.uri ?? ItemSchema.textURI,
                shape: data.map { shapes.shape(of: $0, view) } ?? text
            ),
            (name: "event", schema: ItemSchema.textURI, shape: text),
            (name: "id", schema: ItemSchema.textURI, shape: text),
            (name: "retry", schema: ItemSchema.retryURI, shape: .scalar(.int)),
        ]
        let properties = fields.map {
            ParameterSchema.Property(name: $0.name, schema: $0.schema, isRequired: $0.name == "data")
        }
        let slots = fields.map { ShapeProperty($0.name, $0.shape, isRequired: $0.name == "data") }
        add(
            ParameterSchema(uri: uri, properties: properties),
            EntryPlan(
                name: name, schema: uri + "#", shape: .object(slots),
                direction: view == .request ? .request : .response,
                origin: origin))
        return name
    }
}
