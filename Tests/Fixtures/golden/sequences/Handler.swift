public import LockstepRuntime

/// Counts what it is sent, and sends what it is asked for.
public struct Handler: LinesAPI, EventsAPI {
    public init() {}

    public var endpoints: [Endpoint] { (self as any LinesAPI).endpoints + (self as any EventsAPI).endpoints }

    public func addReadings(_ input: AddReadings.Input, _ context: RequestContext) async throws -> AddReadings.Output {
        var count = 0
        for try await reading in input.body {
            if reading.sensor == "last" { break }
            count += 1
        }
        return .ok(count)
    }

    /// The value of the third is one that JSON does not have: too much was promised.
    public func listReadings(
        _ input: ListReadings.Input, _ context: RequestContext
    ) async throws -> ListReadings.Output {
        .ok(
            ItemSequence(
                (0..<input.count).map { Reading(sensor: $0 == 3 ? "" : "s\($0)", value: $0 == 2 ? .nan : 0.5) }))
    }

    public func watchChanges(_ input: WatchChanges.Input, _ context: RequestContext) async throws -> WatchChanges.Output
    {
        let moved = Reading(sensor: "a", value: 1)
        return .ok(ItemSequence([.renamed(.init(id: "1", data: "old\nnew")), .moved(.init(data: moved))]))
    }

    public func sendChanges(_ input: SendChanges.Input, _ context: RequestContext) async throws -> SendChanges.Output {
        .ok(input.body)
    }
}
