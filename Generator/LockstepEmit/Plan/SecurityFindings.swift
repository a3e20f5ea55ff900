import LockstepDocument

/// What the document asks for that the runtime cannot check: client certificates, `digest`, schemes that are not
/// declared.
enum SecurityFindings {
    /// The requirement without the alternatives that no credential can satisfy.
    static func satisfiable(_ requirement: SecurityRequirement, in description: APIDescription) -> SecurityRequirement {
        SecurityRequirement(
            alternatives: requirement.alternatives.filter { alternative in
                alternative.allSatisfy { use in isChecked(use.scheme, in: description) }
            })
    }

    /// An error for each scheme without which some operation could never be called; a warning for each that other
    /// alternatives, or the absence of uses, make up for.
    static func find(in description: APIDescription) -> [Diagnostic] {
        description.securitySchemes.compactMap { scheme in
            guard SchemePlan.Credential(scheme.kind) == nil else { return nil }
            let blocked = description.operations.first { operation in
                operation.security.alternatives.contains { $0.contains { $0.scheme == scheme.name } }
                    && satisfiable(operation.security, in: description).alternatives.isEmpty
            }
            if let blocked {
                return Diagnostic(
                    .error,
                    "\(name(of: scheme)) is not checked by the server, so nobody could call '\(blocked.id)'",
                    at: scheme.origin,
                    hint: "give its operations another alternative: bearer, basic, apiKey, oauth2 or openIdConnect")
            }
            // A scheme that is not declared has been named where it is used.
            if case .unknown = scheme.kind { return nil }
            return Diagnostic(
                .warning, "\(name(of: scheme)) is not checked by the server: its alternatives are left out",
                at: scheme.origin, hint: "bearer, basic, apiKey, oauth2 and openIdConnect are checked")
        }
    }

    private static func isChecked(_ name: String, in description: APIDescription) -> Bool {
        description.securitySchemes.contains { $0.name == name && SchemePlan.Credential($0.kind) != nil }
    }

    private static func name(of scheme: SecurityScheme) -> String {
        switch scheme.kind {
        case .mutualTLS: "the security scheme '\(scheme.name)' (mutualTLS)"
        case .http(let authentication): "the security scheme '\(scheme.name)' (HTTP \(authentication))"
        case .apiKey, .basic, .bearer, .oauth2, .openIDConnect, .unknown: "the security scheme '\(scheme.name)'"
        }
    }
}

extension SchemePlan.Credential {
    /// What the runtime reads for a scheme; nothing where it has no reader.
    init?(_ kind: SecurityScheme.Kind) {
        switch kind {
        case .bearer, .oauth2, .openIDConnect: self = .bearer
        case .basic: self = .basic
        case .apiKey(.header, _), .apiKey(.query, _), .apiKey(.cookie, _): self = .apiKey
        case .apiKey, .http, .mutualTLS, .unknown: return nil
        }
    }
}
