public import LockstepRuntime

/// Answers with the URLs that it would call.
public struct Handler: DefaultAPI {
    public init() {}

    public func subscribe(_ input: Subscribe.Input, _ context: RequestContext) async throws -> Subscribe.Output {
        let url: String
        do {
            url = try Subscribe.onDataURL(input)
            _ = try OutgoingPolicy.strict.url(url)
        } catch {
            throw Problem.badRequest("\(error)")
        }
        return .created(Subscription(id: url), location: "/streams/\(input.id)")
    }
}
