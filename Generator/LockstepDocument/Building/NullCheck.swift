/// Whether a normalised schema lets null through, by what its type keywords say.
struct NullCheck {
    private let resolver: Resolver
    private static let hopLimit = 16

    init(_ resolver: Resolver) {
        self.resolver = resolver
    }

    func admitsNull(_ place: Place) -> Bool { admitsNull(place, hops: 0) ?? false }

    /// `nil` where the schema says nothing about it.
    private func admitsNull(_ place: Place, hops: Int) -> Bool? {
        guard hops < Self.hopLimit else { return nil }
        var answer: Bool?
        func require(_ admits: Bool?) {
            if let admits { answer = (answer ?? true) && admits }
        }
        if let type = place.node["type"] { require((type.items ?? [type]).contains { $0.string == "null" }) }
        if let values = place.node["enum"]?.items { require(values.contains(where: \.isNull)) }
        if let constant = place.node["const"] { require(constant.isNull) }
        if let uri = place.node["$ref"]?.string, let target = resolver.targets[uri] {
            require(admitsNull(target, hops: hops + 1))
        }
        for member in place["allOf"]?.elements ?? [] { require(admitsNull(member, hops: hops + 1)) }
        for keyword in ["oneOf", "anyOf"] {
            guard let alternatives = place[keyword]?.elements, !alternatives.isEmpty else { continue }
            require(alternatives.contains { admitsNull($0, hops: hops + 1) == true })
        }
        return answer
    }
}
