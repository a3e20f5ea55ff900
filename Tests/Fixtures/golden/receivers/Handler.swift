public import LockstepRuntime

/// Takes what another server sends.
public struct Handler: WebhooksAPI, SecurityAPI {
    public init() {}

    public func signature(_ credential: APIKeyCredential, _ context: RequestContext) async throws -> Principal {
        guard credential.key == "valid" else { throw AuthenticationError(.invalid) }
        return Principal(subject: "shop")
    }

    public func orderPaid(
        _ input: OrderPaid.Input, _ principal: Principal, _ context: RequestContext
    ) async throws -> OrderPaid.Output {
        input.xAttempt > 3 ? .gone : .ok(Receipt(by: "\(principal.subject) \(input.body.id) \(input.body.total)"))
    }
}
