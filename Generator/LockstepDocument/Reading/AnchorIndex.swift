/// Finds what `$id`, `$anchor` and `$dynamicAnchor` name in a file.
///
/// Which values are schemas is not known yet, so the whole file is searched. Inside what must be a schema (it has `$schema`
/// or `$id`, or OpenAPI has schemas there) only the keywords that hold schemas are followed: what an `enum`, an example or an
/// unknown keyword holds names nothing. The first of equal names wins.
enum AnchorIndex {
    /// Places by absolute URI.
    static func build(_ file: SourceFile) -> [String: Place] {
        var found: [String: Place] = [:]
        visit(file.place, base: file.uri, isSchema: false, into: &found)
        return found
    }

    private static func visit(_ place: Place, base: String, isSchema: Bool, into found: inout [String: Place]) {
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
        let isSchema = isSchema || place.node["$schema"]?.string != nil || place.node["$id"]?.string != nil
        for (key, member) in place.members {
            for (next, isSchema) in schemas(in: member, of: key, insideSchema: isSchema) {
                visit(next, base: base, isSchema: isSchema, into: &found)
            }
        }
        if !isSchema { for element in place.elements { visit(element, base: base, isSchema: false, into: &found) } }
    }

    /// Where to look on inside a member, and whether a schema stands there.
    private static func schemas(
        in member: Place, of key: String, insideSchema: Bool
    ) -> [(Place, isSchema: Bool)] {
        guard insideSchema else {
            guard key == "components" else { return [(member, key == "schema")] }
            return member.members.flatMap { section, place in
                section == "schemas" ? place.members.map { ($0.place, true) } : [(place, false)]
            }
        }
        switch SchemaKeywords.shapes[key] {
        case .schema: return [(member, true)]
        case .schemas: return member.elements.map { ($0, true) }
        case .schemaMap: return member.members.map { ($0.place, true) }
        default: return []
        }
    }
}
