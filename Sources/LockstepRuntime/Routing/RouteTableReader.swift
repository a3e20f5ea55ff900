import LockstepJSON
import LockstepSchema

/// Reads the JSON of a ``RouteTable``.
struct RouteTableReader {
    let validators: ValidatorProgram

    func read(_ text: [UInt8]) throws(RouteTableError) -> ([String: SecurityScheme], [Route]) {
        let document: JSONDocument
        do {
            document = try JSONDocument.parse(text, limits: JSONLimits(maximumSize: text.count))
        } catch {
            throw RouteTableError(operation: "", message: "not JSON: \(error)")
        }
        let table = TableObject(document.value, operation: "")
        guard try table.int("format") == 1 else {
            throw RouteTableError(operation: "", message: "made by another version of the generator")
        }
        var schemes: [String: SecurityScheme] = [:]
        for (name, value) in table.members("schemes") {
            schemes[name] = try scheme(name, TableObject(value, operation: ""))
        }
        var routes: [Route] = []
        let bases = table.strings("bases")
        for operation in table.objects("operations") { routes.append(try route(operation, schemes, bases)) }
        return (schemes, routes)
    }

    private func route(
        _ object: TableObject, _ schemes: [String: SecurityScheme], _ commonBases: [String]
    ) throws(RouteTableError) -> Route {
        let id = try object.string("id")
        let operation = TableObject(object.value, operation: id)
        let parameters = try operation.definitions("parameters")
        let validator = try entry(operation, "parametersEntry")
        guard parameters.isEmpty || validator != nil else { throw operation.fault("parameters without an entry") }
        var extensions: [String: JSONValue] = [:]
        for (name, value) in operation.members("extensions") { extensions[name] = value }
        let ownBases = operation.strings("bases")
        let bases = ownBases.isEmpty ? commonBases : ownBases
        return Route(
            operationID: id, method: HTTPMethod(try operation.string("method")), template: try operation.string("path"),
            basePaths: bases.isEmpty ? [""] : bases, givesWay: operation.flag("givesWay") ?? false,
            tags: operation.strings("tags"), extensions: extensions,
            parameters: parameters,
            parameterValidator: validator,
            refusesUnknownQuery: operation.flag("strictQuery") ?? extensions["x-strict-query"]?.bool ?? false,
            body: try body(operation), responses: try responses(operation),
            security: try security(operation, schemes))
    }

    private func scheme(_ name: String, _ object: TableObject) throws(RouteTableError) -> SecurityScheme {
        let type = try object.string("type")
        switch type {
        case "oauth2", "openIdConnect": return SecurityScheme(name: name, kind: .bearer, usesScopes: true)
        case "http":
            let scheme = try object.string("scheme")
            switch scheme.lowercased() {
            case "bearer": return SecurityScheme(name: name, kind: .bearer, usesScopes: false)
            case "basic": return SecurityScheme(name: name, kind: .basic, usesScopes: false)
            default:
                guard FieldSyntax.isToken(scheme.utf8) else {
                    throw object.fault("security scheme \(name): '\(scheme)' is no name of an HTTP scheme")
                }
                return SecurityScheme(name: name, kind: .http(scheme), usesScopes: false)
            }
        case "mutualTLS": return SecurityScheme(name: name, kind: .mutualTLS, usesScopes: false)
        case "apiKey":
            let field = try object.string("name")
            switch try object.string("in") {
            case "header": return SecurityScheme(name: name, kind: .apiKeyInHeader(field), usesScopes: false)
            case "query": return SecurityScheme(name: name, kind: .apiKeyInQuery(field), usesScopes: false)
            case "cookie": return SecurityScheme(name: name, kind: .apiKeyInCookie(field), usesScopes: false)
            case let other: throw object.fault("security scheme \(name): no location '\(other)'")
            }
        default: throw object.fault("security scheme \(name): type '\(type)' is not supported")
        }
    }

    private func security(
        _ operation: TableObject, _ schemes: [String: SecurityScheme]
    ) throws(RouteTableError) -> [[SecurityRequirement]] {
        var alternatives: [[SecurityRequirement]] = []
        for value in operation.elements("security") {
            guard case .array(let members) = value else { throw operation.fault("security must be a list of lists") }
            var requirements: [SecurityRequirement] = []
            for member in members {
                let requirement = TableObject(member, operation: operation.operation)
                let name = try requirement.string("scheme")
                guard let scheme = schemes[name] else { throw operation.fault("no security scheme '\(name)'") }
                requirements.append(SecurityRequirement(scheme: scheme, needs: requirement.strings("needs")))
            }
            alternatives.append(requirements)
        }
        return alternatives
    }

    private func body(_ operation: TableObject) throws(RouteTableError) -> BodyDefinition? {
        guard let body = operation.object("body") else { return nil }
        let isStreaming = body.flag("streaming") ?? false
        return BodyDefinition(
            isRequired: body.flag("required") ?? false, isStreaming: isStreaming, limit: try body.int("limit"),
            contents: try contents(body, needsEntries: !isStreaming))
    }

    private func contents(
        _ object: TableObject, needsEntries: Bool
    ) throws(RouteTableError) -> [ContentDefinition] {
        var contents: [ContentDefinition] = []
        for content in object.objects("content") {
            let name = try content.string("type")
            guard let mediaType = MediaType(name) else { throw content.fault("'\(name)' is not a media type") }
            let validator = try entry(content, "entry")
            if needsEntries, validator == nil, mediaType.isJSON || mediaType.isForm || mediaType.isMultipart {
                throw content.fault("\(name) without an entry")
            }
            contents.append(
                ContentDefinition(
                    mediaType: mediaType, validator: validator,
                    fields: try content.definitions("fields", in: .form), items: try items(content, of: mediaType),
                    parts: try parts(content)))
        }
        return contents
    }

    /// What fields say of their parts.
    private func parts(_ content: TableObject) throws(RouteTableError) -> [String: PartDefinition] {
        var parts: [String: PartDefinition] = [:]
        for field in content.objects("fields") {
            let types = field.strings("contentTypes").compactMap { MediaType($0) }
            let headers = try field.definitions("headers", in: .header)
            let validator = try entry(field, "headersEntry")
            guard headers.isEmpty || validator != nil else { throw field.fault("headers of a part without an entry") }
            if types.isEmpty, validator == nil { continue }
            parts[try field.string("name")] = PartDefinition(
                contentTypes: types, headers: headers, headerValidator: validator)
        }
        return parts
    }

    private func items(_ content: TableObject, of mediaType: MediaType) throws(RouteTableError) -> ItemDefinition? {
        guard let items = content.object("items") else { return nil }
        guard let validator = try entry(items, "entry") else { throw content.fault("items without an entry") }
        let name = try items.optionalString("data") ?? "json"
        guard let data = ItemFraming.EventData(rawValue: name), let framing = ItemFraming(mediaType, data: data) else {
            throw content.fault("\(mediaType) is no sequence of items that is read")
        }
        return ItemDefinition(framing: framing, validator: validator)
    }

    private func responses(_ operation: TableObject) throws(RouteTableError) -> [ResponseDefinition] {
        var responses: [ResponseDefinition] = []
        for response in operation.objects("responses") {
            responses.append(
                ResponseDefinition(
                    status: try status(response), contents: try contents(response, needsEntries: false),
                    headers: try response.definitions("headers", in: .header),
                    headerValidator: try entry(response, "headersEntry")))
        }
        return responses
    }

    private func status(_ response: TableObject) throws(RouteTableError) -> ResponseDefinition.Status {
        let text = try response.string("status")
        if text == "default" { return .default }
        if let code = Int(text), (100...999).contains(code) { return .code(code) }
        if text.count == 3, text.uppercased().hasSuffix("XX"), let hundreds = Int(text.prefix(1)) {
            return .range(hundreds)
        }
        throw response.fault("'\(text)' is no status")
    }

    private func entry(_ object: TableObject, _ key: String) throws(RouteTableError) -> ValidatorEntry? {
        guard let name = try object.optionalString(key) else { return nil }
        guard let entry = validators.entry(name) else { throw object.fault("no validator entry '\(name)'") }
        return entry
    }
}
