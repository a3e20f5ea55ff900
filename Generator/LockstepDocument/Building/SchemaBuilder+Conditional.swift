import LockstepJSON

/// Properties that only `then`, `else` or `dependentSchemas` describe, or `if` looks at: a value may have them, so the type
/// does too.
///
/// Such a property has its type where the condition holds. Where it does not, the document says nothing about the member: what
/// does not fit the type is accepted and is not part of it, as with other members that are not mentioned.
extension SchemaBuilder {
    private static let conditionLimit = 16

    func withConditionalProperties(_ schema: Schema, at place: Place) -> Schema {
        guard place.node["additionalProperties"]?.bool != false else { return schema }
        let branches = conditionalObjects(at: place, depth: 0)
        let tested = testedNames(at: place, depth: 0)
        guard !branches.isEmpty || !tested.isEmpty, case .object(let object) = resolved(schema).kind else {
            return schema
        }
        var extended = adding(branches, to: object, at: place, depth: 0)
        if case .unmentioned = (extended ?? object).additional {
            var known = Set((extended ?? object).properties.map(\.name))
            for name in tested where known.insert(name).inserted {
                // A condition that does not hold says nothing against a value.
                let any = ObjectSchema.Property(name: name, schema: bare(.any, at: place), isRequired: false)
                extended = extended ?? object
                extended?.properties.append(any)
            }
        }
        guard let extended else { return schema }
        var result = schema
        result.kind = .object(extended)
        return result
    }

    /// The members that conditions look at.
    private func testedNames(at place: Place, depth: Int) -> [String] {
        guard depth < Self.conditionLimit else { return [] }
        let test = place["if"]
        let named = test?["properties"]?.members.map(\.key) ?? []
        let required = test?["required"]?.elements.compactMap(\.node.string) ?? []
        let inner =
            ["then", "else"].compactMap { place[$0] } + (place["allOf"]?.elements ?? []).filter { !saysType($0.node) }
        return named + required + inner.flatMap { testedNames(at: $0, depth: depth + 1) }
    }

    /// The object with what is described under conditions; `nil` where that adds nothing.
    private func adding(
        _ branches: [ObjectSchema], to object: ObjectSchema, at place: Place, depth: Int
    ) -> ObjectSchema? {
        var result = object
        var isExtended = false
        var known: [String: Int] = [:]
        for (index, property) in object.properties.enumerated() { known[property.name] = index }
        func add(_ property: ObjectSchema.Property) {
            isExtended = true
            known[property.name] = result.properties.count
            result.properties.append(property)
        }
        for property in branches.flatMap(described(by:)) {
            guard let index = known[property.name] else {
                add(property)
                continue
            }
            let existing = result.properties[index]
            if existing.isConditional {
                result.properties[index].schema = either(existing.schema, property.schema, at: place)
            } else if let inner = extended(existing.schema, by: property.schema, at: place, depth: depth) {
                result.properties[index].schema = inner
            } else {
                continue
            }
            isExtended = true
        }
        // Where a branch requires what nobody describes, it is there and may be anything.
        for branch in branches {
            for property in branch.properties where known[property.name] == nil && isOnlyRequired(property) {
                add(conditional(property))
            }
        }
        if case .unmentioned = object.additional, branches.contains(where: \.keepsOthers) {
            isExtended = true
            result.additional = .schema(bare(.any, at: place))
        }
        return isExtended ? result : nil
    }

    /// An object that a branch says more about; `nil` where it says nothing new.
    private func extended(_ schema: Schema, by more: Schema, at place: Place, depth: Int) -> Schema? {
        guard depth < Self.conditionLimit, case .object(let object) = resolved(schema).kind,
            case .object(let branch) = resolved(more).kind, !object.isClosed,
            let inner = adding([branch], to: object, at: place, depth: depth + 1)
        else { return nil }
        var result = schema
        result.kind = .object(inner)
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

    /// The objects of all branches, those of `allOf` members included that hold nothing but conditions.
    private func conditionalObjects(at place: Place, depth: Int) -> [ObjectSchema] {
        guard depth < Self.conditionLimit else { return [] }
        var result: [ObjectSchema] = []
        let branches =
            ["then", "else"].compactMap { place[$0] } + (place["dependentSchemas"]?.members.map(\.place) ?? [])
        for branch in branches {
            switch resolved(schema(at: branch)).kind {
            case .object(let object): result.append(object)
            case .map(let values): result.append(ObjectSchema(properties: [], additional: .schema(values)))
            case .union(let union):
                for alternative in union.alternatives {
                    if case .object(let object) = resolved(alternative.schema).kind { result.append(object) }
                }
            case .any: result += conditionalObjects(at: branch, depth: depth + 1)
            default: break
            }
        }
        for member in place["allOf"]?.elements ?? [] where !saysType(member.node) {
            result += conditionalObjects(at: member, depth: depth + 1)
        }
        return result
    }

    private func saysType(_ node: Node) -> Bool {
        node["$ref"] != nil || node["type"] != nil || impliedType(of: node) != nil
    }

    private func described(by branch: ObjectSchema) -> [ObjectSchema.Property] {
        branch.properties.compactMap { property in
            if case .never = property.schema.kind { return nil }
            return isOnlyRequired(property) ? nil : conditional(property)
        }
    }

    /// Whether a branch says of a property that it is there, and another one, or nobody, what it is.
    private func isOnlyRequired(_ property: ObjectSchema.Property) -> Bool {
        if case .any = property.schema.kind { property.isRequired } else { false }
    }

    private func conditional(_ property: ObjectSchema.Property) -> ObjectSchema.Property {
        var result = property
        result.isRequired = false
        result.isConditional = true
        // It would stand for the member of values that the condition does not hold for.
        result.schema.defaultValue = nil
        return result
    }
}

extension ObjectSchema {
    fileprivate var isClosed: Bool {
        if case .forbidden = additional { true } else { false }
    }

    /// Whether the document says something about members beside the properties.
    fileprivate var keepsOthers: Bool {
        guard case .schema(let values) = additional else { return false }
        if case .any = values.kind { return values.uri.hasSuffix("Properties") }
        return true
    }
}
