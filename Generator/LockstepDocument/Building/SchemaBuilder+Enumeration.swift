import LockstepJSON

extension SchemaBuilder {
    /// The type of `enum` or `const`, or `nil` where there is neither.
    func enumeration(at place: Place, types: [String]) -> Schema? {
        let nodes: [Node]
        if let constant = place.node["const"] {
            nodes = [constant]
        } else if let values = place.node["enum"]?.items, !values.isEmpty {
            nodes = values
        } else if types == ["string"], let known = place.node["x-extensible-enum"]?.items, !known.isEmpty {
            nodes = known.filter { $0.string != nil }
        } else {
            return nil
        }
        let values = values(of: nodes, at: place)
        guard !values.isEmpty else { return nodes.isEmpty ? nil : bare(.null, at: place) }
        let admitsNull = nodes.contains(where: \.isNull) && (types.isEmpty || types.contains("null"))
        let enumeration = Enumeration(
            values: values, type: Self.type(of: values), isOpen: place.node["x-extensible-enum"] != nil)
        return bare(.enumeration(enumeration), isNullable: admitsNull, at: place)
    }

    private func values(of nodes: [Node], at place: Place) -> [Enumeration.Value] {
        let names = (place.node["x-enum-varnames"] ?? place.node["x-enumNames"])?.items ?? []
        let descriptions = place.node["x-enum-descriptions"] ?? place.node["x-enumDescriptions"]
        var values: [Enumeration.Value] = []
        var seen: Set<String> = []
        for (index, node) in nodes.enumerated() where !node.isNull {
            let json = node.json
            guard seen.insert(json.text).inserted else { continue }
            let listed = descriptions?.items.flatMap { $0.indices.contains(index) ? $0[index].string : nil }
            let keyed = node.scalarText.flatMap { descriptions?[$0]?.string }
            values.append(
                Enumeration.Value(
                    json, name: names.indices.contains(index) ? names[index].string : nil, description: listed ?? keyed)
            )
        }
        return values
    }

    /// The JSON type that all values have.
    static func type(of values: [Enumeration.Value]) -> Enumeration.ValueType? {
        if values.allSatisfy({ $0.value.string != nil }) { return .string }
        if values.allSatisfy({ $0.value.bool != nil }) { return .boolean }
        if values.allSatisfy({ $0.value.int != nil }) { return .integer }
        let areNumbers = values.allSatisfy { value in
            if case .number = value.value { true } else { false }
        }
        return areNumbers ? .number : nil
    }
}
