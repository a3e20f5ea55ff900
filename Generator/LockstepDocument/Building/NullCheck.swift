/// Whether a normalised schema lets null through, by what its type keywords say. Answers are kept.
final class NullCheck {
    private let resolver: Resolver
    private var answers: [ObjectIdentifier: Bool?] = [:]
    private static let hopLimit = 16

    init(_ resolver: Resolver) {
        self.resolver = resolver
    }

    func admitsNull(_ node: Node) -> Bool { answer(for: node, hops: 0) ?? false }

    /// `nil` where the schema says nothing about it.
    private func answer(for node: Node, hops: Int) -> Bool? {
        if let known = answers[ObjectIdentifier(node)] { return known }
        guard hops < Self.hopLimit, let mapping = node.mapping else { return nil }
        var answer: Bool?
        func require(_ admits: Bool?) {
            if let admits { answer = (answer ?? true) && admits }
        }
        for entry in mapping.entries {
            switch entry.key {
            case "type": require((entry.value.items ?? [entry.value]).contains { $0.string == "null" })
            case "enum": if let values = entry.value.items { require(values.contains(where: \.isNull)) }
            case "const": require(entry.value.isNull)
            case "$ref":
                if let target = entry.value.string.flatMap({ resolver.targets[$0] }) {
                    require(self.answer(for: target.node, hops: hops + 1))
                }
            case "allOf": for member in entry.value.items ?? [] { require(self.answer(for: member, hops: hops + 1)) }
            case "oneOf", "anyOf":
                guard let alternatives = entry.value.items, !alternatives.isEmpty else { continue }
                require(alternatives.contains { self.answer(for: $0, hops: hops + 1) == true })
            default: break
            }
        }
        answers[ObjectIdentifier(node)] = .some(answer)
        return answer
    }
}
