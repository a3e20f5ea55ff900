import LockstepJSON

/// The part of a type that a schema's own keywords give, without `$ref`, `allOf`, `oneOf` and `anyOf`.
extension SchemaBuilder {
    /// The type by `type`, `enum`, `const` and the keywords that imply one; `nil` where they say nothing.
    func base(_ place: Place) -> Schema? {
        let declared = Self.typeNames(of: place.node)
        if let enumeration = enumeration(at: place, types: declared) { return enumeration }
        guard !declared.isEmpty else {
            if place.node.isPlainSchema { return nil }
            return impliedType(of: place.node).map { bare(kind(of: $0, at: place), at: place) }
        }
        let isNullable = declared.contains("null")
        var types: [String] = []
        for name in declared where name != "null" && !types.contains(name) { types.append(name) }
        if types.contains("number") { types.removeAll { $0 == "integer" } }
        guard let first = types.first else { return bare(.null, at: place) }
        guard types.count > 1 else { return bare(kind(of: first, at: place), isNullable: isNullable, at: place) }
        let isEveryType = types.count == 5 && isNullable  // integers are numbers
        if isEveryType { return nil }
        let alternatives = types.map { name in
            UnionSchema.Alternative(nameHint: name, schema: bare(kind(of: name, at: place), at: place))
        }
        return bare(.union(UnionSchema(rule: .types, alternatives: alternatives)), isNullable: isNullable, at: place)
    }

    private static func typeNames(of node: Node) -> [String] {
        guard let type = node["type"] else { return [] }
        return (type.items ?? [type]).compactMap(\.string)
    }

    func impliedType(of node: Node) -> String? {
        let objectKeywords = [
            "properties", "patternProperties", "additionalProperties", "required", "dependentRequired",
        ]
        if objectKeywords.contains(where: { node[$0] != nil }) { return "object" }
        return node["items"] != nil || node["prefixItems"] != nil ? "array" : nil
    }

    private func kind(of type: String, at place: Place) -> SchemaKind {
        switch type {
        case "boolean": .boolean
        case "integer": .integer(format: place.node["format"]?.string)
        case "number": .number(format: place.node["format"]?.string)
        case "string": .string(format: stringFormat(of: place.node))
        case "array": arrayKind(at: place)
        case "object": objectKind(at: place)
        default: .any
        }
    }

    /// `byte` and `binary` for both the 3.0 and the 3.1 way to write them.
    private func stringFormat(of node: Node) -> String? {
        if node["contentEncoding"]?.string?.lowercased() == "base64" { return "byte" }
        if let format = node["format"]?.string { return format == "base64" ? "byte" : format }
        let isBinary = node["contentMediaType"]?.string == "application/octet-stream" && node["contentEncoding"] == nil
        return isBinary ? "binary" : nil
    }

    // MARK: Arrays

    private func arrayKind(at place: Place) -> SchemaKind {
        let items = place["items"]
        guard let prefix = place["prefixItems"]?.elements, !prefix.isEmpty else {
            return .array(items.map { schema(at: $0) } ?? bare(.any, at: place))
        }
        var rest: Schema? = bare(.any, at: place)
        if let further = items ?? onlyUnevaluatedItems(at: place) {
            rest = further.node.bool == false ? nil : schema(at: further)
        }
        if let maximum = place.node["maxItems"]?.integer, maximum <= prefix.count { rest = nil }
        var elements = prefix.map { schema(at: $0) }
        // Where nothing may be, nothing can follow.
        if let end = elements.firstIndex(where: { if case .never = $0.kind { true } else { false } }) {
            elements.removeSubrange(end...)
            rest = nil
        }
        return .tuple(
            TupleSchema(prefix: elements, rest: rest, minimumCount: place.node["minItems"]?.integer ?? 0))
    }

    /// `unevaluatedItems`, where no other keyword could have evaluated what follows the prefix.
    private func onlyUnevaluatedItems(at place: Place) -> Place? {
        let others = Self.sameValueKeywords + ["contains"]
        return others.contains { place.node[$0] != nil } ? nil : place["unevaluatedItems"]
    }

    // MARK: Objects

    private func objectKind(at place: Place) -> SchemaKind {
        let required = (place.node["required"]?.items ?? []).compactMap(\.string)
        let requiredNames = Set(required)
        var properties: [ObjectSchema.Property] = []
        for (name, member) in place["properties"]?.members ?? [] {
            properties.append(
                ObjectSchema.Property(name: name, schema: schema(at: member), isRequired: requiredNames.contains(name)))
        }
        var known = Set(properties.map(\.name))
        for name in required where known.insert(name).inserted {
            properties.append(ObjectSchema.Property(name: name, schema: bare(.any, at: place), isRequired: true))
        }
        let additional = additionalProperties(at: place)
        guard properties.isEmpty else { return .object(ObjectSchema(properties: properties, additional: additional)) }
        switch additional {
        case .schema(let values): return .map(values)
        case .forbidden: return .object(ObjectSchema(properties: [], additional: .forbidden))
        case .unmentioned:
            return place["properties"] == nil
                ? .map(bare(.any, at: place)) : .object(ObjectSchema(properties: [], additional: .unmentioned))
        }
    }

    private func additionalProperties(at place: Place) -> ObjectSchema.AdditionalProperties {
        let unevaluated = place["unevaluatedProperties"]
        let isAlone = !Self.sameValueKeywords.contains { place.node[$0] != nil }
        let other = place["additionalProperties"] ?? (isAlone ? unevaluated : nil)
        let patterns = place["patternProperties"]?.members.map { schema(at: $0.place) } ?? []
        if let first = patterns.first, let place = place["patternProperties"] {
            // What matches no pattern is allowed too, unless something is said about it.
            let others = other.flatMap { $0.node.bool == false ? nil : schema(at: $0) }
            let agree = (patterns + (others.map { [$0] } ?? [])).allSatisfy { $0.hasSameShape(as: first) }
            return .schema(agree && other != nil ? first : bare(.any, at: place))
        }
        guard let other else {
            // What the other keywords evaluate may be of other types.
            if let unevaluated, unevaluated.node.bool != false { return .schema(bare(.any, at: unevaluated)) }
            return .unmentioned
        }
        if other.node.bool == false { return .forbidden }
        return .schema(schema(at: other))
    }

    /// The keywords whose schemas may evaluate what stands beside them.
    private static let sameValueKeywords = [
        "allOf", "anyOf", "oneOf", "if", "$ref", "$dynamicRef", "dependentSchemas",
    ]
}
