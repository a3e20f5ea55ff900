public import LockstepRuntime

/// Says what came.
public struct Handler: DefaultAPI, UploadsAPI {
    public init() {}

    public var endpoints: [Endpoint] { (self as any DefaultAPI).endpoints + (self as any UploadsAPI).endpoints }

    public func sendLetter(_ input: SendLetter.Input, _ context: RequestContext) async throws -> SendLetter.Output {
        let body = input.body
        var lines = ["\(body.photo.value.bytes.count) bytes, \(body.photo.xWidth) wide, \(body.photo.xTags ?? [])"]
        for note in body.notes { lines.append("\(note.contentLanguage?.rawValue ?? "?"): \(note.value.text)") }
        if let title = body.title { lines.append("\(title.value) in \(title.xSize)") }
        return .ok(lines.joined(separator: "\n"))
    }

    /// Reads covers to their end, and of pictures nothing.
    public func upload(_ input: Upload.Input, _ context: RequestContext) async throws -> Upload.Output {
        let album = input.body.album
        var lines = ["\(album.value) in \(album.contentLanguage ?? "?")"]
        for try await file in input.body.files {
            let size = file.name == "cover" ? "\(try await file.content.collect(limit: 50_000_000).count)" : "?"
            lines.append("\(file.name) \(file.filename ?? "-") \(file.contentType?.description ?? "-") \(size)")
        }
        return .ok(lines.joined(separator: "\n"))
    }
}
