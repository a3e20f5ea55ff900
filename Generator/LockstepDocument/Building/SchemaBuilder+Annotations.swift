import LockstepJSON

extension SchemaBuilder {
    /// A type with what the schema at `place` says about it for people, and that place as its own.
    func annotate(_ schema: Schema, from place: Place) -> Schema {
        var result = schema
        let node = place.node
        result.origin = place.origin
        result.uri = place.uri
        result.title = node["title"]?.string ?? inherited(schema.title, by: schema)
        result.description = node["description"]?.string ?? inherited(schema.description, by: schema)
        result.defaultValue = node["default"]?.json ?? schema.defaultValue
        if let examples = node["examples"]?.items {
            result.examples = examples.map(\.json)
        } else if let example = node["example"] {
            result.examples = [example.json]
        }
        result.isDeprecated = node["deprecated"]?.bool ?? schema.isDeprecated
        result.isReadOnly = node["readOnly"]?.bool ?? schema.isReadOnly
        result.isWriteOnly = node["writeOnly"]?.bool ?? schema.isWriteOnly
        result.extensions = schema.extensions.merging(node.extensions) { _, own in own }
        result.constraints = constraints(of: node).merged(with: schema.constraints)
        if case .tuple(var tuple) = schema.kind, let minimum = result.constraints.minItems {
            tuple.minimumCount = max(tuple.minimumCount, minimum)
            result.kind = .tuple(tuple)
        }
        return result
    }

    /// Text of merged members passes on; that of a single alternative or reference stays where it is written.
    private func inherited(_ text: String?, by schema: Schema) -> String? {
        if case .reference = schema.kind { nil } else { text }
    }

    private func constraints(of node: Node) -> Constraints {
        var result = Constraints()
        result.minimum = node["minimum"]?.number
        result.maximum = node["maximum"]?.number
        result.exclusiveMinimum = node["exclusiveMinimum"]?.number
        result.exclusiveMaximum = node["exclusiveMaximum"]?.number
        result.multipleOf = node["multipleOf"]?.number
        result.minLength = node["minLength"]?.integer
        result.maxLength = node["maxLength"]?.integer
        result.pattern = node["pattern"]?.string
        result.minItems = node["minItems"]?.integer
        result.maxItems = node["maxItems"]?.integer
        result.uniqueItems = node["uniqueItems"]?.bool ?? false
        result.minProperties = node["minProperties"]?.integer
        result.maxProperties = node["maxProperties"]?.integer
        result.contentMediaType = node["contentMediaType"]?.string
        return result
    }
}
