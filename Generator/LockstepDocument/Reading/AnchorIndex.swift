/// Finds what `$id`, `$anchor` and `$dynamicAnchor` name in a file.
///
/// The whole file is searched, examples included: a name that is also used in an example is the price of not knowing yet
/// which values are schemas. The first one wins.
enum AnchorIndex {
    /// Places by absolute URI.
    static func build(_ file: SourceFile) -> [String: Place] {
        var found: [String: Place] = [:]
        visit(file.place, base: file.uri, into: &found)
        return found
    }

    private static func visit(_ place: Place, base: String, into found: inout [String: Place]) {
        var base = base
        if let id = place.node["$id"]?.string {
            base = ReferenceURI.resolve(id, against: base)
            if base.hasSuffix("#") { base.removeLast() }
            found[base] = found[base] ?? place
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            guard let name = place.node[keyword]?.string else { continue }
            found["\(base)#\(name)"] = found["\(base)#\(name)"] ?? place
        }
        for (_, member) in place.members { visit(member, base: base, into: &found) }
        for element in place.elements { visit(element, base: base, into: &found) }
    }
}
