import LockstepJSON

extension NodeCompiler {
    mutating func objectPart() -> Int {
        let minimum = count("minProperties")
        let maximum = count("maxProperties")
        let names = nameTable()
        let patterns = patternTable()
        let dependents = dependentTable()
        let inner = [
            child("additionalProperties", additionalShape), child("propertyNames"), child("unevaluatedProperties"),
        ]
        guard
            minimum != nil || maximum != nil || !names.isEmpty || patterns != 0 || dependents != 0
                || inner.contains(where: { $0 != nil })
        else { return 0 }
        let hash = builder.assembler.hashTable(names.map(\.name))
        var part = Assembler.Part()
        part.append(minimum ?? 0)
        part.append(maximum ?? -1)
        part.append(names.count)
        part.append(names.count { $0.isRequired })
        part.append(hash.offset)
        part.append(hash.mask)
        part.append(label: inner[0])
        part.append(patterns)
        part.append(label: inner[1])
        part.append(dependents)
        part.append(label: inner[2])
        var ordinal = 0
        for entry in names {
            builder.assembler.append(name: entry.name, to: &part)
            part.append(label: entry.label)
            part.append(entry.isRequired ? ordinal : -1)
            part.append(entry.isDeclared ? 1 : 0)
            part.append(entry.slot)
            if entry.isRequired { ordinal += 1 }
        }
        return builder.assembler.add(part)
    }

    private struct Name {
        var name: String
        var label: Int?
        var isRequired = false
        var isDeclared: Bool
        var slot = -1
    }

    private var additionalShape: Shape {
        switch plan {
        case .object(_, let additional): additional ?? .any
        case .map(let element): element
        default: .any
        }
    }

    /// `properties` in their order, then what only `required` names.
    private func nameTable() -> [Name] {
        var names: [Name] = []
        var positions: [String: Int] = [:]
        var slots: [String: Int] = [:]
        var shapes: [ShapeProperty] = []
        if case .object(let properties, _) = plan {
            shapes = properties
            for (slot, property) in properties.enumerated() { slots[property.name] = slot }
        }
        for member in members("properties") {
            positions[member.key] = names.count
            let slot = slots[member.key] ?? -1
            let label = builder.label(
                location.child("properties", member.key), key.direction, slot < 0 ? .any : shapes[slot].shape)
            names.append(Name(name: member.key, label: label, isDeclared: true, slot: slot))
        }
        guard let required = assertion("required") else { return names }
        for name in strings(required, "required") where !isLifted(name) {
            if let position = positions[name] {
                names[position].isRequired = true
            } else {
                positions[name] = names.count
                names.append(Name(name: name, isRequired: true, isDeclared: false))
            }
        }
        return names
    }

    /// Whether the direction lifts the `required` of a property: `readOnly` in requests, `writeOnly` in responses.
    private func isLifted(_ name: String) -> Bool {
        let keyword: String
        switch key.direction {
        case .any: return false
        case .request: keyword = "readOnly"
        case .response: keyword = "writeOnly"
        }
        var place: SchemaLocation? = location.child("properties", name)
        for _ in 0..<32 {
            guard let current = place, let schema = builder.index.value(current) else { return false }
            if schema[keyword]?.bool == true { return true }
            place = schema["$ref"]?.string.flatMap { builder.index.resolve($0, from: builder.index.base(of: current)) }
        }
        return false
    }

    private func patternTable() -> Int {
        let members = members("patternProperties")
        if members.isEmpty { return 0 }
        var part = Assembler.Part()
        part.append(0)
        for member in members {
            let place = location.child("patternProperties", member.key)
            guard let pattern = patternIndex(.string(member.key), at: place) else { continue }
            part.append(pattern)
            part.append(label: builder.label(place, key.direction))
            part.words[0] += 1
        }
        return builder.assembler.add(part)
    }

    private func dependentTable() -> Int {
        var names: [String] = []
        // `dependencies` is what older drafts called both.
        let older = members("dependencies")
        let required = (assertsValidation ? members("dependentRequired") : []) + older.filter { $0.value.array != nil }
        let schemas =
            members("dependentSchemas").map { ("dependentSchemas", $0.key) }
            + older.filter { $0.value.array == nil }.map { ("dependencies", $0.key) }
        for name in required.map(\.key) + schemas.map(\.1) where !names.contains(name) { names.append(name) }
        if names.isEmpty { return 0 }
        var part = Assembler.Part()
        part.append(names.count)
        for name in names {
            let text = builder.assembler.text(name)
            part.append(text.offset)
            part.append(text.length)
            part.append(
                label: schemas.first { $0.1 == name }.map {
                    builder.sameValueLabel(location.child($0.0, name), key)
                })
            let others = required.first { $0.key == name }.map { strings($0.value, "dependentRequired") } ?? []
            part.append(others.count)
            for other in others {
                let text = builder.assembler.text(other)
                part.append(text.offset)
                part.append(text.length)
            }
        }
        return builder.assembler.add(part)
    }

    mutating func arrayPart() -> Int {
        let minimum = count("minItems")
        let maximum = count("maxItems")
        let prefix = branchCount("prefixItems")
        var element = Shape.any
        if case .array(let shape) = plan { element = shape }
        let items = child("items", element)
        let contains = child("contains")
        let unevaluated = child("unevaluatedItems")
        let isUnique = assertion("uniqueItems")?.bool == true
        guard
            minimum != nil || maximum != nil || prefix > 0 || items != nil || contains != nil || isUnique
                || unevaluated != nil
        else { return 0 }
        var part = Assembler.Part()
        part.append(minimum ?? 0)
        part.append(maximum ?? -1)
        part.append(prefix)
        part.append(label: items)
        part.append(label: contains)
        part.append(count("minContains") ?? 1)
        part.append(count("maxContains") ?? -1)
        part.append(isUnique ? 1 : 0)
        part.append(label: unevaluated)
        for position in 0..<prefix {
            part.append(label: builder.label(location.child("prefixItems", String(position)), key.direction))
        }
        return builder.assembler.add(part)
    }
}
