import ConformanceSupport
import LockstepRuntime

/// Divides groups among documents: two schemas of one document must not have the same `$id`.
struct Packing {
    /// The groups of one document.
    struct Document {
        var groups: [Suite.Group] = []
        /// The identifiers that its schemas give themselves.
        var identifiers: Set<String> = []
        /// Whether its schemas refer to the suite's remote schemas.
        var needsRemotes: Bool
    }

    private(set) var documents: [Document] = []
    private static let most = 64

    mutating func add(_ group: Suite.Group) {
        let own = Self.identifiers(of: group.schema)
        let needsRemotes = group.schema.text.contains(Suite.host.dropLast())
        for index in documents.indices
        where documents[index].needsRemotes == needsRemotes && documents[index].groups.count < Self.most
            && documents[index].identifiers.isDisjoint(with: own)
        {
            documents[index].groups.append(group)
            documents[index].identifiers.formUnion(own)
            return
        }
        documents.append(Document(groups: [group], identifiers: own, needsRemotes: needsRemotes))
    }

    static func identifiers(of value: JSONValue) -> Set<String> {
        switch value {
        case .object(let members):
            var found: Set<String> = []
            for member in members {
                if member.key == "$id", let id = member.value.string { found.insert(id) }
                found.formUnion(identifiers(of: member.value))
            }
            return found
        case .array(let elements): return elements.reduce(into: []) { $0.formUnion(identifiers(of: $1)) }
        default: return []
        }
    }
}
