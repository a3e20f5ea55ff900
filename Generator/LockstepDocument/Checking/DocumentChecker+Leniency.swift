/// What is written against the specification in a way whose intent is clear: it is read, with a warning.
extension DocumentChecker {
    // MARK: Keys without a value

    /// Reads a key without a value as an empty object or list; `false` where its field is to be left out.
    func fillEmpty(_ place: Place, _ shape: Grammar.Shape) -> Bool {
        guard place.node.isNull, let key = place.path?.segment else { return true }
        switch shape {
        case .any: return true
        case .object(let kind), .referable(let kind):
            guard Self.mayBeEmpty.contains(kind) else { break }
            diagnostics.warning("'\(key)' has no value; it is read as an empty \(kind.rawValue)", at: place)
            place.node.content = .mapping(Mapping())
            return true
        case .map:
            diagnostics.warning("'\(key)' has no value; it is read as an empty object", at: place)
            place.node.content = .mapping(Mapping())
            return true
        // An empty list of security requirements would open what the document may mean to close.
        case .array where key != "security":
            diagnostics.warning("'\(key)' has no value; it is read as an empty array", at: place)
            place.node.content = .sequence([])
            return true
        case .array, .string, .boolean, .choice: break
        }
        diagnostics.warning("'\(key)' has no value and was left out", at: place)
        return false
    }

    /// Objects that mean something when nothing is in them.
    private static let mayBeEmpty: Set<ObjectKind> = [
        .schema, .paths, .pathItem, .operation, .responses, .response, .mediaType, .components, .callback, .header,
        .encoding, .example, .oauthFlows,
    ]

    /// The members of a map that have a value, or can do without; the others are removed. Texts become empty ones.
    func membersWithValues(of place: Place, _ shape: Grammar.Shape) -> [(key: String, place: Place)] {
        var empty: Set<String> = []
        for (key, member) in place.members where member.node.isNull {
            if case .string = shape {
                diagnostics.warning("'\(key)' has no value; it is read as an empty text", at: member)
                member.node.content = .string("")
            } else if !fillEmpty(member, shape) {
                empty.insert(key)
            }
        }
        place.node.remove(empty)
        return place.members
    }

    // MARK: Lists

    /// Reads a single value as a list of one, where that cannot be mistaken.
    func wrapInList(_ place: Place, of element: Grammar.Shape) {
        switch (element, place.node.content) {
        case (.string, .string), (.object(.server), .mapping), (.object(.tag), .mapping): break
        case (.referable(.parameter), .mapping(let members)) where members["name"] != nil && members["in"] != nil: break
        default: return
        }
        diagnostics.warning(
            "this is \(place.node.typeName), and an array is needed; it is read as an array of one", at: place)
        place.node.wrapInList()
    }

    // MARK: References where there is no place for them

    /// What a `$ref` leads to, also where it is a slip away from leading there.
    func target(
        of reference: String, at link: Place, _ kind: ObjectKind, base: String?
    ) throws(Resolver.Failure) -> Resolver.Target {
        // Names may be relative to an `$id`: there a name without a file is no slip.
        guard base == nil else { return try target(of: reference, at: link, below: base) }
        if let target = try? resolver.resolve(reference, at: link, isOptional: true) { return target }
        for meant in Self.corrections(of: reference, kind) {
            guard let target = try? resolver.resolve(meant, at: link, isOptional: true) else { continue }
            diagnostics.warning("the $ref '\(reference)' leads nowhere; it is read as '\(meant)'", at: link)
            return target
        }
        return try resolver.resolve(reference, at: link)
    }

    /// What a `$ref` below an `$id` leads to. Many schemas have an `$id`, and still refer to the document's components.
    private func target(
        of reference: String, at link: Place, below base: String?
    ) throws(Resolver.Failure) -> Resolver.Target {
        do throws(Resolver.Failure) {
            return try resolver.resolve(reference, at: link, base: base)
        } catch {
            guard reference.hasPrefix("#/components/"),
                let target = try? resolver.resolve(reference, at: link, isOptional: true)
            else { throw error }
            diagnostics.warning(
                "the $ref '\(reference)' leads nowhere in the schema whose '$id' is in force; "
                    + "it is read as one of the document's components", at: link, hint: "remove the '$id'")
            return target
        }
    }

    /// Backslashes for slashes, a pointer without its `/` or `#`, a component's bare name.
    private static func corrections(of reference: String, _ kind: ObjectKind) -> [String] {
        var result: [String] = []
        let slashes = reference.replacing("\\", with: "/")
        if slashes != reference { result.append(slashes) }
        if let hash = slashes.firstIndex(of: "#") {
            let pointer = slashes[slashes.index(after: hash)...]
            if !pointer.isEmpty, !pointer.hasPrefix("/") { result.append("\(slashes[..<hash])#/\(pointer)") }
        } else if let section = kind.componentSection, !slashes.isEmpty, !slashes.hasPrefix(".") {
            result.append(slashes.hasPrefix("/") ? "#\(slashes)" : "#/\(slashes)")
            result.append("#/components/\(section)/\(slashes)")
        }
        return result
    }

    /// What kind of object a value is, where it is one that a schema stands in.
    func schemaHolder(_ place: Place) -> ObjectKind? {
        let kind = place.node.role ?? Self.kind(byPlaceOf: place)
        return kind.flatMap { [.response, .requestBody, .parameter, .header].contains($0) ? $0 : nil }
    }

    /// Makes the `$ref` of a schema lead to the one of the response or parameter that it leads to.
    func refer(from place: Place, toSchemaOf target: Place, _ kind: ObjectKind) -> Bool {
        guard let link = place["$ref"] else { return false }
        let holder = resolver.follow(target)
        guard let schema = holder["schema"] ?? holder["content"]?.members.first?.place["schema"] else {
            diagnostics.warning(
                "the $ref leads to a \(kind.rawValue) without a schema; any value is allowed", at: link,
                hint: "refer to a schema")
            place.node.remove("$ref")
            return false
        }
        diagnostics.warning(
            "the $ref leads to a \(kind.rawValue); it is read as the schema that stands in it", at: link,
            hint: "refer to the schema, or to the whole object")
        link.node.content = .string(resolver.register(schema))
        return enqueue(schema, as: .schema, referredFrom: link)
    }

    /// Puts what a `$ref` leads to in its place; gives it, unless the reference leads nowhere.
    func include(at place: Place) -> Place? {
        guard let link = place["$ref"], let reference = link.node.string else { return nil }
        do throws(Resolver.Failure) {
            let target = try resolver.resolve(reference, at: link).place
            guard !open.contains(ObjectIdentifier(target.node)) else {
                diagnostics.error("the $ref leads to what it stands in", at: link)
                place.node.remove("$ref")
                return nil
            }
            diagnostics.warning(
                "OpenAPI allows no $ref here; it is read as what it leads to", at: link,
                hint: "a bundler can put it there")
            return target
        } catch {
            if let message = error.message { diagnostics.error(message, at: link, hint: error.hint) }
            place.node.remove("$ref")
            return nil
        }
    }

    /// Makes a place stand for what its `$ref` leads to, once that has been checked.
    func finishInclude(of target: Place, at place: Place) {
        place.node.content = target.node.content
        place.node.included = target.node.included ?? target
    }

    /// Checks what is inside a value, which is remembered as what must not include itself.
    func within(_ place: Place, _ check: () -> Void) {
        let isNew = open.insert(ObjectIdentifier(place.node)).inserted
        check()
        if isNew { open.remove(ObjectIdentifier(place.node)) }
    }

    // MARK: Parameters

    /// Gives a parameter that is the whole query string the name that it needs and nothing shows.
    func nameQueryString(_ place: Place, _ kind: ObjectKind) {
        guard kind == .parameter, place.node["in"]?.string == "querystring", place.node["name"] == nil else { return }
        diagnostics.warning("'name' is missing in this Parameter Object; it is read as 'query'", at: place)
        place.node.set("name", Node(.string("query"), mark: place.node.mark))
    }

    /// Reads schema keywords that stand in a parameter or header itself, as in Swagger 2.0.
    func nestSchema(of place: Place, _ kind: ObjectKind) {
        guard [.parameter, .header].contains(kind), let mapping = place.node.mapping, mapping["type"] != nil,
            mapping["schema"] == nil, mapping["content"] == nil, mapping["in"]?.string != "body"
        else { return }
        diagnostics.warning(
            "the type stands in the \(kind.rawValue) itself, as in Swagger 2.0; it is read as its schema",
            at: place["type"] ?? place, hint: "write schema: {type: …}")
        let fields = Grammar.of(kind).fields
        let isKeyword = { (key: String) in fields[key] == nil && SchemaKeywords.shapes[key] != nil }
        let schema = Mapping(mapping.entries.filter { isKeyword($0.key) })
        var rest = Mapping(mapping.entries.filter { !isKeyword($0.key) })
        rest["schema"] = Node(.mapping(schema), mark: place.node.mark)
        place.node.content = .mapping(rest)
    }
}
