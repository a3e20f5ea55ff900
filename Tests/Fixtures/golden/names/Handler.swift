public import LockstepRuntime

/// Uses names that the language or the runtime has a meaning for.
public struct Handler: DefaultAPI {
    public init() {}

    public func error(_ input: ErrorOperation.Input, _ context: RequestContext) async throws -> ErrorOperation.Output {
        .ok(UserName2(class: "a", selfValue: "b", json: "c", userId2: "d", userId: "e", type: "f", value1st: true))
    }
}

extension Handler: UnimplementedDefaultAPI {}
