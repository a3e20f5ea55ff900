import LockstepJSON

/// Makes `APIDescription.resources`: the normalised files, and each schema with an `$id` of its own.
///
/// A parent that lists its children in `oneOf`, and that the children name in `allOf`, would be validated without end. There
/// a child refers to the parent without its `oneOf` and `anyOf`, which is what such documents mean.
struct ResourceBuilder {
    private let files: SourceFiles
    private let cycles: SchemaCycles
    private let bindings: [ObjectIdentifier: DiscriminatorBinding]

    /// The schema of parameters of which the document says nothing.
    static let textURI = "\(ReferenceURI.scheme):///~text"
    /// Where a parent has itself without its children.
    private static let baseKey = "x-lockstep-base"

    init(files: SourceFiles, cycles: SchemaCycles, bindings: [ObjectIdentifier: DiscriminatorBinding]) {
        self.files = files
        self.cycles = cycles
        self.bindings = bindings
    }

    func resources() -> [String: JSONValue] {
        var result: [String: JSONValue] = [Self.textURI: ["type": "string"]]
        for file in files.all {
            result[file.uri] = json(of: file.root)
            for (uri, place) in file.anchors where !uri.utf8.contains(UInt8(ascii: "#")) && place.node.role == .schema {
                result[uri] = withDialect(json(of: place.node), of: place.node)
            }
        }
        return result
    }

    /// Where the patterns of all files stand, those of `patternProperties` included: what is wrong in one is found when schemas
    /// are compiled, which know no lines.
    func patternOrigins() -> [String: Origin] {
        var result: [String: Origin] = [:]
        for file in files.all {
            var path: [String] = []
            func note(_ mark: Mark) {
                let pointer = path.map { "/" + JSONPointer.escape($0) }.joined()
                result["\(file.uri)#\(pointer)"] = Origin(
                    file: file.name, pointer: pointer, line: Int(mark.line), column: Int(mark.column))
            }
            func visit(_ node: Node) {
                for (index, item) in (node.items ?? []).enumerated() {
                    path.append(String(index))
                    visit(item)
                    path.removeLast()
                }
                for entry in node.mapping?.entries ?? [] {
                    path.append(entry.key)
                    if entry.key == "pattern", entry.value.string != nil { note(entry.value.mark) }
                    if path.dropLast().last == "patternProperties" { note(entry.value.keyMark ?? entry.value.mark) }
                    visit(entry.value)
                    path.removeLast()
                }
            }
            visit(file.root)
        }
        return result
    }

    /// A schema that stands for itself, with the dialect that it had from those around it.
    private func withDialect(_ value: JSONValue, of node: Node) -> JSONValue {
        guard node.isPlainSchema, value["$schema"] == nil, case .object(let members) = value else { return value }
        return .object([JSONMember(key: "$schema", value: .string(Dialect.draft2020))] + members)
    }

    private func json(of node: Node) -> JSONValue {
        guard !cycles.isEmpty || !bindings.isEmpty else { return node.json }
        switch node.content {
        case .null, .bool, .number, .string: return node.json
        case .sequence(let items): return .array(items.map { json(of: $0) })
        case .mapping(let mapping):
            var members = mapping.entries.map { JSONMember(key: $0.key, value: json(of: $0.value)) }
            if let target = cycles.parent(referredFrom: node) {
                members = members.filter { $0.key != "$ref" }
                members.append(JSONMember(key: "$ref", value: .string("\(target.uri)/\(Self.baseKey)")))
            }
            if cycles.isParent(node) {
                let base = members.filter { !["oneOf", "anyOf", "discriminator"].contains($0.key) }
                members.append(JSONMember(key: Self.baseKey, value: .object(base)))
            }
            return bindings[ObjectIdentifier(node)]?.apply(to: .object(members)) ?? .object(members)
        }
    }
}
