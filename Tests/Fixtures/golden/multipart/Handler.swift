public import LockstepRuntime

/// Says what came.
public struct Handler: DefaultAPI {
    public init() {}

    public func sendLetter(_ input: SendLetter.Input, _ context: RequestContext) async throws -> SendLetter.Output {
        let body = input.body
        var lines = ["\(body.photo.value.bytes.count) bytes, \(body.photo.xWidth) wide, \(body.photo.xTags ?? [])"]
        for note in body.notes { lines.append("\(note.contentLanguage?.rawValue ?? "?"): \(note.value.text)") }
        if let title = body.title { lines.append("\(title.value) in \(title.xSize)") }
        return .ok(lines.joined(separator: "\n"))
    }
}
