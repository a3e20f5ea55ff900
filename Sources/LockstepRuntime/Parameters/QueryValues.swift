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
        if definition.allowsEmpty, values.count == 1, first.isEmpty { return nil }
        if definition.explodes, structure == .array { return .list(values) }
        guard values.count == 1 else { throw .repeated }
        return try StyleParser.delimited(first, definition.type, by: delimiter(of: definition), isEncoded: true)
    }

    /// The names that no parameter claims, in order.
    func unclaimedNames() -> [String] {
        unclaimed().map(\.name)
    }

    /// The names that no parameter claims, each with its raw values, in order.
    func unclaimed() -> [(name: String, texts: [ArraySlice<UInt8>])] {
        QueryValues.grouped(items.items.lazy.filter { $0.name.map { !isClaimed($0) } ?? false })
    }

    /// An exploded object has no name of its own in the query: its members' names are there instead.
    private func members(of definition: ParameterDefinition) -> RawValue? {
        let members = QueryValues.grouped(
            items.items.lazy.filter { $0.name.map { belongs($0, to: definition) } ?? false })
        return members.isEmpty ? nil : .members(members)
    }

    /// Items by name, in the order in which the names come first.
    private static func grouped(
        _ items: some Sequence<QueryItems.Item>
    ) -> [(name: String, texts: [ArraySlice<UInt8>])] {
        var groups: [(name: String, texts: [ArraySlice<UInt8>])] = []
        var positions: [String: Int] = [:]
        for item in items {
            guard let name = item.name else { continue }
            if let position = positions[name] {
                groups[position].texts.append(item.value)
            } else {
                positions[name] = groups.count
                groups.append((name, [item.value]))
            }
        }
        return groups
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
