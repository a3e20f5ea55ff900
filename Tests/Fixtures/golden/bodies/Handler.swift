public import LockstepRuntime

/// Takes bodies of every kind.
public struct Handler: DefaultAPI {
    public init() {}

    public func login(_ input: Login.Input, _ context: RequestContext) async throws -> Login.Output {
        guard input.body.user == "ada", input.body.age == 36 else { throw Problem.notFound }
        return .noContent
    }

    public func addNote(_ input: AddNote.Input, _ context: RequestContext) async throws -> AddNote.Output {
        switch input.body {
        case .json(let note): .ok("json \(note.text)")
        case .text(let text): .ok("text \(text)")
        case .binary(let body): .ok("binary \(try await body.collect(limit: 100).count)")
        case nil: .ok("nothing")
        }
    }

    public func setAvatar(_ input: SetAvatar.Input, _ context: RequestContext) async throws -> SetAvatar.Output {
        .ok(input.body.picture.bytes.count + (input.body.caption?.count ?? 0))
    }
}
