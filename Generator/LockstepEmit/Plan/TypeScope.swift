/// A place in the output where types are declared: the module itself, a type, or an operation.
final class TypeScope {
    /// The full name of the type that the scope is; empty for the module.
    let path: String
    /// What has been declared here, in document order.
    var declarations: [Declaration] = []
    private var names: NameScope
    private let module: ModuleNames

    init(path: String, module: ModuleNames, taken: Set<String> = []) {
        self.path = path
        self.module = module
        names = NameScope(taken: taken)
    }

    /// Takes a name for a type in this scope and gives its full name with it.
    ///
    /// A nested type never has the name of one at the top, so that a full name means the same everywhere.
    func claim(_ wish: String) -> (name: String, path: String) {
        let plain = SwiftName.unreservedType(wish)
        // `Type` cannot be declared inside a type.
        let candidates = plain == "Type" ? ["Kind", "TypeValue"] : [SwiftName.type(wish), plain + "Value"]
        var candidate = candidates.first { !isTaken($0) } ?? candidates[0]
        var number = 2
        while isTaken(candidate) {
            candidate = plain + String(number)
            number += 1
        }
        let name = names.claim(candidate)
        module.addNested(name)
        return (name, path.isEmpty ? name : "\(path).\(name)")
    }

    private func isTaken(_ name: String) -> Bool {
        module.isTaken(name) || names.contains(name)
    }

    /// The scope of a type declared here.
    func inner(_ path: String) -> TypeScope {
        TypeScope(path: path, module: module)
    }
}

/// The names at the top of the generated module.
final class ModuleNames {
    private var top = NameScope()
    private var nested: Set<String> = []

    func isTaken(_ name: String) -> Bool { top.contains(name) }

    func addNested(_ name: String) { nested.insert(name) }

    /// Takes a name at the top.
    func claim(_ name: String, alternatives: [String] = []) -> String {
        let free = ([name] + alternatives).filter { !nested.contains($0) }
        return top.claim(free.first ?? name + "Type", alternatives: Array(free.dropFirst()))
    }

    /// Takes names at the top for a list of raw names.
    func claimAll(_ raws: [String]) -> [String] {
        top.claimAll(raws, as: SwiftName.type)
    }
}
