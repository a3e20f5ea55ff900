import LockstepJSON

/// A file as it holds in one direction: `readOnly` properties are not required in requests, nor `writeOnly` ones in responses.
struct DirectionalSchemas {
    private let direction: Direction
    private let resolver: Resolver
    private static let hopLimit = 16

    init(_ direction: Direction, resolver: Resolver) {
        self.direction = direction
        self.resolver = resolver
    }

    func json(of node: Node) -> JSONValue { json(of: node, waived: []) }

    /// `waived` are the names that schemas around this one, merged with it by `allOf`, say are not required.
    private func json(of node: Node, waived: Set<String>) -> JSONValue {
        switch node.content {
        case .sequence(let items): return .array(items.map { json(of: $0, waived: waived) })
        case .mapping(let mapping):
            guard node.role == .schema else {
                return .object(mapping.entries.map { JSONMember(key: $0.key, value: json(of: $0.value, waived: [])) })
            }
            let waived = waived.union(waivedNames(of: node, hops: 0))
            return .object(mapping.entries.map { JSONMember(key: $0.key, value: member($0, waived: waived)) })
        case .null, .bool, .number, .string: return node.json
        }
    }

    private func member(_ entry: Mapping.Entry, waived: Set<String>) -> JSONValue {
        switch entry.key {
        case "$ref":
            guard let uri = entry.value.string, uri.hasPrefix(ReferenceURI.scheme + ":") else {
                return entry.value.json
            }
            let (file, pointer) = Self.split(uri)
            return .string(file + "?" + direction.rawValue + pointer)
        case "required":
            guard let names = entry.value.items else { return entry.value.json }
            return .array(names.filter { !waived.contains($0.string ?? "") }.map(\.json))
        case "allOf", "anyOf", "oneOf", "if", "then", "else", "not": return json(of: entry.value, waived: waived)
        default: return json(of: entry.value, waived: [])
        }
    }

    private static func split(_ uri: String) -> (file: String, pointer: String) {
        guard let hash = uri.firstIndex(of: "#") else { return (uri, "") }
        return (String(uri[..<hash]), String(uri[hash...]))
    }

    /// The properties that do not travel in this direction, by what the schema and those merged with it say.
    private func waivedNames(of node: Node, hops: Int) -> Set<String> {
        guard hops < Self.hopLimit else { return [] }
        var names: Set<String> = []
        for entry in node["properties"]?.mapping?.entries ?? [] where doesNotTravel(entry.value, hops: 0) {
            names.insert(entry.key)
        }
        for member in node["allOf"]?.items ?? [] { names.formUnion(waivedNames(of: member, hops: hops + 1)) }
        if let uri = node["$ref"]?.string, let target = resolver.targets[uri] {
            names.formUnion(waivedNames(of: target.node, hops: hops + 1))
        }
        return names
    }

    private func doesNotTravel(_ node: Node, hops: Int) -> Bool {
        let keyword = direction == .request ? "readOnly" : "writeOnly"
        if let flag = node[keyword]?.bool { return flag }
        guard hops < Self.hopLimit else { return false }
        if let uri = node["$ref"]?.string, let target = resolver.targets[uri] {
            return doesNotTravel(target.node, hops: hops + 1)
        }
        return (node["allOf"]?.items ?? []).contains { doesNotTravel($0, hops: hops + 1) }
    }
}
