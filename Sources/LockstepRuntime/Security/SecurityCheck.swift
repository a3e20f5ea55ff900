import LockstepJSON

/// The security of one route with the authenticators that it needs, put together when the service starts.
///
/// - One alternative must be satisfied; within it, all schemes; of each scheme, all roles or scopes.
/// - The principal is that of the alternative's first scheme.
/// - Each credential is checked once, however many alternatives name its scheme.
/// - A credential that is presented and not accepted is 401 even where security is optional: the client believes that
///   it is signed in.
/// - 403 if some alternative failed for want of a role or scope only; else 401.
struct SecurityCheck: Sendable {
    private struct Requirement: Sendable {
        let scheme: Int
        let needs: [String]
        let usesScopes: Bool
    }

    private let schemes: [BoundScheme]
    private let alternatives: [[Requirement]]
    private let isOptional: Bool
    private let challenge: String

    /// Fails for a scheme that has no authenticator of its kind: no endpoint is ever open by omission.
    init(_ route: Route, authenticators: [String: Authenticator]) throws(ServiceConfigurationError) {
        var schemes: [BoundScheme] = []
        var alternatives: [[Requirement]] = []
        for requirements in route.security where !requirements.isEmpty {
            var bound: [Requirement] = []
            for requirement in requirements {
                let name = requirement.scheme.name
                if !schemes.contains(where: { $0.scheme.name == name }) {
                    schemes.append(try BoundScheme(requirement.scheme, authenticators[name], for: route))
                }
                let index = schemes.firstIndex { $0.scheme.name == name } ?? 0
                bound.append(
                    Requirement(
                        scheme: index, needs: requirement.needs, usesScopes: requirement.scheme.usesScopes))
            }
            alternatives.append(bound)
        }
        self.schemes = schemes
        self.alternatives = alternatives
        isOptional = route.allowsAnonymous
        challenge = SecurityCheck.challenge(schemes)
    }

    /// Whether every request passes without looking at it.
    var isOpen: Bool { alternatives.isEmpty }

    /// Who is calling; `nil` for an anonymous call where that is allowed.
    nonisolated(nonsending) func principal(for request: Request, _ context: RequestContext) async throws -> Principal? {
        var verdict = Verdict()
        if schemes.count == 1 {
            let outcome = try await schemes[0].authenticate(request, context)
            for alternative in alternatives {
                if let principal = verdict.judge(alternative, { _ in outcome }) { return principal }
            }
        } else {
            var outcomes = [Outcome?](repeating: nil, count: schemes.count)
            for alternative in alternatives {
                for requirement in alternative where outcomes[requirement.scheme] == nil {
                    let outcome = try await schemes[requirement.scheme].authenticate(request, context)
                    outcomes[requirement.scheme] = outcome
                    // What follows in this alternative need not be checked once something is missing.
                    guard case .accepted = outcome else { break }
                }
                if let principal = verdict.judge(alternative, { outcomes[$0] ?? .missing }) { return principal }
            }
        }
        if verdict.wasRefused { throw refusal(.invalidToken) }
        if isOptional { return nil }
        throw verdict.lacksPermission ? Problem.forbidden : refusal(.noToken)
    }

    /// What is known after looking at some alternatives.
    private struct Verdict {
        var wasRefused = false
        var lacksPermission = false

        /// The principal, if the alternative is satisfied.
        mutating func judge(_ alternative: [Requirement], _ outcome: (Int) -> Outcome) -> Principal? {
            var principal: Principal?
            for requirement in alternative {
                switch outcome(requirement.scheme) {
                case .missing: return nil
                case .refused:
                    wasRefused = true
                    return nil
                case .accepted(let found):
                    guard SecurityCheck.grants(found, requirement) else {
                        lacksPermission = true
                        return nil
                    }
                    principal = principal ?? found
                }
            }
            return principal
        }
    }

    private static func grants(_ principal: Principal, _ requirement: Requirement) -> Bool {
        if requirement.needs.isEmpty { return true }
        let held = requirement.usesScopes ? principal.scopes : principal.roles
        return requirement.needs.allSatisfy { held.contains($0) }
    }

    private func refusal(_ problem: Problem) -> Problem {
        if schemes.first?.scheme.kind == .bearer { return problem }
        var problem = problem
        problem.headers = ["WWW-Authenticate": challenge]
        return problem
    }

    /// A challenge is required on 401 (RFC 9110 §11.6.1); API keys and client certificates have no registered scheme name.
    private static func challenge(_ schemes: [BoundScheme]) -> String {
        // A certificate is of no use in a header: what can be sent there is asked for first.
        let kind = (schemes.first { $0.scheme.kind != .mutualTLS } ?? schemes.first)?.scheme.kind
        return switch kind {
        case .basic: "Basic realm=\"api\", charset=\"UTF-8\""
        case .apiKeyInHeader, .apiKeyInQuery, .apiKeyInCookie: "ApiKey"
        case .http(let scheme): scheme
        case .mutualTLS: "ClientCertificate"
        case .bearer, nil: "Bearer"
        }
    }
}

/// What checking one credential gave.
enum Outcome {
    case missing
    case refused
    case accepted(Principal)
}

/// A scheme with its authenticator.
struct BoundScheme: Sendable {
    let scheme: SecurityScheme
    private let authenticator: Authenticator

    init(
        _ scheme: SecurityScheme, _ authenticator: Authenticator?, for route: Route
    ) throws(ServiceConfigurationError) {
        guard let authenticator else {
            throw ServiceConfigurationError(
                "\(route) needs the security scheme '\(scheme.name)', which has no authenticator")
        }
        let fits =
            switch (scheme.kind, authenticator) {
            case (.bearer, .bearer), (.basic, .basic), (.http, .http), (.mutualTLS, .mutualTLS): true
            case (.apiKeyInHeader, .apiKey), (.apiKeyInQuery, .apiKey), (.apiKeyInCookie, .apiKey): true
            default: false
            }
        guard fits else {
            throw ServiceConfigurationError("the authenticator of '\(scheme.name)' is for another kind of scheme")
        }
        self.scheme = scheme
        self.authenticator = authenticator
    }

    /// Finds the credential and has it checked. Errors other than ``AuthenticationError`` are the application's own
    /// (a database that is down) and pass through.
    nonisolated(nonsending) func authenticate(_ request: Request, _ context: RequestContext) async throws -> Outcome {
        do {
            switch authenticator {
            case .bearer(let authenticate):
                guard let token = try CredentialReader.bearer(request) else { return .missing }
                return .accepted(try await authenticate(BearerCredential(token: token), context))
            case .basic(let authenticate):
                guard let credential = try CredentialReader.basic(request) else { return .missing }
                return .accepted(try await authenticate(credential, context))
            case .apiKey(let authenticate):
                guard let key = try CredentialReader.apiKey(request, scheme.kind) else { return .missing }
                return .accepted(try await authenticate(APIKeyCredential(key: key), context))
            case .http(let authenticate):
                guard case .http(let name) = scheme.kind,
                    let credential = try CredentialReader.http(request, scheme: name)
                else { return .missing }
                return .accepted(try await authenticate(credential, context))
            case .mutualTLS(let authenticate):
                guard let certificate = request.clientCertificate else { return .missing }
                return .accepted(try await authenticate(certificate, context))
            }
        } catch let refusal as AuthenticationError {
            if context.isLogging(.debug) {
                context.logger.debug(
                    "credential refused", ["scheme": .string(scheme.name), "reason": .string(refusal.reason.rawValue)])
            }
            return refusal.reason == .missing ? .missing : .refused
        }
    }
}
