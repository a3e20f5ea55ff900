/// Finding operations and what they say of themselves.
extension DescriptionBuilder {
    /// An operation that was found, before it is built.
    struct Located {
        var method: String
        var path: PathTemplate
        var role: Operation.Role
        var place: Place
        /// The Path Item Object and those that its `$ref`s lead to.
        var items: [Place]
    }

    private static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"]

    func locateOperations(
        paths: [(key: String, place: Place)], webhooks: [(key: String, place: Place)]
    ) -> [Located] {
        paths.flatMap { key, place in operations(in: place, path: PathTemplate(key), role: .endpoint) }
            + webhooks.flatMap { key, place in operations(in: place, path: PathTemplate(""), role: .webhook(name: key))
            }
    }

    private func operations(in item: Place, path: PathTemplate, role: Operation.Role) -> [Located] {
        let items = chain(from: item)
        var found: [Located] = []
        var seen: Set<String> = []
        for place in items {
            for (key, operation) in place.members where Self.methods.contains(key) && operation.node.mapping != nil {
                guard seen.insert(key.uppercased()).inserted else { continue }
                found.append(
                    Located(method: key.uppercased(), path: path, role: role, place: operation, items: items))
            }
            for (method, operation) in place["additionalOperations"]?.members ?? [] where seen.insert(method).inserted {
                found.append(Located(method: method, path: path, role: role, place: operation, items: items))
            }
        }
        return found
    }

    /// A Path Item Object and those that its `$ref`s lead to, nearest first.
    private func chain(from place: Place) -> [Place] {
        var result = [place]
        while let uri = result.last?.node["$ref"]?.string, let next = resolver.targets[uri],
            !result.contains(where: { $0.node === next.node })
        {
            result.append(next)
        }
        return result
    }

    // MARK: Identifiers

    func assignIDs(to operations: [Located]) {
        for located in operations {
            guard let place = located.place["operationId"], let id = place.node.string, !id.isEmpty else { continue }
            if let first = takenIDs[id] {
                // One file may serve two paths by $ref; then the identifier is written once and cannot be unique.
                if first.node !== place.node {
                    diagnostics.error(
                        "the operationId '\(id)' is used twice, first in \(first.file.name), line \(first.valueOrigin.line)",
                        at: place, hint: "rename one of them")
                }
                operationIDs[ObjectIdentifier(located.place.node)] = id
            } else {
                takenIDs[id] = place
                operationIDs[ObjectIdentifier(located.place.node)] = id
            }
        }
        for located in operations where operationIDs[ObjectIdentifier(located.place.node)] == nil {
            operationIDs[ObjectIdentifier(located.place.node)] = inventID(for: located)
        }
    }

    /// `getUsersByIdPosts` for `GET /users/{id}/posts`, with a number where that is taken.
    private func inventID(for located: Located) -> String {
        var words: [String] = []
        switch located.role {
        case .endpoint:
            for segment in located.path.segments {
                for piece in segment {
                    switch piece {
                    case .literal(let text): words += Self.words(of: text)
                    case .parameter(let name): words += ["By"] + Self.words(of: name)
                    }
                }
            }
        case .webhook(let name), .receiver(let name): words = Self.words(of: name)
        case .callback(let name, _): words = Self.words(of: name)
        }
        let stem = located.method.lowercased() + words.joined()
        var id = stem
        while takenIDs[id] != nil {
            let number = (inventedNumbers[stem] ?? 1) + 1
            inventedNumbers[stem] = number
            id = "\(stem)\(number)"
        }
        takenIDs[id] = located.place
        return id
    }

    private static func words(of text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    }

    // MARK: Paths

    /// Reports templates that match exactly the same paths.
    func checkAmbiguity(of paths: [(key: String, place: Place)]) {
        var seen: [String: String] = [:]
        for (key, place) in paths {
            let template = PathTemplate(key)
            if let sign = key.first(where: { $0 == "?" || $0 == "#" }) {
                diagnostics.warning(
                    "no request has a '\(sign)' in its path, so none is for this", at: place,
                    hint: "declare what follows as parameters of the query")
            }
            if key.filter({ $0 == "{" }).count != key.filter({ $0 == "}" }).count {
                diagnostics.warning("a brace of the path is not closed; it is read as it stands", at: place)
            }
            if let first = seen[template.shape] {
                diagnostics.warning(
                    "'\(key)' matches the same paths as '\(first)'; a method of both goes to the first", at: place,
                    hint: "merge them: two templates may not differ in parameter names only")
            }
            seen[template.shape] = seen[template.shape] ?? key
            var names: Set<String> = []
            for name in template.parameterNames where !names.insert(name).inserted {
                diagnostics.error("the path has the parameter '\(name)' twice", at: place)
            }
        }
    }

    // MARK: Building

    func operation(at located: Located) -> Operation {
        let place = located.place
        openOperations.insert(ObjectIdentifier(place.node))
        defer { openOperations.remove(ObjectIdentifier(place.node)) }
        let node = place.node
        let tags = (node["tags"]?.items ?? []).compactMap(\.string)
        usedTags += tags
        let own = servers(at: place["servers"])
        let inherited = located.items.lazy.compactMap { $0["servers"] }.first
        let summary = node["summary"] ?? located.items.lazy.compactMap { $0.node["summary"] }.first
        let description = node["description"] ?? located.items.lazy.compactMap { $0.node["description"] }.first
        return Operation(
            id: operationIDs[ObjectIdentifier(node)] ?? inventID(for: located),
            hasExplicitID: node["operationId"]?.string?.isEmpty == false, method: located.method, path: located.path,
            role: located.role, tags: tags, summary: summary?.string, description: description?.string,
            isDeprecated: node["deprecated"]?.bool ?? false, externalDocumentation: externalDocumentation(of: node),
            parameters: parameters(of: located), requestBody: place["requestBody"].flatMap { requestBody(at: $0) },
            responses: responses(at: place["responses"]),
            security: securityRequirement(at: place["security"]) ?? (located.role == .endpoint ? security : .none),
            servers: own.isEmpty ? servers(at: inherited) : own, callbacks: callbacks(at: place["callbacks"]),
            extensions: node.extensions, origin: place.origin)
    }

    /// Whether a callback is not the operation that it belongs to, which would have it again.
    private func isFinite(_ callback: Located, of item: Place) -> Bool {
        guard openOperations.contains(ObjectIdentifier(callback.place.node)) else { return true }
        diagnostics.warning("the callback is the operation that has it; it was left out", at: item)
        return false
    }

    private func callbacks(at place: Place?) -> [Callback] {
        (place?.members ?? []).flatMap { name, outer in
            resolver.follow(outer).members.filter { !$0.key.hasPrefix("x-") && $0.key != "$ref" }.map {
                expression, item in
                let role = Operation.Role.callback(name: name, expression: expression)
                let located = operations(in: item, path: PathTemplate(""), role: role).filter { isFinite($0, of: item) }
                assignIDs(to: located.filter { operationIDs[ObjectIdentifier($0.place.node)] == nil })
                return Callback(
                    name: name, expression: expression, operations: located.map { operation(at: $0) },
                    origin: item.origin)
            }
        }
    }
}
