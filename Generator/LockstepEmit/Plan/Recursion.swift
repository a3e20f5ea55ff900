/// Types that contain themselves without an array or dictionary between are stored behind a reference.
enum Recursion {
    /// Boxes properties and marks unions as indirect where types form a cycle.
    static func breakCycles(in declarations: inout [Declaration], aliases: [String: SwiftType]) {
        var graph = Graph(aliases: aliases)
        for declaration in declarations { graph.add(declaration) }
        let components = graph.components()
        for index in declarations.indices { mark(&declarations[index], components, graph) }
    }

    private static func mark(_ declaration: inout Declaration, _ components: [String: Int], _ graph: Graph) {
        let own = components[declaration.path]
        switch declaration.kind {
        case .structure(var fields, let additional):
            for index in fields.indices {
                guard let target = graph.target(of: fields[index].type), own != nil, components[target] == own else {
                    continue
                }
                // An indirect union on the way breaks the cycle already.
                fields[index].isBoxed = !graph.isUnion(target)
                // No finite value has a property of its own type that it must have; the validator accepts none. As an optional
                // it compiles.
                if target == declaration.path, fields[index].presence == .required {
                    fields[index].presence = .optional
                }
            }
            declaration.kind = .structure(fields, additional: additional)
        case .union(let cases, _):
            let isIndirect = cases.contains { unionCase in
                guard let payload = unionCase.payload, let target = graph.target(of: payload), own != nil else {
                    return false
                }
                return components[target] == own
            }
            declaration.kind = .union(cases, isIndirect: isIndirect)
        case .enumeration, .alias, .wrapper: break
        }
        for index in declaration.nested.indices { mark(&declaration.nested[index], components, graph) }
    }

    /// Which type stores which in place.
    private struct Graph {
        let aliases: [String: SwiftType]
        private var edges: [String: [String]] = [:]
        private var order: [String] = []
        private var unions: Set<String> = []

        init(aliases: [String: SwiftType]) {
            self.aliases = aliases
        }

        mutating func add(_ declaration: Declaration) {
            var targets: [String] = []
            switch declaration.kind {
            case .structure(let fields, _): targets = fields.compactMap { target(of: $0.type) }
            case .union(let cases, _):
                targets = cases.compactMap { $0.payload.flatMap(target) }
                unions.insert(declaration.path)
            case .enumeration, .alias, .wrapper: break
            }
            edges[declaration.path] = targets
            order.append(declaration.path)
            for nested in declaration.nested { add(nested) }
        }

        func isUnion(_ path: String) -> Bool { unions.contains(path) }

        /// The type that a property of this type stores in place, typealiases followed.
        func target(of type: SwiftType) -> String? {
            var current = type
            for _ in 0...aliases.count {
                guard let name = current.storedInline else { return nil }
                guard let next = aliases[name] else { return name }
                current = next
            }
            return nil
        }

        /// The number of the cycle that each type is on; types on no cycle have none. Tarjan's algorithm, without recursion
        /// on the machine's stack, because documents decide how long a path is.
        func components() -> [String: Int] {
            var finder = CycleFinder(edges: edges)
            for name in order { finder.visit(name) }
            return finder.components
        }
    }
}
