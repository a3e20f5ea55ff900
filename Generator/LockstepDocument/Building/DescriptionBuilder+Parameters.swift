/// Parameters of the path and of the operation, merged.
extension DescriptionBuilder {
    func parameters(of located: Located) -> [Parameter] {
        var result: [Parameter] = []
        var positions: [String: Int] = [:]
        let lists = located.items.reversed().map { $0["parameters"] } + [located.place["parameters"]]
        for list in lists {
            for element in list?.elements ?? [] {
                guard let found = parameter(at: element), isSent(found, at: element) else { continue }
                for parameter in found.location == .querystring ? fields(of: found) : [found] {
                    let key = "\(parameter.location.rawValue) \(parameter.name)"
                    if let position = positions[key] {
                        result[position] = parameter
                    } else {
                        positions[key] = result.count
                        result.append(parameter)
                    }
                }
            }
        }
        return located.role == .endpoint ? matchingTemplate(result, of: located) : result
    }

    /// A query string that is a form is what its fields are as parameters of the query.
    private func fields(of parameter: Parameter) -> [Parameter] {
        let type = parameter.mediaType?.split(separator: ";").first?.lowercased()
        guard type == "application/x-www-form-urlencoded",
            case .object(let object) = schemas.resolved(parameter.schema).kind
        else {
            let what = parameter.mediaType ?? "text"
            diagnostics.add(
                Diagnostic(
                    .warning, "a query string that is \(what) is not supported, and the parameter was left out",
                    at: parameter.origin,
                    hint: "an object as application/x-www-form-urlencoded is read, a property a parameter"))
            return []
        }
        return object.properties.map { property in
            Parameter(
                name: property.name, location: .query, isRequired: parameter.isRequired && property.isRequired,
                isDeprecated: property.schema.isDeprecated, description: property.schema.description,
                schema: property.schema, origin: property.schema.origin)
        }
    }

    private func parameter(at outer: Place) -> Parameter? {
        let place = resolver.follow(outer)
        let node = place.node
        guard let name = node["name"]?.string, let location = node["in"]?.string.flatMap(Parameter.Location.init)
        else { return nil }
        let value = value(at: place)
        return Parameter(
            name: name, location: location, style: node["style"]?.string.flatMap(ParameterStyle.init),
            explode: node["explode"]?.bool, allowReserved: node["allowReserved"]?.bool ?? false,
            allowEmptyValue: node["allowEmptyValue"]?.bool ?? false,
            isRequired: location == .path || node["required"]?.bool ?? false,
            isDeprecated: node["deprecated"]?.bool ?? false,
            description: (outer.node["description"] ?? node["description"])?.string, schema: value.schema,
            mediaType: value.mediaType, examples: examples(at: value.examples), extensions: node.extensions,
            origin: place.origin)
    }

    /// The schema of a parameter or header, the media type where it has one, and where its examples are.
    func value(at place: Place) -> (schema: Schema, mediaType: String?, examples: Place) {
        if let (mediaType, outer) = place["content"]?.members.first {
            let content = resolver.follow(outer)
            let schema = content["schema"].map { schemas.schema(at: $0) } ?? text(at: content)
            return (schema, mediaType, content)
        }
        return (place["schema"].map { schemas.schema(at: $0) } ?? text(at: place), nil, place)
    }

    /// OpenAPI has other places for three headers and ignores parameters of their names.
    private func isSent(_ parameter: Parameter, at place: Place) -> Bool {
        guard parameter.location == .header else { return true }
        let instead: String
        switch parameter.name.lowercased() {
        case "accept": instead = "the responses' 'content'"
        case "content-type": instead = "the request body's 'content'"
        case "authorization": instead = "'security'"
        default: return true
        }
        diagnostics.warning(
            "OpenAPI ignores a header parameter '\(parameter.name)'; it was left out", at: place, hint: "use \(instead)"
        )
        return false
    }

    /// The parameters with one for each hole of the path and none for holes that are not there.
    private func matchingTemplate(_ parameters: [Parameter], of located: Located) -> [Parameter] {
        let holes = located.path.parameterNames
        var result = parameters.filter { parameter in
            guard parameter.location == .path, !holes.contains(parameter.name) else { return true }
            let hint = NearMiss.hint(parameter.name, among: holes)
            diagnostics.add(
                Diagnostic(
                    .warning,
                    "the path '\(located.path)' has no '{\(parameter.name)}'; the parameter was left out",
                    at: parameter.origin, hint: hint))
            return false
        }
        for hole in holes where !result.contains(where: { $0.location == .path && $0.name == hole }) {
            diagnostics.warning(
                "the path parameter '\(hole)' of '\(located.path)' is not declared; it is read as any text",
                at: located.place, hint: "add {name: \(hole), in: path, required: true, schema: …} to 'parameters'")
            result.append(
                Parameter(
                    name: hole, location: .path, isRequired: true, schema: text(at: located.place),
                    origin: located.place.origin))
        }
        return result
    }
}
