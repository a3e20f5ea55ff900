public import LockstepRuntime

/// Says what it understood.
public struct Handler: DefaultAPI {
    public init() {}

    public func getItem(_ input: GetItem.Input, _ context: RequestContext) async throws -> GetItem.Output {
        var lines = ["id \(input.id)", "date \(input.date)", "limit \(input.limit)", "session \(input.session)"]
        if let id = input.queryId { lines.append("queryId \(id)") }
        if let sort = input.sort { lines.append("sort \(sort.map(\.rawValue))") }
        if let filter = input.filter { lines.append("filter \(filter.min ?? -1) \(filter.name ?? "")") }
        if let page = input.page { lines.append("page \(page.from) \(page.size ?? -1)") }
        if let tag = input.ifMatch { lines.append("ifMatch \(tag)") }
        if let flags = input.q { lines.append("q \(flags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })") }
        return .ok(lines.joined(separator: "\n"))
    }
}
