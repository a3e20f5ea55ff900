/// The names of one section of `components` while others are added to it.
final class ComponentNames {
    private var taken: Set<String>
    private var names: [ObjectIdentifier: String] = [:]

    init(taken: [String]) {
        self.taken = Set(taken)
    }

    /// The name that a value has been given.
    func name(of node: Node) -> String? { names[ObjectIdentifier(node)] }

    /// Gives a value the name of a component that only refers to it; the first such component wins.
    func claim(_ name: String, for node: Node) {
        names[ObjectIdentifier(node)] = names[ObjectIdentifier(node)] ?? name
    }

    /// Gives a value a new name, after where it stands.
    func add(_ place: Place) -> String {
        let segments = place.segments
        let isComponent = segments.count == 3 && segments[0] == "components"
        let stem = Self.cleaned(isComponent ? segments[2] : SchemaNameSuggestion.of(place))
        var name = stem
        var number = 2
        while !taken.insert(name).inserted {
            name = "\(stem)\(number)"
            number += 1
        }
        names[ObjectIdentifier(place.node)] = name
        return name
    }

    private static func cleaned(_ name: String) -> String {
        let allowed = name.unicodeScalars.filter {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains($0))
        }
        return allowed.isEmpty ? "Component" : String(String.UnicodeScalarView(allowed))
    }
}
