import LockstepJSON

/// The property whose string tells the alternatives of a union apart.
struct BranchChoice {
    var property: String
    var values: [Value]
    /// Whether a value proves that every other alternative fails, so that only one has to be tried.
    var isExclusive: Bool

    /// A string that the property can have, and the alternative that it means.
    struct Value {
        var text: String
        var branch: Int
        /// The constants that the alternative allows for the property, when it says them itself.
        var list: [String] = []
    }
}

/// Finds out whether the alternatives of a union can be told apart by one property.
struct BranchAnalysis {
    let index: SchemaIndex
    private static let maximumDepth = 16

    /// The property of a discriminator, or one that every alternative requires with constant strings of its own.
    func choice(
        _ branches: [SchemaLocation], discriminator: JSONValue?, at location: SchemaLocation
    ) -> BranchChoice? {
        if let name = discriminator?["propertyName"]?.string {
            return proven(branches, name) ?? declared(branches, name, discriminator?["mapping"], at: location)
        }
        guard branches.count > 1, let first = branches.first else { return nil }
        for name in required(first, 0) { if let choice = proven(branches, name) { return choice } }
        return nil
    }

    private func proven(_ branches: [SchemaLocation], _ name: String) -> BranchChoice? {
        var values: [BranchChoice.Value] = []
        for (branch, location) in branches.enumerated() {
            guard required(location, 0).contains(name), let own = constants(location, name, 0) else { return nil }
            for value in own {
                if values.contains(where: { $0.text == value }) { return nil }
                values.append(.init(text: value, branch: branch, list: own))
            }
        }
        return BranchChoice(property: name, values: values, isExclusive: true)
    }

    /// What `mapping` and the alternatives' names say: a hint for messages and for the choice among what fits.
    private func declared(
        _ branches: [SchemaLocation], _ name: String, _ mapping: JSONValue?, at location: SchemaLocation
    ) -> BranchChoice? {
        let targets = branches.map { target($0, 0) }
        var values: [BranchChoice.Value] = []
        for member in mapping?.object ?? [] {
            guard let reference = member.value.string else { continue }
            let place =
                index.resolve(reference, from: index.base(of: location))
                ?? index.resolve("#/components/schemas/\(reference)", from: index.base(of: location))
            if let place, let branch = targets.firstIndex(of: target(place, 0)) {
                values.append(.init(text: member.key, branch: branch))
            }
        }
        for (branch, target) in targets.enumerated() where !values.contains(where: { $0.branch == branch }) {
            guard let token = target.pointer.split(separator: "/").last else { continue }
            let implicit = JSONPointer.unescaped(token)
            if !values.contains(where: { $0.text == implicit }) { values.append(.init(text: implicit, branch: branch)) }
        }
        return values.isEmpty ? nil : BranchChoice(property: name, values: values, isExclusive: false)
    }

    /// The schema behind a chain of plain references.
    private func target(_ location: SchemaLocation, _ depth: Int) -> SchemaLocation {
        guard depth < Self.maximumDepth, let reference = index.value(location)?["$ref"]?.string,
            let next = index.resolve(reference, from: index.base(of: location))
        else { return location }
        return target(next, depth + 1)
    }

    /// The schemas that certainly apply with this one: itself, its `$ref`, its `allOf`.
    private func parts(_ location: SchemaLocation, _ depth: Int) -> [SchemaLocation] {
        guard depth < Self.maximumDepth, let schema = index.value(location) else { return [] }
        var parts = [location]
        if let reference = schema["$ref"]?.string,
            let next = index.resolve(reference, from: index.base(of: location))
        {
            parts += self.parts(next, depth + 1)
        }
        for position in (schema["allOf"]?.array ?? []).indices {
            parts += self.parts(location.child("allOf", String(position)), depth + 1)
        }
        return parts
    }

    private func required(_ location: SchemaLocation, _ depth: Int) -> [String] {
        parts(location, depth).flatMap { index.value($0)?["required"]?.array?.compactMap(\.string) ?? [] }
    }

    /// The strings that a property can only be, nil when that is not certain.
    private func constants(_ location: SchemaLocation, _ name: String, _ depth: Int) -> [String]? {
        for part in parts(location, depth) where index.value(part)?["properties"]?[name] != nil {
            for inner in parts(part.child("properties", name), depth + 1) {
                guard let schema = index.value(inner) else { continue }
                if let value = schema["const"]?.string { return [value] }
                if let values = schema["enum"]?.array {
                    let strings = values.compactMap(\.string)
                    if strings.count == values.count { return strings }
                }
            }
        }
        return nil
    }
}
