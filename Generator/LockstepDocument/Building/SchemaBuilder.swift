import LockstepJSON

/// Turns checked schemas into types: merges `allOf`, makes unions of `oneOf` and `anyOf`, null a flag.
///
/// A `$ref` becomes a reference to a named schema and is looked into only where something must be merged with it, so
/// recursion through properties and items costs nothing. A cycle of merges (a parent that lists its children in `oneOf`, whose
/// `allOf` names the parent) sees the parent without its `oneOf`.
final class SchemaBuilder {
    let resolver: Resolver
    let diagnostics: DiagnosticList
    let names: SchemaNames
    let merges = MergeGuard()
    private let nulls: NullCheck

    /// What is known of a named schema while others are built.
    private enum Progress {
        case building
        case buildingBase
        case built(Schema)
    }

    private var named: [String: Progress] = [:]
    /// What the alternatives of unions demand of the discriminator's property.
    var bindings: [ObjectIdentifier: DiscriminatorBinding] = [:]
    /// The parents of which only what they say themselves is being built.
    private var bases: Set<String> = []
    /// The alternatives of named schemas, as far as somebody has asked.
    private var listed: [String: Set<ObjectIdentifier>] = [:]
    private var depth = 0
    /// How many unions are being distributed over: there an alternative that drops out is no finding.
    var distributions = 0
    private static let depthLimit = 100

    init(resolver: Resolver, diagnostics: DiagnosticList, components: [(key: String, place: Place)]) {
        self.resolver = resolver
        self.diagnostics = diagnostics
        nulls = NullCheck(resolver)
        names = SchemaNames(resolver: resolver, diagnostics: diagnostics)
        names.addComponents(components)
    }

    /// Every named schema, in the order in which they were named: components first, then what was found on the way.
    func namedSchemas() -> [NamedSchema] {
        var result: [NamedSchema] = []
        while result.count < names.all.count {
            let name = names.all[result.count]
            guard let place = names.place(of: name) else { continue }
            result.append(NamedSchema(name: name, schema: build(name, at: place)))
        }
        return DirectionFlags.mark(result)
    }

    /// The type of the schema at `place`.
    func schema(at place: Place) -> Schema {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else {
            diagnostics.error("schemas nest and merge more than \(Self.depthLimit) levels deep", at: place)
            return bare(.any, at: place)
        }
        if let flag = place.node.bool { return bare(flag ? .any : .never, at: place) }
        guard place.node.mapping != nil else { return bare(.any, at: place) }
        if place.node["allOf"] != nil { ClosedMembers(resolver: resolver, diagnostics: diagnostics).check(place) }
        var result = composed(place)
        for keyword in ["oneOf", "anyOf"] {
            if let union = union(at: place, keyword: keyword) { result = intersect(result, union, at: place) }
        }
        return annotate(result, from: place)
    }

    /// A schema without its `oneOf` and `anyOf`: what it says of every value.
    private func composed(_ place: Place) -> Schema {
        var parts: [Schema] = []
        var own = base(place)
        for (key, member) in place.members {
            switch key {
            case "allOf": parts += member.elements.map { withoutParent(schema(at: $0), at: place) }
            case "$ref", "$dynamicRef":
                if let reference = reference(to: member) { parts.append(withoutParent(reference, at: place)) }
            case "properties":
                if let base = own { parts.append(base) }
                own = nil
            default: break
            }
        }
        if let own { parts.append(own) }
        var result = parts.first ?? bare(.any, at: place)
        for part in parts.dropFirst() { result = intersect(result, part, at: place) }
        return withConditionalProperties(result, at: place)
    }

    /// A schema of a kind and nothing else.
    func bare(_ kind: SchemaKind, isNullable: Bool = false, at place: Place) -> Schema {
        Schema(kind: kind, isNullable: isNullable, origin: place.origin, uri: place.uri)
    }

    // MARK: References

    private func reference(to link: Place) -> Schema? {
        guard let uri = link.node.string, let target = target(of: uri, at: link) else { return nil }
        var result = bare(
            .reference(names.name(of: target)), isNullable: nulls.admitsNull(target.node), at: link)
        result.isReadOnly = target.node["readOnly"]?.bool ?? false
        result.isWriteOnly = target.node["writeOnly"]?.bool ?? false
        return result
    }

    private func target(of uri: String, at link: Place) -> Place? {
        // A `$dynamicRef` stays as it is written: a type can only follow where it leads at first.
        resolver.dynamicTargets[ObjectIdentifier(link.node)] ?? resolver.targets[uri]
    }

    /// The type that a reference stands for, to merge with. While it is being built itself: what it says without its unions.
    func resolved(_ schema: Schema) -> Schema {
        var current = schema
        for _ in 0..<64 {
            guard case .reference(let name) = current.kind, let place = names.place(of: name) else { return current }
            var next: Schema
            switch named[name] {
            case .built(let built): next = built
            case nil: next = build(name, at: place)
            case .building:
                named[name] = .buildingBase
                next = annotate(composed(place), from: place)
                named[name] = .building
            case .buildingBase: next = bare(.any, at: place)
            }
            next.isNullable = next.isNullable || current.isNullable
            current = next
        }
        return current
    }

    /// To a child, the parent that lists it is what the parent says itself, not one of the parent's children.
    private func withoutParent(_ schema: Schema, at place: Place) -> Schema {
        guard case .reference(let name) = schema.kind, let parent = names.place(of: name) else { return schema }
        guard alternatives(of: parent, named: name).contains(ObjectIdentifier(place.node)),
            bases.insert(name).inserted
        else { return schema }
        defer { bases.remove(name) }
        var own = annotate(composed(parent), from: place)
        own.isNullable = schema.isNullable
        return own
    }

    /// The schemas that a named one refers to in its `oneOf` or `anyOf`.
    private func alternatives(of parent: Place, named name: String) -> Set<ObjectIdentifier> {
        if let known = listed[name] { return known }
        let elements = ["oneOf", "anyOf"].flatMap { parent[$0]?.elements ?? [] }
        let targets = elements.compactMap { $0.node["$ref"]?.string.flatMap { resolver.targets[$0] } }
        let found = Set(targets.map { ObjectIdentifier($0.node) })
        listed[name] = found
        return found
    }

    private func build(_ name: String, at place: Place) -> Schema {
        if case .built(let schema) = named[name] { return schema }
        named[name] = .building
        let schema = merges.apart { self.schema(at: place) }
        named[name] = .built(schema)
        return schema
    }
}
