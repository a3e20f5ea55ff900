public import LockstepRuntime

/// Says where what it made is found.
public struct Handler: DefaultAPI {
    public init() {}

    public func createUser(_ input: CreateUser.Input, _ context: RequestContext) async throws -> CreateUser.Output {
        let user = User(id: "a/b c", next: "2")
        return .created(user, location: try CreateUser.selfPath(response: user))
    }

    public func getUser(_ input: GetUser.Input, _ context: RequestContext) async throws -> GetUser.Output {
        .ok(User(id: input.id))
    }

    public func getOrders(_ input: GetOrders.Input, _ context: RequestContext) async throws -> GetOrders.Output {
        .ok(DecimalString(Decimal(12)))
    }
}
