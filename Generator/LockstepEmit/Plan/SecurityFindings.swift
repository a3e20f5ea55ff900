import LockstepDocument

/// What the document asks for that the runtime cannot check: schemes that are not well formed.
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
                    hint: "correct the scheme, or give its operations another alternative")
            }
            // A scheme that is not declared has been named where it is used.
            if case .unknown = scheme.kind { return nil }
            return Diagnostic(
                .warning, "\(name(of: scheme)) is not checked by the server: its alternatives are left out",
                at: scheme.origin,
                hint: "the name of an HTTP scheme is one word; a key lies in a header, the query or a cookie")
        }
    }

    private static func isChecked(_ name: String, in description: APIDescription) -> Bool {
        description.securitySchemes.contains { $0.name == name && SchemePlan.Credential($0.kind) != nil }
    }

    private static func name(of scheme: SecurityScheme) -> String {
        switch scheme.kind {
        case .http(let authentication): "the security scheme '\(scheme.name)' (HTTP \(authentication))"
        case .apiKey, .basic, .bearer, .mutualTLS, .oauth2, .openIDConnect, .unknown:
            "the security scheme '\(scheme.name)'"
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
        case .http(let scheme) where Self.isToken(scheme): self = .http
        case .mutualTLS: self = .mutualTLS
        case .apiKey, .http, .unknown: return nil
        }
    }

    /// `token` of RFC 9110 §5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
    }
}
