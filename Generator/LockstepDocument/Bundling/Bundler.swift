import LockstepJSON

/// Makes one OpenAPI 3.1 document of a checked one: what lies in other files moves into `components`.
///
/// Names are those of the sources: `common.yaml#/components/schemas/Money` becomes `components/schemas/Money`. A component
/// that only refers to another file is replaced by what it refers to, and a path item from another file stands in its place.
/// Schemas have the names that the IR gives them, so a type, its validator and the published schema agree.
final class Bundler {
    private let entry: SourceFile
    private let resolver: Resolver
    private let schemaNames: SchemaNames
    private var components: [String: ComponentNames] = [:]
    /// What other files gave, by section, in the order in which it was met.
    private var moved: [String: [(name: String, place: Place)]] = [:]
    private var written: [String: [JSONMember]] = [:]

    init(entry: SourceFile, resolver: Resolver, schemaNames: SchemaNames) {
        self.entry = entry
        self.resolver = resolver
        self.schemaNames = schemaNames
        for (section, place) in entry.place["components"]?.members ?? [] {
            components[section] = ComponentNames(taken: place.node.mapping?.keys ?? [])
        }
    }

    /// The bundle.
    func bundle() -> Bundle {
        claimAliases()
        var members: [JSONMember] = []
        for (key, place) in entry.place.members {
            switch key {
            case "openapi": members.append(JSONMember(key: key, value: .string(version(of: place.node))))
            case "components": members.append(JSONMember(key: key, value: .null))
            default: members.append(contentsOf: member(key, place, of: .openAPI))
            }
        }
        let own = ownComponents()
        writeMoved()
        let merged = mergedComponents(own)
        let isComplete = members.contains { ["paths", "webhooks"].contains($0.key) }
        members.removeAll { $0.key == "components" && merged.isEmpty && isComplete }
        if let position = members.firstIndex(where: { $0.key == "components" }) {
            members[position].value = .object(merged)
        } else if !merged.isEmpty {
            members.append(JSONMember(key: "components", value: .object(merged)))
        }
        return Bundle(document: .object(members))
    }

    private func version(of node: Node) -> String {
        let text = node.scalarText ?? ""
        return text.hasPrefix("3.1.") ? text : "3.1.1"
    }

    // MARK: Components

    /// A component that is nothing but a `$ref` into another file lends that its name.
    private func claimAliases() {
        for (section, place) in entry.place["components"]?.members ?? [] where section != "schemas" {
            for (name, component) in place.members {
                guard let uri = component.node["$ref"]?.string, let target = resolver.targets[uri],
                    target.file !== entry
                else { continue }
                components[section]?.claim(name, for: target.node)
            }
        }
    }

    private func ownComponents() -> [JSONMember] {
        (entry.place["components"]?.members ?? []).map { section, place in
            guard let mapping = place.node.mapping, !section.hasPrefix("x-") else {
                return JSONMember(key: section, value: place.node.json)
            }
            return JSONMember(
                key: section,
                value: .object(
                    mapping.entries.compactMap { entry in
                        guard let member = place[entry.key], !isQueryString(member) else { return nil }
                        return JSONMember(key: entry.key, value: component(entry, in: section, at: place))
                    }))
        }
    }

    private func component(_ entry: Mapping.Entry, in section: String, at place: Place) -> JSONValue {
        guard let component = place[entry.key] else { return entry.value.json }
        if section == "schemas" {
            return json(schemaNames.place(of: entry.key) ?? component)
        }
        if let uri = component.node["$ref"]?.string, let target = resolver.targets[uri], target.file !== self.entry,
            components[section]?.name(of: target.node) == entry.key
        {
            return json(target)
        }
        return json(component)
    }

    /// Writes what was moved; writing may move more.
    private func writeMoved() {
        var isDone = false
        while !isDone {
            isDone = true
            for section in moved.keys.sorted() {
                while let next = moved[section]?.dropFirst(written[section]?.count ?? 0).first {
                    isDone = false
                    // The position is taken before writing, which may add to the list.
                    written[section, default: []].append(JSONMember(key: next.name, value: .null))
                    let position = (written[section]?.count ?? 1) - 1
                    written[section]?[position].value = json(next.place)
                }
            }
        }
    }

    private func mergedComponents(_ own: [JSONMember]) -> [JSONMember] {
        var result = own
        for section in written.keys.sorted() {
            let added = written[section] ?? []
            if let position = result.firstIndex(where: { $0.key == section }) {
                result[position].value = .object((result[position].value.object ?? []) + added)
            } else {
                result.append(JSONMember(key: section, value: .object(added)))
            }
        }
        return result.filter { $0.key != "mediaTypes" }
    }

    // MARK: Values

    private func json(_ place: Place) -> JSONValue {
        switch place.node.content {
        case .null, .bool, .number, .string: return place.node.json
        case .sequence: return .array(place.elements.filter { !isQueryString($0) }.map { json($0) })
        case .mapping: break
        }
        let role = place.node.role
        if let uri = place.node["$ref"]?.string, let role, let target = resolver.targets[uri] {
            if let inlined = inlined(place, role: role, target: target) { return inlined }
        }
        // 3.2 has a value both as data and as text; 3.1 has room for one.
        let hasData = role == .example && place.node["dataValue"] != nil
        let members = place.members.filter { !hasData || $0.key != "serializedValue" }
        return .object(members.filter { !$0.place.node.isImplicit }.flatMap { member($0.key, $0.place, of: role) })
    }

    /// Whether this is 3.2's parameter for the whole query string, for which 3.1 has no place.
    private func isQueryString(_ place: Place) -> Bool {
        place.node.role == .parameter && resolver.follow(place).node["in"]?.string == "querystring"
    }

    private func member(_ key: String, _ place: Place, of role: ObjectKind?) -> [JSONMember] {
        guard let role else { return [JSONMember(key: key, value: json(place))] }
        if key == "$ref", let uri = place.node.string {
            return [JSONMember(key: key, value: .string(localReference(uri, role: role)))]
        }
        // References lead from the document's root by now, which they would not inside a schema with a base of its own.
        if role == .schema, key == "$id" { return [] }
        if role == .schema, key == "$dynamicRef", let anchor = ReferenceURI.split(place.node.string ?? "")?.fragment {
            return [JSONMember(key: key, value: .string("#" + ReferenceURI.encodeFragment(anchor)))]
        }
        if role == .discriminator, key == "mapping" {
            let members = place.members.map { value, target in
                JSONMember(key: value, value: .string(localReference(target.node.string ?? "", role: .schema)))
            }
            return [JSONMember(key: key, value: .object(members))]
        }
        if role == .parameter, key == "style", place.node.string == "cookie" {
            return [JSONMember(key: key, value: "form")]
        }
        guard role != .schema, let field = Grammar.of(role).fields[key], field.since > .v3_1 else {
            return [JSONMember(key: key, value: json(place))]
        }
        return newerMember(key, place, of: role)
    }

    /// A field that came with OpenAPI 3.2: under its older name where it has one, as an extension elsewhere.
    private func newerMember(_ key: String, _ place: Place, of role: ObjectKind) -> [JSONMember] {
        switch (role, key) {
        case (.example, "dataValue"), (.example, "serializedValue"):
            return [JSONMember(key: "value", value: json(place))]
        case (.components, _), (.openAPI, "$self"): return []
        default: return [JSONMember(key: "x-openapi-3.2-\(key)", value: json(place))]
        }
    }

    /// What stands in place of a `$ref`: a path item of another file, and media types, to which 3.1 cannot refer.
    private func inlined(_ place: Place, role: ObjectKind, target: Place) -> JSONValue? {
        guard role == .mediaType || role == .pathItem && target.file !== entry else { return nil }
        guard case .object(var members) = json(target) else { return nil }
        for sibling in place.members where sibling.key != "$ref" {
            members.removeAll { $0.key == sibling.key }
            members += member(sibling.key, sibling.place, of: role)
        }
        return .object(members)
    }

    // MARK: References

    /// A reference inside the bundle to what `uri` names.
    private func localReference(_ uri: String, role: ObjectKind) -> String {
        guard uri.hasPrefix(ReferenceURI.scheme + ":"), let target = resolver.targets[uri] else { return uri }
        if role == .schema, let name = movedSchema(target) { return reference(to: "schemas", name) }
        if target.file === entry { return "#" + ReferenceURI.encodeFragment(publishedPointer(target)) }
        guard let section = role.componentSection else { return uri }
        let names = components[section] ?? ComponentNames(taken: [])
        components[section] = names
        if let known = names.name(of: target.node) { return reference(to: section, known) }
        let name = names.add(target)
        moved[section, default: []].append((name, target))
        return reference(to: section, name)
    }

    /// The pointer to a value of the entry document, whose fields of OpenAPI 3.2 are extensions in the bundle.
    private func publishedPointer(_ target: Place) -> String {
        var place = entry.place
        var segments: [String] = []
        for segment in target.segments {
            let isNewer = place.node.role.flatMap { Grammar.of($0).fields[segment] }.map { $0.since > .v3_1 } ?? false
            segments.append(isNewer ? "x-openapi-3.2-\(segment)" : segment)
            guard let next = place[segment] ?? Int(segment).flatMap({ index in place.elements.dropFirst(index).first })
            else { return target.pointer }
            place = next
        }
        return JSONPointer.render(segments)
    }

    /// The name of a schema that is not where its pointer says in the bundle, queued to be written if it is not yet.
    private func movedSchema(_ target: Place) -> String? {
        let name = schemaNames.name(of: target)
        guard let place = schemaNames.place(of: name) else { return nil }
        if entry.place["components"]?["schemas"]?[name] != nil { return name }
        guard place.file !== entry else { return nil }
        if moved["schemas"]?.contains(where: { $0.name == name }) != true {
            moved["schemas", default: []].append((name, place))
        }
        return name
    }

    private func reference(to section: String, _ name: String) -> String {
        "#/components/\(section)/" + ReferenceURI.encodeFragment(JSONPointer.escape(name))
    }
}
