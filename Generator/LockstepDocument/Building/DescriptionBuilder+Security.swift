/// Security schemes and requirements.
extension DescriptionBuilder {
    func securityScheme(named name: String, at outer: Place) -> SecurityScheme {
        let place = resolver.follow(outer)
        let isElsewhere = place.node["$ref"] != nil  // and has been reported
        let kind = kind(of: place) ?? (isElsewhere ? .bearer(format: nil) : .unknown)
        return SecurityScheme(
            name: name, kind: kind, description: (outer.node["description"] ?? place.node["description"])?.string,
            isDeprecated: place.node["deprecated"]?.bool ?? false, extensions: place.node.extensions,
            origin: place.origin)
    }

    /// Schemes that requirements name and nothing declares, in the order of their names. Whoever implements the API checks
    /// their tokens, so nothing is open that the document closes.
    func undeclaredSchemes() -> [SecurityScheme] {
        unknownSchemes.sorted { $0.key < $1.key }.map { name, place in
            SecurityScheme(name: name, kind: .bearer(format: nil), origin: place.origin)
        }
    }

    private func kind(of place: Place) -> SecurityScheme.Kind? {
        let node = place.node
        switch node["type"]?.string {
        case "apiKey":
            guard let name = node["name"]?.string, let location = node["in"]?.string.flatMap(Parameter.Location.init)
            else { return nil }
            return .apiKey(location: location, name: name)
        case "http":
            switch node["scheme"]?.string?.lowercased() {
            case nil: return nil
            case "basic": return .basic
            case "bearer": return .bearer(format: node["bearerFormat"]?.string)
            default: return node["scheme"]?.string.map(SecurityScheme.Kind.http)
            }
        case "mutualTLS": return .mutualTLS
        case "oauth2": return .oauth2((place["flows"]?.members ?? []).filter { !$0.key.hasPrefix("x-") }.map(flow))
        case "openIdConnect": return .openIDConnect(url: node["openIdConnectUrl"]?.string ?? "")
        default: return nil
        }
    }

    private func flow(named name: String, at place: Place) -> SecurityScheme.OAuthFlow {
        SecurityScheme.OAuthFlow(
            name: name,
            authorizationURL: (place.node["authorizationUrl"] ?? place.node["deviceAuthorizationUrl"])?.string,
            tokenURL: place.node["tokenUrl"]?.string, refreshURL: place.node["refreshUrl"]?.string,
            scopes: (place["scopes"]?.members ?? []).map { name, description in
                SecurityScheme.Scope(name: name, description: description.node.string ?? "")
            })
    }

    /// The requirement at `security`; `nil` where there is none, so that the document's holds.
    func securityRequirement(at place: Place?) -> SecurityRequirement? {
        guard let place, place.node.items != nil else { return nil }
        return SecurityRequirement(
            alternatives: place.elements.map { alternative in
                alternative.members.map { name, scopes in
                    checkUse(of: name, at: scopes)
                    return SecurityRequirement.SchemeUse(
                        scheme: name, scopes: (scopes.node.items ?? []).compactMap(\.string))
                }
            })
    }

    private func checkUse(of name: String, at place: Place) {
        let schemes = entry.place["components"]?["securitySchemes"]
        guard let outer = schemes?[name] else {
            if unknownSchemes[name] == nil { unknownSchemes[name] = place }
            diagnostics.warning(
                "the security scheme '\(name)' is not declared; it is read as a bearer token", at: place,
                hint: NearMiss.hint(name, among: schemes?.node.mapping?.keys ?? [])
                    ?? "declare it under components/securitySchemes of '\(entry.name)'")
            return
        }
        let scheme = resolver.follow(outer)
        guard scheme.node["type"]?.string == "oauth2" else { return }
        let declared = Set((scheme["flows"]?.members ?? []).flatMap { $0.place["scopes"]?.node.mapping?.keys ?? [] })
        for scope in place.elements {
            guard let text = scope.node.string, !declared.contains(text) else { continue }
            diagnostics.warning(
                "no flow of '\(name)' has the scope '\(text)'", at: scope,
                hint: NearMiss.hint(text, among: declared.sorted()))
        }
    }
}
