/// What the tables of `Grammar` cannot say about single objects.
extension DocumentChecker {
    func checkMeaning(of place: Place, as kind: ObjectKind) {
        switch kind {
        case .openAPI: checkRoot(place)
        case .components: checkComponents(place)
        case .server: checkServer(place)
        case .serverVariable: checkServerVariable(place)
        case .license: exclude("identifier", "url", in: place)
        case .parameter: checkParameter(place)
        case .header: checkContentOrSchema(place)
        case .mediaType, .encoding: checkMediaType(place)
        case .example: checkExample(place)
        case .link: checkLink(place)
        case .callback: checkCallback(place)
        case .pathItem: checkPathItem(place)
        case .responses: checkResponses(place)
        case .response: checkResponseHeaders(place)
        case .securityScheme: checkSecurityScheme(place)
        case .xml:
            exclude("nodeType", "attribute", in: place)
            exclude("nodeType", "wrapped", in: place)
        case .info, .contact, .paths, .operation, .externalDocumentation, .requestBody, .tag,
            .schema,
            .discriminator, .oauthFlows, .oauthFlow, .securityRequirement:
            break
        }
    }

    /// Keeps `first` where `second` stands beside it.
    func exclude(_ first: String, _ second: String, in place: Place) {
        guard place.node[first] != nil, let ignored = place[second] else { return }
        diagnostics.warning(
            "'\(first)' and '\(second)' exclude each other; '\(second)' was left out", at: ignored,
            hint: "keep one of them")
        place.node.remove(second)
    }

    // MARK: The document

    private func checkRoot(_ place: Place) {
        guard place.file.index == 0 else { return }
        if place.node["paths"] == nil, place.node["webhooks"] == nil, place.node["components"] == nil {
            diagnostics.error("the document has none of 'paths', 'webhooks' and 'components'", at: place)
        }
        if let dialect = place["jsonSchemaDialect"], let text = dialect.node.string, !Dialect.isKnown(text) {
            diagnostics.warning(
                "the dialect '\(text)' is not supported; schemas are read as JSON Schema 2020-12", at: dialect)
        }
        var names: Set<String> = []
        for tag in place["tags"]?.elements ?? [] {
            guard let name = tag.node["name"]?.string else { continue }
            if !names.insert(name).inserted { diagnostics.warning("the tag '\(name)' is declared twice", at: tag) }
        }
    }

    private func checkComponents(_ place: Place) {
        for (_, section) in place.members {
            for (name, component) in section.members
            where !name.utf8.allSatisfy(Self.isComponentCharacter) || name.isEmpty {
                diagnostics.warning(
                    "the component name '\(name)' has characters other than letters, digits, '.', '_' and '-'",
                    at: component)
            }
        }
    }

    private static func isComponentCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private func checkServer(_ place: Place) {
        guard let address = place["url"], let text = address.node.string else { return }
        let variables = place.node["variables"]?.mapping?.keys ?? []
        for part in text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1) {
            guard let end = part.firstIndex(of: "}") else { continue }
            let name = String(part[..<end])
            guard !variables.contains(name) else { continue }
            diagnostics.warning(
                "the server has no variable '\(name)'", at: address, hint: NearMiss.hint(name, among: variables))
        }
        let authority = text.firstRange(of: "://").map { text[$0.upperBound...] }
        let path = authority?.drop { $0 != "/" } ?? text[...]
        guard place.segments == ["servers", "0"], path.hasPrefix("/"), path.contains(where: { $0 != "/" }) else {
            return
        }
        diagnostics.note(
            "the path '\(path)' of the server is not part of the routes, which begin at the paths", at: address,
            hint: "let the proxy take it away, or set the service's 'basePath' to '.document'")
    }

    private func checkServerVariable(_ place: Place) {
        guard let values = place["enum"]?.elements else { return }
        if values.isEmpty, let list = place["enum"] {
            diagnostics.warning("the 'enum' of a server variable must not be empty; any value is allowed", at: list)
            place.node.remove("enum")
        } else if let value = place["default"], !values.contains(where: { $0.node.string == value.node.string }) {
            diagnostics.warning("the default is not one of the variable's 'enum'", at: value)
        }
    }

    // MARK: Parameters and headers

    private func checkParameter(_ place: Place) {
        guard let location = place.node["in"]?.string, let name = place.node["name"]?.string else { return }
        if let style = place["style"], let text = style.node.string, let allowed = Self.styles[location],
            ParameterStyle(rawValue: text) != nil, !allowed.contains(text)
        {
            diagnostics.warning(
                "the style '\(text)' is not allowed in: \(location); the default is taken", at: style,
                hint: allowed.isEmpty ? nil : "one of \(allowed.joined(separator: ", "))")
            place.node.remove("style")
        }
        if location == "path" {
            if place.node["required"]?.bool != true {
                diagnostics.warning(
                    "the path parameter '\(name)' must say 'required: true'; it is treated so", at: place)
                place.node.set("required", Node(.bool(true), mark: place.node.mark))
            }
            if name.contains(where: { "{}/".contains($0) }) {
                diagnostics.error("'\(name)' cannot be the name of a path parameter", at: place["name"] ?? place)
            }
        }
        if location == "header" { checkHeaderName(name, of: place) }
        checkAllowReserved(place, location: location)
        if location == "querystring" { checkQueryString(place) }
        if location != "query", let flag = place["allowEmptyValue"] {
            diagnostics.warning("'allowEmptyValue' has no effect in: \(location)", at: flag)
        } else if let flag = place["allowEmptyValue"], flag.node.bool == true, place.node["required"]?.bool == true {
            diagnostics.warning(
                "'allowEmptyValue' has no effect on a required parameter: an empty value means that it is not used",
                at: flag, hint: "allow it in the schema: anyOf: [{…}, {const: ''}]")
        }
        checkContentOrSchema(place)
    }

    private func checkQueryString(_ place: Place) {
        if place.file.version < .v3_2 {
            diagnostics.warning("'in: querystring' belongs to OpenAPI 3.2", at: place["in"] ?? place)
        }
        diagnostics.note("OpenAPI 3.1 has no 'querystring' parameters; the published document lacks it", at: place)
        guard let schema = place["schema"], place.node["content"] == nil else { return }
        diagnostics.warning(
            "a 'querystring' parameter has 'content', not 'schema'; it is read as a form", at: schema,
            hint: "write content: {application/x-www-form-urlencoded: {schema: …}}")
        var media = Mapping()
        media["schema"] = schema.node
        var content = Mapping()
        content["application/x-www-form-urlencoded"] = Node(.mapping(media), mark: schema.node.mark)
        place.node.remove("schema")
        place.node.set("content", Node(.mapping(content), mark: schema.node.mark))
    }

    private static let styles: [String: [String]] = [
        "path": ["simple", "label", "matrix"], "header": ["simple"], "cookie": ["form", "cookie"],
        "query": ["form", "spaceDelimited", "pipeDelimited", "deepObject"], "querystring": [],
    ]

    private func checkAllowReserved(_ place: Place, location: String) {
        guard let flag = place["allowReserved"] else { return }
        let style = place.node["style"]?.string
        let encodes =
            location == "query"
            || place.file.version >= .v3_2 && (location == "path" || location == "cookie" && style != "cookie")
        if !encodes { diagnostics.warning("'allowReserved' has no effect in: \(location)", at: flag) }
    }

    private func checkContentOrSchema(_ place: Place) {
        exclude("examples", "example", in: place)
        exclude("content", "schema", in: place)
        if let content = place["content"], let members = content.node.mapping {
            if members.count > 1 {
                diagnostics.warning(
                    "the 'content' of a parameter or header has exactly one media type; the first is read", at: content)
                content.node.remove(Set(members.keys.dropFirst()))
            }
            for keyword in ["style", "explode", "allowReserved"] {
                guard let field = place[keyword] else { continue }
                diagnostics.warning("'\(keyword)' has no meaning beside 'content' and was left out", at: field)
                place.node.remove(keyword)
            }
        }
        if place.node["schema"] == nil, place.node["content"]?.mapping?.isEmpty ?? true {
            diagnostics.warning("neither 'schema' nor 'content': any text is accepted", at: place)
            place.node.remove("content")
        }
    }

    // MARK: Bodies and examples

    private func checkMediaType(_ place: Place) {
        exclude("examples", "example", in: place)
        exclude("encoding", "prefixEncoding", in: place)
        exclude("encoding", "itemEncoding", in: place)
        for keyword in ["prefixEncoding", "itemEncoding"] {
            if let field = place[keyword] {
                diagnostics.warning("'\(keyword)' is not supported and was left out", at: field)
            }
        }
        if place.node.role == .encoding, let nested = place["encoding"] {
            diagnostics.warning("a nested 'encoding' is not supported and was left out", at: nested)
        }
    }

    private func checkExample(_ place: Place) {
        exclude("value", "externalValue", in: place)
        exclude("value", "dataValue", in: place)
        exclude("value", "serializedValue", in: place)
        exclude("serializedValue", "externalValue", in: place)
    }

    private func checkLink(_ place: Place) {
        exclude("operationId", "operationRef", in: place)
        if place.node["operationRef"] == nil, place.node["operationId"] == nil {
            diagnostics.warning("a link needs 'operationId' or 'operationRef'", at: place)
        }
        checkLinkExpressions(place)
    }

    private func checkResponses(_ place: Place) {
        var seen: [Response.Status: String] = [:]
        for (key, response) in place.members {
            guard let status = StatusKey.parse(key) else { continue }
            if let first = seen[status] { diagnostics.error("'\(key)' is the same as '\(first)'", at: response) }
            seen[status] = key
            if case .range = status, key != status.description {
                diagnostics.warning("write '\(status.description)' for '\(key)'", at: response)
            }
        }
        if seen.isEmpty { diagnostics.warning("no response is declared", at: place) }
    }

    // MARK: Paths and security

    private func checkPathItem(_ place: Place) {
        for (method, operation) in place["additionalOperations"]?.members ?? [] {
            guard Self.fixedMethods.contains(method.uppercased()) else { continue }
            let field = method.lowercased()
            guard place.node[field] == nil else {
                diagnostics.error(
                    "'\(method)' does not belong in 'additionalOperations', and '\(field)' stands beside it",
                    at: operation,
                    hint: "remove one of them")
                continue
            }
            diagnostics.warning(
                "'\(method)' does not belong in 'additionalOperations'; it is read as '\(field)'", at: operation,
                hint: "write '\(field)' beside it")
            place["additionalOperations"]?.node.remove(method)
            place.node.set(field, operation.node)
        }
        leaveOutUnsendable(place["parameters"])
        checkParameterList(place["parameters"], with: nil)
        for (_, operation) in place.members where operation.node.role == .operation {
            leaveOutUnsendable(operation["parameters"])
            checkParameterList(operation["parameters"], with: place["parameters"])
        }
    }

    private static let fixedMethods: Set<String> = [
        "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY",
    ]

    /// Reports parameters that are declared twice in one list, and query strings that exclude each other.
    private func checkParameterList(_ list: Place?, with inherited: Place?) {
        guard let list else { return }
        var seen: [String: Place] = [:]
        var locations = Set((inherited?.elements ?? []).compactMap { resolver.follow($0).node["in"]?.string })
        for element in list.elements {
            let parameter = resolver.follow(element)
            guard let name = parameter.node["name"]?.string, let location = parameter.node["in"]?.string else {
                continue
            }
            if let first = seen["\(location) \(name)"] {
                let message =
                    "the \(location) parameter '\(name)' is declared twice, first in line \(first.origin.line)"
                if resolver.follow(first).node.json == parameter.node.json {
                    diagnostics.warning(message, at: element, hint: "remove one of them")
                } else {
                    diagnostics.error(message, at: element, hint: "they differ: remove or rename one of them")
                }
            }
            seen["\(location) \(name)"] = element
            let clash =
                location == "querystring" ? ["querystring", "query"] : location == "query" ? ["querystring"] : []
            if locations.contains(where: clash.contains) {
                diagnostics.error(
                    "a 'querystring' parameter stands alone: no other and no 'query' parameter", at: element)
            }
            locations.insert(location)
        }
    }

    private func checkSecurityScheme(_ place: Place) {
        let needed: [String]
        switch place.node["type"]?.string {
        case "apiKey": needed = ["name", "in"]
        case "http": needed = ["scheme"]
        case "oauth2": needed = ["flows"]
        case "openIdConnect": needed = ["openIdConnectUrl"]
        default: needed = []
        }
        for field in needed where place.node[field] == nil {
            diagnostics.error("'\(field)' is missing in this \(ObjectKind.securityScheme.rawValue)", at: place)
        }
        for (name, flow) in place["flows"]?.members ?? [] {
            for field in Self.flowFields[name] ?? [] where flow.node[field] == nil {
                diagnostics.warning("'\(field)' is missing in this '\(name)' flow", at: flow)
            }
        }
    }

    private static let flowFields: [String: [String]] = [
        "implicit": ["authorizationUrl"], "password": ["tokenUrl"], "clientCredentials": ["tokenUrl"],
        "authorizationCode": ["authorizationUrl", "tokenUrl"],
        "deviceAuthorization": ["deviceAuthorizationUrl", "tokenUrl"],
    ]
}
