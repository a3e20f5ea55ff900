import LockstepSchema

/// A multipart form whose fields are read at once and whose files are read as they arrive.
///
/// The fields come before the first file. They are bounded, since they are held; of the files one piece is.
///
/// Unchecked: one consumer reads, as of every `BodySource`, first the fields and then the files.
final class FormStream: @unchecked Sendable {
    /// A file's content was asked for when its turn was over.
    struct FileIsOver: Error {}

    private let content: ContentDefinition
    private let body: RequestBody
    private let fieldLimit: Int
    private var parser: MultipartParser
    private var pending: ArraySlice<MultipartParser.Event> = []
    private var hasGivenBytes = false
    private var isAtEnd = false
    /// The part that has begun and is not over.
    private var current: MultipartPart?
    /// How many parts have begun.
    private var number = 0
    /// The first file, which ended the fields.
    private var first: MultipartPart?
    private var seen: Set<String> = []

    init(_ body: RequestBody, _ contentType: ContentType, _ content: ContentDefinition, fieldLimit: Int) throws(Problem)
    {
        self.body = body
        self.content = content
        self.fieldLimit = fieldLimit
        parser = MultipartParser(boundary: try MultipartForm.boundary(contentType))
    }

    /// The fields before the first file; `nil` where there is no content at all.
    func readFields() async throws -> MultipartForm.Result? {
        var form = MultipartForm(content)
        var size = 0
        // Of a file that the document does not know only its name is seen, by the validator.
        var isUnknownFile = false
        while let event = try await nextEvent() {
            switch event {
            case .part(let part):
                if isFile(part) {
                    first = part
                    return form.finish()
                }
                isUnknownFile = part.filename != nil && type(of: part.name) == nil
            case .content where isUnknownFile: continue
            case .content(let bytes):
                size += bytes.count
                guard size <= fieldLimit else {
                    throw Problem(413, .contentTooLarge, "The fields of the form are larger than \(fieldLimit) bytes")
                }
            case .endOfPart: break
            }
            form.take(event)
        }
        return hasGivenBytes ? form.finish() : nil
    }

    /// The next file; what is left of the one before is passed over.
    func nextFile() async throws -> ArrivingFile? {
        if let part = first {
            first = nil
            return try file(part)
        }
        while let event = try await nextEvent() {
            guard case .part(let part) = event else { continue }
            if isFile(part) {
                return try file(part)
            } else if type(of: part.name) != nil {
                throw wrong(part.name, "order", "must come before the files")
            }
        }
        for field in content.fields where field.isRequired && !seen.contains(field.name) {
            if case .file = field.type.itemType { throw wrong(field.name, "required", "is required") }
        }
        return nil
    }

    /// The next piece of a part, as long as it is its turn.
    func nextPiece(of part: Int) async throws -> [UInt8]? {
        guard part == number else { throw FileIsOver() }
        while current != nil, let event = try await nextEvent() {
            if case .content(let bytes) = event { return bytes }
        }
        return nil
    }

    // MARK: Parts

    private func file(_ part: MultipartPart) throws(Problem) -> ArrivingFile {
        let isFirst = seen.insert(part.name).inserted
        guard isFirst || type(of: part.name)?.structure(valueCount: 2) == .array else {
            throw wrong(part.name, RawValueError.repeated.keyword, RawValueError.repeated.message)
        }
        var issues: [ValidationIssue] = []
        _ = content.parts[part.name]?.check(part, at: ValidationIssue.pointer(part.name), &issues)
        guard issues.isEmpty else { throw Problem.validation(issues) }
        return ArrivingFile(
            name: part.name, filename: part.filename, contentType: part.contentType, headers: part.headers,
            content: .stream(FileContent(form: self, part: number)))
    }

    /// Whether a part is a file that the document knows.
    private func isFile(_ part: MultipartPart) -> Bool {
        type(of: part.name) != nil && MultipartForm.isFile(part, type(of: part.name))
    }

    private func type(of field: String) -> ParameterType? { content.fields.first { $0.name == field }?.type }

    private func wrong(_ field: String, _ keyword: String, _ message: String) -> Problem {
        .validation([
            ValidationIssue(in: "body", pointer: ValidationIssue.pointer(field), keyword: keyword, message: message)
        ])
    }

    // MARK: Events

    private func nextEvent() async throws -> MultipartParser.Event? {
        while pending.isEmpty {
            if isAtEnd { return nil }
            try await receive()
        }
        let event = pending.removeFirst()
        switch event {
        case .part(let part):
            current = part
            number += 1
        case .endOfPart: current = nil
        case .content: break
        }
        return event
    }

    private func receive() async throws {
        do {
            switch body {
            case .stream(let source):
                if let piece = try await source.next() {
                    hasGivenBytes = true
                    pending = try parser.receive(piece)[...]
                    return
                }
            case .bytes(let bytes) where !hasGivenBytes && !bytes.isEmpty:
                hasGivenBytes = true
                pending = try parser.receive(bytes)[...]
                return
            case .bytes, .empty: break
            }
            isAtEnd = true
            if hasGivenBytes { try parser.finish() }
        } catch {
            isAtEnd = true
            throw (error as? MultipartError)?.problem ?? error
        }
    }
}

/// The content of one file of a form.
private struct FileContent: BodySource {
    let form: FormStream
    let part: Int

    func next() async throws -> [UInt8]? { try await form.nextPiece(of: part) }
}
