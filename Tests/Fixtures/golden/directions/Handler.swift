public import LockstepRuntime

/// Creates users; the password stays here.
public struct Handler: DefaultAPI {
    private let id: UUID

    public init(id: UUID) {
        self.id = id
    }

    public func createUser(_ input: CreateUser.Input, _ context: RequestContext) async throws -> CreateUser.Output {
        .created(User(id: id, name: "\(input.body.name), \(input.body.password.count) characters"))
    }
}
