import LockstepJSON

/// Properties that only `then`, `else` or `dependentSchemas` describe: a value may have them, so the type does too.
///
/// Such a property has its type where the condition holds. Where it does not, the document says nothing about the member: what
/// does not fit the type is accepted and is not part of it, as with other members that are not mentioned.
extension SchemaBuilder {
    private static let conditionLimit = 16

    func withConditionalProperties(_ schema: Schema, at place: Place) -> Schema {
        guard case .object(var object) = schema.kind, place.node["additionalProperties"]?.bool != false else {
            return schema
        }
        var known: [String: Int] = [:]
        for (index, property) in object.properties.enumerated() { known[property.name] = index }
        for property in conditionalProperties(at: place, depth: 0) {
            guard let index = known[property.name] else {
                known[property.name] = object.properties.count
                object.properties.append(property)
                continue
            }
            guard object.properties[index].isConditional else { continue }
            object.properties[index].schema = either(object.properties[index].schema, property.schema, at: place)
        }
        var result = schema
        result.kind = .object(object)
        return result
    }

    /// What either of two schemas allows: one type where they agree, else a union; anything where one says nothing.
    func either(_ left: Schema, _ right: Schema, at place: Place) -> Schema {
        if left.hasSameShape(as: right) { return left }
        var alternatives: [UnionSchema.Alternative] = []
        for var schema in [left, right] {
            if case .reference = schema.kind {} else { schema.isNullable = false }
            guard case .union(let union) = schema.kind, union.rule == .anyOf, union.discriminator == nil else {
                alternatives.append(UnionSchema.Alternative(nameHint: nameHint(for: schema), schema: schema))
                continue
            }
            alternatives += union.alternatives
        }
        let hasAny = alternatives.contains { if case .any = $0.schema.kind { true } else { false } }
        if hasAny || alternatives.count > Self.conditionLimit { return bare(.any, at: place) }
        return self.union(of: alternatives, rule: .anyOf, isNullable: left.isNullable || right.isNullable, at: place)
    }

    /// The properties of all branches, those of `allOf` members included that hold nothing but conditions.
    private func conditionalProperties(at place: Place, depth: Int) -> [ObjectSchema.Property] {
        guard depth < Self.conditionLimit else { return [] }
        var result: [ObjectSchema.Property] = []
        let branches =
            ["then", "else"].compactMap { place[$0] } + (place["dependentSchemas"]?.members.map(\.place) ?? [])
        for branch in branches {
            switch resolved(schema(at: branch)).kind {
            case .object(let object): result += conditional(object)
            case .union(let union):
                for alternative in union.alternatives {
                    if case .object(let object) = resolved(alternative.schema).kind { result += conditional(object) }
                }
            case .any: result += conditionalProperties(at: branch, depth: depth + 1)
            default: break
            }
        }
        for member in place["allOf"]?.elements ?? [] where !saysType(member.node) {
            result += conditionalProperties(at: member, depth: depth + 1)
        }
        return result
    }

    private func saysType(_ node: Node) -> Bool {
        node["$ref"] != nil || node["type"] != nil || impliedType(of: node) != nil
    }

    private func conditional(_ object: ObjectSchema) -> [ObjectSchema.Property] {
        object.properties.compactMap { property in
            if case .never = property.schema.kind { return nil }
            // Only required here: another branch, or nobody, says what it is.
            if case .any = property.schema.kind, property.isRequired { return nil }
            var result = property
            result.isRequired = false
            result.isConditional = true
            // It would stand for the member of values that the condition does not hold for.
            result.schema.defaultValue = nil
            return result
        }
    }
}
