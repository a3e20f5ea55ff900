public import LockstepRuntime

/// Gives each of the declared responses, by the id that is asked for.
public struct Handler: DefaultAPI {
    public init() {}

    public func getThing(_ input: GetThing.Input, _ context: RequestContext) async throws -> GetThing.Output {
        switch input.id {
        case "json": .ok(GetThing.OKBody(id: "json"), etag: "\"1\"", xIds: [1, 2])
        case "csv": .okCSV("a,b", etag: "\"2\"")
        case "image": .okImage(.bytes([1, 2, 3]), contentType: "image/png", etag: "\"3\"")
        case "parts": .partialContent([1, 2])
        case "same": .notModified
        case "teapot": .clientError(ProblemBody(message: "short and stout"), status: 418)
        default: .default(ProblemBody(message: "no idea"), status: 500)
        }
    }

    public func stayQuiet(_ input: StayQuiet.Input, _ context: RequestContext) async throws -> StayQuiet.Output {
        .default(status: 202)
    }
}
