/// Rewrites one schema, in place, from OpenAPI 3.0 (or from slips whose intent is clear) to JSON Schema 2020-12.
///
/// Only the schema itself is rewritten, before those inside it are checked. Where a rewrite would move a schema, the old
/// pointer keeps leading to it (`Node.isNullWrapper`).
struct SchemaNormaliser {
    let diagnostics: DiagnosticList
    let resolver: Resolver

    func normalise(_ place: Place) {
        if place.file.version == .v3_0, place.node["$ref"] != nil { dropSiblings(of: place) }
        liftRequired(of: place)
        listExamples(of: place)
        nameNullType(of: place)
        renameItemsArray(of: place)
        nestDiscriminator(of: place)
        quoteEnum(of: place)
        makeExclusive("exclusiveMinimum", of: "minimum", in: place)
        makeExclusive("exclusiveMaximum", of: "maximum", in: place)
        makeNullable(place)
        listExample(of: place)
    }

    /// In 3.0 what stands beside a `$ref` is ignored. What only describes stays, since it does no harm.
    private func dropSiblings(of place: Place) {
        for (key, sibling) in place.members where key != "$ref" && !key.hasPrefix("x-") {
            if key == "description" || key == "summary" || key == "title" { continue }
            diagnostics.warning(
                "'\(key)' beside $ref has no effect in OpenAPI 3.0", at: sibling,
                hint: "wrap the reference: allOf: [{$ref: …}]")
            place.node.remove(key)
        }
    }

    /// Before draft 4 a property said of itself whether it is required.
    private func liftRequired(of place: Place) {
        let marked = (place["properties"]?.members ?? []).filter { $0.place.node["required"]?.bool == true }
        for (name, property) in marked {
            guard let flag = property["required"] else { continue }
            diagnostics.warning(
                "a property is not required by itself; it is read as required in the object around it", at: flag,
                hint: "list '\(name)' in the 'required' array of the object")
            property.node.remove("required")
        }
        if !marked.isEmpty, place.node["required"]?.items != nil || place.node["required"] == nil {
            let listed = place.node["required"]?.items ?? []
            let names = Set(listed.compactMap(\.string))
            let added = marked.filter { !names.contains($0.key) }
            let nodes = added.map { Node(.string($0.key), mark: $0.place.node.mark) }
            place.node.set("required", Node(.sequence(listed + nodes), mark: place.node.mark))
        }
        if let flag = place["required"], flag.node.bool != nil || ["true", "false"].contains(flag.node.string) {
            diagnostics.warning(
                "'required' is a list of names; a flag has no effect here", at: flag,
                hint: "list the property's name in the 'required' array of the object around it")
            place.node.remove("required")
        }
    }

    /// `examples` with names are those of media types and parameters.
    private func listExamples(of place: Place) {
        guard let examples = place["examples"], let mapping = examples.node.mapping else { return }
        diagnostics.warning(
            "the 'examples' of a schema are an array; those with names are read as one", at: examples,
            hint: "write examples: [value, …]")
        examples.node.content = .sequence(mapping.entries.map { $0.value["value"] ?? $0.value })
    }

    /// `type: null` without quotes is YAML's null.
    private func nameNullType(of place: Place) {
        guard let type = place["type"] else { return }
        for name in type.node.items == nil ? [type] : type.elements where name.node.isNull {
            diagnostics.warning("the type null needs quotes", at: name, hint: "write 'null'")
            name.node.content = .string("null")
        }
    }

    /// Before 2020-12 an array under `items` was a tuple.
    private func renameItemsArray(of place: Place) {
        guard let items = place["items"], items.node.items != nil else { return }
        diagnostics.warning(
            "an array under 'items' is written 'prefixItems'; it is read so", at: items,
            hint: "rename it to prefixItems")
        rename("items", to: "prefixItems", in: place.node)
        items.node.isRenamed = true
    }

    /// In OpenAPI 2.0 a discriminator was the property's name alone.
    private func nestDiscriminator(of place: Place) {
        guard let discriminator = place["discriminator"], let name = discriminator.node.string else { return }
        diagnostics.warning(
            "a discriminator is an object; this is read as its 'propertyName'", at: discriminator,
            hint: "write discriminator: {propertyName: \(name)}")
        var mapping = Mapping()
        mapping["propertyName"] = Node(.string(name), mark: discriminator.node.mark)
        discriminator.node.content = .mapping(mapping)
    }

    /// In an enum of strings, values that YAML reads as numbers or booleans were meant as strings.
    private func quoteEnum(of place: Place) {
        guard typeNames(of: place.node) == ["string"], let list = place["enum"] else { return }
        for value in list.elements where value.node.string == nil {
            guard let text = value.node.scalarText else { continue }
            diagnostics.warning(
                "the enum of a string holds \(value.node.typeName); it is read as a string", at: value,
                hint: "put it in quotes")
            value.node.content = .string(text)
        }
    }

    /// `exclusiveMinimum: true` beside `minimum` is 3.0's way.
    private func makeExclusive(_ keyword: String, of bound: String, in place: Place) {
        guard let flag = place[keyword] else { return }
        guard let isExclusive = flag.node.bool else {
            if place.file.version == .v3_0, flag.node.number != nil {
                diagnostics.warning(
                    "'\(keyword)' with a number belongs to OpenAPI 3.1; it is honoured", at: flag,
                    hint: "write '\(bound)' and '\(keyword): true'")
            }
            return
        }
        if place.file.version > .v3_0 {
            diagnostics.warning(
                "'\(keyword)' is a number since OpenAPI 3.1; it is read as in 3.0", at: flag,
                hint: "write the bound itself there and remove '\(bound)'")
        }
        guard isExclusive, let limit = place.node[bound] else {
            place.node.remove(keyword)
            return
        }
        place.node.set(keyword, limit)
        place.node.remove(bound)
    }

    /// `example` became `examples` in 3.1.
    private func listExample(of place: Place) {
        guard place.file.version == .v3_0, let example = place.node["example"], place.node["examples"] == nil else {
            return
        }
        rename("example", to: "examples", in: place.node)
        let list = Node(.sequence([example]), mark: example.mark)
        list.keyMark = example.keyMark
        list.isRenamed = true
        place.node.set("examples", list)
    }

    private func rename(_ key: String, to newKey: String, in node: Node) {
        guard let mapping = node.mapping else { return }
        node.content = .mapping(
            Mapping(mapping.entries.map { Mapping.Entry(key: $0.key == key ? newKey : $0.key, value: $0.value) }))
    }

    private func typeNames(of node: Node) -> [String] {
        guard let type = node["type"] else { return [] }
        return (type.items ?? [type]).compactMap(\.string)
    }
}

// MARK: - Nullable

extension SchemaNormaliser {
    /// `nullable: true` as 2020-12 says it.
    ///
    /// OpenAPI 3.0.3 gives it a meaning beside `type` only and wants null in `enum` too. Documents mean more by it, so null is
    /// let through an `enum`, an `allOf`, a `oneOf` and an `anyOf` beside it as well.
    private func makeNullable(_ place: Place) {
        guard let flag = place["nullable"] else { return }
        if flag.node.bool == nil {
            let text = flag.node.string?.lowercased()
            diagnostics.warning(
                "this is \(flag.node.typeName), and true or false is needed; it is read as \(text == "true")", at: flag)
            flag.node.content = .bool(text == "true")
        }
        let isNullable = flag.node.bool == true
        if place.file.version > .v3_0 {
            diagnostics.warning(
                "'nullable' ended with OpenAPI 3.0; it is read as there", at: flag, hint: "write type: [T, 'null']")
        }
        place.node.remove("nullable")
        guard isNullable else { return }
        let null = { self.nullSchema(at: flag.node.mark) }
        if let reference = place.node["$ref"] {
            // Only since 3.1: in 3.0 it has been dropped as a sibling.
            place.node.remove("$ref")
            var target = Mapping()
            target["$ref"] = reference
            place.node.set(
                "anyOf", sequence([Node(.mapping(target), mark: reference.mark), null()], at: flag.node.mark))
        }
        admitNullInType(of: place.node, mark: flag.node.mark)
        admitNullInEnum(of: place.node, mark: flag.node.mark)
        for keyword in ["oneOf", "anyOf"] {
            guard let list = place[keyword], list.node.items != nil,
                !list.elements.contains(where: { admitsNull($0, hops: 0) })
            else { continue }
            list.node.content = .sequence((list.node.items ?? []) + [null()])
        }
        for member in place["allOf"]?.elements ?? [] where !admitsNull(member, hops: 0) {
            wrap(member.node, with: null())
        }
    }

    private func admitNullInType(of node: Node, mark: Mark) {
        var names = typeNames(of: node)
        if names.isEmpty, node["type"] == nil {
            // Without a type null is valid already; naming the type that the keywords imply keeps the flag visible.
            if node["properties"] != nil || node["additionalProperties"] != nil {
                names = ["object"]
            } else if node["items"] != nil {
                names = ["array"]
            } else {
                return
            }
        }
        guard !names.contains("null") else { return }
        node.set("type", sequence((names + ["null"]).map { Node(.string($0), mark: mark) }, at: mark))
    }

    private func admitNullInEnum(of node: Node, mark: Mark) {
        if let list = node["enum"], let values = list.items, !values.contains(where: \.isNull) {
            list.content = .sequence(values + [Node(.null, mark: mark)])
        }
        if let constant = node["const"], !constant.isNull {
            node.remove("const")
            node.set("enum", sequence([constant, Node(.null, mark: mark)], at: mark))
        }
    }

    /// Makes what stands here `anyOf: [it, null]`, in place.
    private func wrap(_ node: Node, with null: Node) {
        let inner = Node(node.content, mark: node.mark)
        inner.keyMark = node.keyMark
        var wrapper = Mapping()
        wrapper["anyOf"] = sequence([inner, null], at: node.mark)
        node.content = .mapping(wrapper)
        node.isNullWrapper = true
    }

    private func sequence(_ nodes: [Node], at mark: Mark) -> Node { Node(.sequence(nodes), mark: mark) }

    private func nullSchema(at mark: Mark) -> Node {
        var schema = Mapping()
        schema["type"] = Node(.string("null"), mark: mark)
        return Node(.mapping(schema), mark: mark)
    }

    private func admitsNull(_ place: Place, hops: Int) -> Bool {
        if place.node["nullable"]?.bool == true || typeNames(of: place.node).contains("null") { return true }
        guard hops < 16 else { return false }
        if let reference = place.node["$ref"]?.string {
            guard let target = try? resolver.resolve(reference, at: place) else { return false }
            return admitsNull(target.place, hops: hops + 1)
        }
        return ["oneOf", "anyOf"].contains { keyword in
            place[keyword]?.elements.contains { admitsNull($0, hops: hops + 1) } ?? false
        }
    }
}
