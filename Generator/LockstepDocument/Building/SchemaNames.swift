/// Gives each schema that has a name of its own, or that a `$ref` leads to, one unique name.
///
/// A component's name is its key. A component that only refers to another file lends its name to what it refers to, so that
/// `components/schemas/Money: {$ref: common.yaml#/…/Money}` is one type. Other targets are named after the end of their
/// pointer, or after their file; a number is added where the name is taken.
final class SchemaNames {
    private let resolver: Resolver
    private let diagnostics: DiagnosticList
    private var names: [ObjectIdentifier: String] = [:]
    private var taken: Set<String> = []
    /// The last number that each name got.
    private var numbers: [String: Int] = [:]
    private var places: [String: Place] = [:]
    private var reportedCycles: Set<ObjectIdentifier> = []

    /// The names, in the order in which they were given.
    private(set) var all: [String] = []

    init(resolver: Resolver, diagnostics: DiagnosticList) {
        self.resolver = resolver
        self.diagnostics = diagnostics
    }

    /// Where the schema of a name is written.
    func place(of name: String) -> Place? { places[name] }

    /// Names the entry document's components, in document order.
    func addComponents(_ components: [(key: String, place: Place)]) {
        for (key, place) in components {
            names[ObjectIdentifier(place.node)] = key
            taken.insert(key)
        }
        for (key, place) in components {
            let chain = aliases(from: place)
            for alias in chain.dropFirst() { names[ObjectIdentifier(alias.node)] = key }
            add(key, at: chain.last ?? place)
        }
    }

    /// The name of the schema that a `$ref` leads to.
    func name(of target: Place) -> String {
        if let name = names[ObjectIdentifier(target.node)] { return name }
        let chain = aliases(from: target)
        let name: String
        if let last = chain.last, let known = nameBehind(last) {
            name = known
        } else {
            name = unique(SchemaNameSuggestion.of(target))
            add(name, at: chain.last ?? target)
        }
        for alias in chain { names[ObjectIdentifier(alias.node)] = name }
        return name
    }

    private func add(_ name: String, at place: Place) {
        all.append(name)
        places[name] = place
    }

    /// A schema and those that it refers to with nothing beside the `$ref`, without those that have a name.
    private func aliases(from place: Place) -> [Place] {
        var chain = [place]
        var seen: Set<ObjectIdentifier> = [ObjectIdentifier(place.node)]
        while let current = chain.last, let next = aliasTarget(of: current) {
            guard seen.insert(ObjectIdentifier(next.node)).inserted else {
                if reportedCycles.insert(ObjectIdentifier(next.node)).inserted {
                    diagnostics.error("the $refs lead in a circle and never to a schema", at: current)
                }
                return chain
            }
            guard names[ObjectIdentifier(next.node)] == nil else { return chain }
            chain.append(next)
        }
        return chain
    }

    private func nameBehind(_ place: Place) -> String? {
        aliasTarget(of: place).flatMap { names[ObjectIdentifier($0.node)] }
    }

    /// What a schema that is nothing but a `$ref` refers to.
    private func aliasTarget(of place: Place) -> Place? {
        guard let mapping = place.node.mapping, let reference = mapping["$ref"]?.string else { return nil }
        let isAlias = mapping.keys.allSatisfy {
            ["$ref", "description", "summary", "title"].contains($0) || $0.hasPrefix("x-")
        }
        return isAlias ? resolver.targets[reference] : nil
    }

    private func unique(_ name: String) -> String {
        var candidate = name
        while !taken.insert(candidate).inserted {
            let number = (numbers[name] ?? 1) + 1
            numbers[name] = number
            candidate = "\(name)\(number)"
        }
        return candidate
    }
}
