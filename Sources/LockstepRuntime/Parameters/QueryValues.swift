/// Finds the values of query parameters and form fields among `name=value` pairs.
struct QueryValues {
    let items: QueryItems
    /// All parameters that share the pairs: what one of them claims, another's additional members do not get.
    let definitions: [ParameterDefinition]

    /// The value of a parameter; `nil` if it was not sent.
    func value(of definition: ParameterDefinition) throws(RawValueError) -> RawValue? {
        if definition.style == .deepObject { return try DeepObjectParser.parse(items.items, name: definition.name) }
        let values = items.rawValues(definition.name)
        let structure = definition.type.structure(valueCount: values.count)
        if definition.explodes, structure == .object { return members(of: definition) }
        guard let first = values.first else { return nil }
        if definition.explodes, structure == .array { return .list(values) }
        guard values.count == 1 else { throw .repeated }
        return try StyleParser.delimited(first, definition.type, by: delimiter(of: definition), isEncoded: true)
    }

    /// The first name that no parameter claims.
    func unclaimedNames() -> [String] {
        var unclaimed: [String] = []
        for item in items.items {
            guard let name = item.name, !isClaimed(name) else { continue }
            if !unclaimed.contains(name) { unclaimed.append(name) }
        }
        return unclaimed
    }

    /// An exploded object has no name of its own in the query: its members' names are there instead.
    private func members(of definition: ParameterDefinition) -> RawValue? {
        var members: [(name: String, texts: [ArraySlice<UInt8>])] = []
        for item in items.items {
            guard let name = item.name, belongs(name, to: definition) else { continue }
            if let index = members.firstIndex(where: { $0.name == name }) {
                members[index].texts.append(item.value)
            } else {
                members.append((name, [item.value]))
            }
        }
        return members.isEmpty ? nil : .members(members)
    }

    private func belongs(_ name: String, to definition: ParameterDefinition) -> Bool {
        if QueryValues.namesMember(name, of: definition.type) { return true }
        guard definition.type.takesAdditionalMembers else { return false }
        return !definitions.contains { $0.key != definition.key && claims($0, name) }
    }

    private func isClaimed(_ name: String) -> Bool {
        definitions.contains { claims($0, name) || $0.explodes && $0.type.takesAdditionalMembers }
    }

    private func claims(_ definition: ParameterDefinition, _ name: String) -> Bool {
        if definition.style == .deepObject { return DeepObjectParser.claims(name, name: definition.name) }
        if definition.explodes, definition.type.structure(valueCount: 1) == .object {
            return QueryValues.namesMember(name, of: definition.type)
        }
        return name == definition.name
    }

    private static func namesMember(_ name: String, of type: ParameterType) -> Bool {
        switch type {
        case .object(let members, _): members.contains { $0.name == name }
        case .anyOf(let types): types.contains { namesMember(name, of: $0) }
        default: false
        }
    }

    private func delimiter(of definition: ParameterDefinition) -> UInt8 {
        switch definition.style {
        case .spaceDelimited: 0x20
        case .pipeDelimited: 0x7C
        default: 0x2C
        }
    }
}
