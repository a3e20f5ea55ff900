import LockstepJSON

/// Builds the IR from a document that has been checked and normalised.
final class DescriptionBuilder {
    let entry: SourceFile
    let files: SourceFiles
    let resolver: Resolver
    let diagnostics: DiagnosticList
    let schemas: SchemaBuilder
    /// The identifiers of operations by the identity of what describes them; links look there.
    var operationIDs: [ObjectIdentifier: String] = [:]
    /// Where each identifier was first used.
    var takenIDs: [String: Place] = [:]
    /// The last number that each invented identifier got.
    var inventedNumbers: [String: Int] = [:]
    /// The document's own security requirement.
    var security = SecurityRequirement.none
    /// Where requirements name security schemes that nothing declares.
    var unknownSchemes: [String: Place] = [:]
    /// The operations being built: callbacks may lead back to them.
    var openOperations: Set<ObjectIdentifier> = []
    /// The tags that operations name, in the order in which they are met.
    var usedTags: [String] = []

    init(entry: SourceFile, files: SourceFiles, resolver: Resolver, diagnostics: DiagnosticList) {
        self.entry = entry
        self.files = files
        self.resolver = resolver
        self.diagnostics = diagnostics
        schemas = SchemaBuilder(
            resolver: resolver, diagnostics: diagnostics,
            components: entry.place["components"]?["schemas"]?.members ?? [])
    }

    /// The whole API.
    func build() -> APIDescription {
        let root = entry.place
        let schemes = (root["components"]?["securitySchemes"]?.members ?? []).map { name, place in
            securityScheme(named: name, at: place)
        }
        security = securityRequirement(at: root["security"]) ?? .none
        let paths = root["paths"]?.members.filter { $0.key.hasPrefix("/") } ?? []
        checkAmbiguity(of: paths)
        let found = locateOperations(paths: paths, webhooks: root["webhooks"]?.members ?? [])
        assignIDs(to: found)
        let operations = found.map { operation(at: $0) }
        let named = schemas.namedSchemas()
        let cycles = SchemaCycles.find(resolver: resolver, diagnostics: diagnostics)
        let resources = ResourceBuilder(files: files, cycles: cycles, bindings: schemas.bindings)
        var description = APIDescription(
            info: info(at: root["info"]), version: root.node["openapi"]?.scalarText ?? "",
            servers: servers(at: root["servers"]), tags: tags(declared: root["tags"]),
            operations: operations.filter { $0.role == .endpoint },
            webhooks: operations.filter { $0.role != .endpoint }, schemas: named,
            securitySchemes: schemes + undeclaredSchemes(),
            security: security,
            resources: resources.resources(), files: files.names, extensions: root.node.extensions)
        description.patternOrigins = resources.patternOrigins()
        return description
    }

    // MARK: Small objects

    private func info(at place: Place?) -> APIInfo {
        let node = place?.node
        let contact = node?["contact"].map { node in
            APIInfo.Contact(name: node["name"]?.string, url: node["url"]?.string, email: node["email"]?.string)
        }
        let license = node?["license"].map { node in
            APIInfo.License(
                name: node["name"]?.string ?? "", identifier: node["identifier"]?.string, url: node["url"]?.string)
        }
        return APIInfo(
            title: node?["title"]?.string ?? "", version: node?["version"]?.string ?? "",
            summary: node?["summary"]?.string, description: node?["description"]?.string,
            termsOfService: node?["termsOfService"]?.string, contact: contact, license: license,
            extensions: node?.extensions ?? [:])
    }

    func servers(at place: Place?) -> [Server] {
        (place?.elements ?? []).map { server in
            let variables = (server["variables"]?.members ?? []).map { name, variable in
                Server.Variable(
                    name: name, defaultValue: variable.node["default"]?.string ?? "",
                    values: (variable.node["enum"]?.items ?? []).compactMap(\.string),
                    description: variable.node["description"]?.string)
            }
            let result = Server(
                url: server.node["url"]?.string ?? "", name: server.node["name"]?.string,
                description: server.node["description"]?.string,
                variables: variables)
            if result.hasTooManyBasePaths {
                diagnostics.warning(
                    "the variables give the path of this server more than \(Server.basePathLimit) forms; "
                        + "only that of their defaults is a base path", at: server["url"] ?? server)
            }
            return result
        }
    }

    private func tags(declared: Place?) -> [Tag] {
        var names: Set<String> = []
        var tags: [Tag] = []
        for place in declared?.elements ?? [] {
            guard let name = place.node["name"]?.string, names.insert(name).inserted else { continue }
            tags.append(
                Tag(
                    name: name, summary: place.node["summary"]?.string, description: place.node["description"]?.string,
                    parent: place.node["parent"]?.string, kind: place.node["kind"]?.string,
                    externalDocumentation: externalDocumentation(of: place.node)))
        }
        for name in usedTags where names.insert(name).inserted { tags.append(Tag(name: name, isDeclared: false)) }
        return tags
    }

    func externalDocumentation(of node: Node) -> ExternalDocumentation? {
        guard let documentation = node["externalDocs"], let url = documentation["url"]?.string else { return nil }
        return ExternalDocumentation(url: url, description: documentation["description"]?.string)
    }

    /// Named examples, or the single one.
    func examples(at place: Place) -> [Example] {
        if let example = place["example"] {
            return [Example(value: example.node.json, origin: example.origin)]
        }
        return (place["examples"]?.members ?? []).map { name, outer in
            let place = resolver.follow(outer)
            let value = place.node["value"] ?? place.node["dataValue"] ?? place.node["serializedValue"]
            return Example(
                name: name, summary: (outer.node["summary"] ?? place.node["summary"])?.string,
                description: (outer.node["description"] ?? place.node["description"])?.string, value: value?.json,
                externalValue: place.node["externalValue"]?.string, origin: place.origin)
        }
    }

    /// A schema of text, for parameters of which the document says nothing.
    func text(at place: Place) -> Schema {
        Schema(kind: .string(format: nil), origin: place.origin, uri: ResourceBuilder.textURI)
    }
}
