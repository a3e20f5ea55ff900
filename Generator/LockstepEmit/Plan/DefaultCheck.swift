import LockstepDocument
import LockstepJSON
import LockstepSchema

/// Whether a default is a value that its own schema allows: one that is not would become a document that is not valid.
struct DefaultCheck {
    let description: APIDescription

    func allows(_ value: JSONValue, by schema: Schema) -> Bool {
        let target = description.resolved(schema)
        guard hasKind(value, target, isNullable: schema.isNullable || target.isNullable),
            satisfies(value, schema.constraints), satisfies(value, target.constraints)
        else { return false }
        if case .array(let items) = target.kind, case .array(let values) = value {
            return values.allSatisfy { allows($0, by: items) }
        }
        return true
    }

    /// Whether a value is of the schema's kind. Unions are looked at when their types are known.
    private func hasKind(_ value: JSONValue, _ schema: Schema, isNullable: Bool) -> Bool {
        switch schema.kind {
        case .any, .union, .enumeration, .reference, .null: true
        case .never: false
        case _ where value.isNull: isNullable
        case .boolean: value.bool != nil
        case .integer, .number: if case .number = value { true } else { false }
        case .string: value.string != nil
        case .array, .tuple: value.array != nil
        case .map, .object: value.object != nil
        }
    }

    private func satisfies(_ value: JSONValue, _ constraints: Constraints) -> Bool {
        let members = keywords(of: constraints)
        guard !members.isEmpty, let entry = try? SchemaCompiler.validator(for: .object(members)) else { return true }
        return entry.validate(JSONDocument(value)).isValid
    }

    private func keywords(of constraints: Constraints) -> [JSONMember] {
        let numbers = [
            ("minimum", constraints.minimum), ("maximum", constraints.maximum),
            ("exclusiveMinimum", constraints.exclusiveMinimum), ("exclusiveMaximum", constraints.exclusiveMaximum),
            ("multipleOf", constraints.multipleOf),
        ]
        let counts = [
            ("minLength", constraints.minLength), ("maxLength", constraints.maxLength),
            ("minItems", constraints.minItems), ("maxItems", constraints.maxItems),
            ("minProperties", constraints.minProperties), ("maxProperties", constraints.maxProperties),
        ]
        var members = numbers.compactMap { name, text in text.map { JSONMember(key: name, value: .number($0)) } }
        members += counts.compactMap { name, count in count.map { JSONMember(key: name, value: .int($0)) } }
        if let pattern = constraints.pattern { members.append(JSONMember(key: "pattern", value: .string(pattern))) }
        if constraints.uniqueItems { members.append(JSONMember(key: "uniqueItems", value: true)) }
        return members
    }
}
