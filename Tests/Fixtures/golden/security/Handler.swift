public import LockstepRuntime

/// Says who is calling.
public struct Handler: UsersAPI, SystemAPI {
    public init() {}

    public func getMe(
        _ input: GetMe.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> GetMe.Output {
        .ok(principal.subject)
    }

    public func deleteUsers(
        _ input: DeleteUsers.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> DeleteUsers.Output {
        .noContent
    }

    public func greet(_ input: Greet.Input, _ principal: Principal?, _ context: RequestContext) async throws
        -> Greet.Output
    {
        .ok("Hello \(principal?.subject ?? "stranger")")
    }

    public func getReport(
        _ input: GetReport.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> GetReport.Output {
        .ok(principal.subject)
    }

    public func getStatus(
        _ input: GetStatus.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> GetStatus.Output {
        .noContent
    }

    public func getHealth(_ input: GetHealth.Input, _ context: RequestContext) async throws -> GetHealth.Output {
        .noContent
    }
}

/// Knows ada, who is an administrator by token, and nobody else.
public struct Gate: SecurityAPI {
    public init() {}

    public func token(_ credential: BearerCredential, _ context: RequestContext) async throws -> Principal {
        switch credential.token {
        case "ada": return Principal(subject: "ada", roles: ["ADMIN"])
        case "bob": return Principal(subject: "bob")
        default: throw AuthenticationError(.invalid)
        }
    }

    public func password(_ credential: BasicCredential, _ context: RequestContext) async throws -> Principal {
        guard credential.username == "ada", credential.password == "secret" else { throw AuthenticationError(.invalid) }
        return Principal(subject: "ada")
    }

    public func key(_ credential: APIKeyCredential, _ context: RequestContext) async throws -> Principal {
        Principal(subject: "key \(credential.key.count)")
    }

    public func digest(_ credential: HTTPCredential, _ context: RequestContext) async throws -> Principal {
        guard credential.credentials.contains("response=\"right\"") else { throw AuthenticationError(.invalid) }
        return Principal(subject: credential.scheme)
    }

    public func certificate(_ credential: ClientCertificate, _ context: RequestContext) async throws -> Principal {
        guard let service = credential.dnsNames.first else { throw AuthenticationError(.invalid) }
        return Principal(subject: service, roles: credential.subject.hasSuffix("OU=reports") ? ["REPORTS"] : [])
    }
}
