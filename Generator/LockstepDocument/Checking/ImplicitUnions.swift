/// Parents that name a discriminator and leave it to their children to say, by `allOf`, whose children they are.
///
/// OpenAPI lets such a parent stand for any of its children. It gets the `oneOf` that it means, of the mapped schemas and of those
/// that extend it, so that a value keeps what the child says; the published document stays as it was written.
struct ImplicitUnions {
    private let resolver: Resolver
    private let diagnostics: DiagnosticList
    private let schemas: [Place]

    static func add(to entry: SourceFile, resolver: Resolver, diagnostics: DiagnosticList) {
        let components = (entry.place["components"]?["schemas"]?.members ?? []).map(\.place)
        let others = resolver.targets.sorted { $0.key < $1.key }.map(\.value).filter { $0.node.role == .schema }
        var seen: Set<ObjectIdentifier> = []
        let schemas = (components + others).filter { seen.insert(ObjectIdentifier($0.node)).inserted }
        ImplicitUnions(resolver: resolver, diagnostics: diagnostics, schemas: schemas).add()
    }

    private func add() {
        let parents = schemas.filter(Self.isParent)
        guard !parents.isEmpty else { return }
        var children: [ObjectIdentifier: [Place]] = [:]
        for schema in schemas {
            for member in schema["allOf"]?.elements ?? [] {
                guard let uri = member.node["$ref"]?.string, let parent = resolver.targets[uri] else { continue }
                children[ObjectIdentifier(parent.node), default: []].append(schema)
            }
        }
        for parent in parents { add(to: parent, children) }
    }

    private static func isParent(_ place: Place) -> Bool {
        let node = place.node
        return node["discriminator"]?["propertyName"]?.string != nil && node["oneOf"] == nil && node["anyOf"] == nil
            && node["$ref"] == nil
    }

    private func add(to parent: Place, _ children: [ObjectIdentifier: [Place]]) {
        let mapping = parent["discriminator"]?["mapping"]?.members ?? []
        let mapped = mapping.compactMap { $0.place.node.string.flatMap { resolver.targets[$0] } }
        guard !mapped.contains(where: { $0.node === parent.node }) else {
            diagnostics.warning(
                "the discriminator means the schema itself as well as others; its type is that of the schema alone",
                at: parent["discriminator"] ?? parent, hint: "list all that it may be under 'oneOf' of another schema")
            return
        }
        var seen: Set<ObjectIdentifier> = [ObjectIdentifier(parent.node)]
        var found: [Place] = []
        var pending = mapped + (children[ObjectIdentifier(parent.node)] ?? [])
        while !pending.isEmpty {
            let next = pending.removeFirst()
            guard seen.insert(ObjectIdentifier(next.node)).inserted else { continue }
            found.append(next)
            pending += children[ObjectIdentifier(next.node)] ?? []
        }
        guard !found.isEmpty else { return }
        let mark = parent.node.mark
        let references = found.map { child -> Node in
            var reference = Mapping()
            reference["$ref"] = Node(.string(resolver.register(child)), mark: mark)
            let node = Node(.mapping(reference), mark: mark)
            node.role = .schema
            return node
        }
        let list = Node(.sequence(references), mark: mark)
        list.isImplicit = true
        parent.node.set("oneOf", list)
    }
}
