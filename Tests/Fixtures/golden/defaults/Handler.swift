public import LockstepRuntime

/// Answers with what was sent, decoded and encoded again.
public struct Handler: DefaultAPI {
    public init() {}

    public func echo(_ input: Echo.Input, _ context: RequestContext) async throws -> Echo.Output {
        .ok(input.body, xSize: input.page.size * (input.page.number ?? 0))
    }
}
