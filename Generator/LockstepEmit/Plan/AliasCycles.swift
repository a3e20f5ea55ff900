/// Typealiases that lead back to themselves, such as a list of lists of itself: these become structures.
enum AliasCycles {
    /// The names of the aliases that lie on a cycle of aliases.
    static func find(_ aliases: [String: SwiftType]) -> Set<String> {
        var finder = CycleFinder(edges: aliases.mapValues { targets(of: $0).filter { aliases[$0] != nil } })
        for name in aliases.keys.sorted() { finder.visit(name) }
        return Set(finder.components.keys)
    }

    /// Turns the declarations of these aliases into wrappers.
    static func wrap(_ names: Set<String>, in declarations: inout [Declaration]) {
        guard !names.isEmpty else { return }
        for index in declarations.indices where names.contains(declarations[index].path) {
            if case .alias(let type) = declarations[index].kind { declarations[index].kind = .wrapper(type) }
        }
    }

    private static func targets(of type: SwiftType) -> [String] {
        switch type {
        case .named(let name): [name]
        case .scalar: []
        case .array(let inner), .dictionary(let inner), .optional(let inner), .presence(let inner): targets(of: inner)
        }
    }
}
