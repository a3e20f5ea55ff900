import LockstepJSON
import LockstepSchema

/// A multipart form while its parts arrive, and then: one JSON object for the validator, the files beside it, and the
/// headers of the parts whose headers the document describes.
///
/// A file is an empty string to the validator: its presence is checked there, its bytes are the handler's. Fields of
/// type `application/json` are parsed; other fields are text in the kind of value that the document names.
struct MultipartForm {
    /// A whole form.
    struct Result {
        let document: JSONDocument
        var issues: [ValidationIssue] = []
        var files: [FilePart] = []
        /// The headers of each part of a field, in order.
        var headers: [String: [ValidJSON]] = [:]
    }

    private struct Part {
        let head: MultipartPart
        var bytes: [UInt8] = []
    }

    private let content: ContentDefinition
    private var order: [String] = []
    private var parts: [String: [Part]] = [:]
    private var current: Part?

    init(_ content: ContentDefinition) {
        self.content = content
    }

    /// 1 … 70 characters (RFC 2046 §5.1.1).
    static func boundary(_ contentType: ContentType) throws(Problem) -> String {
        guard contentType.mediaType.isMultipart, let boundary = contentType["boundary"],
            (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
        else { throw .badRequest("The multipart content has no usable boundary") }
        return boundary
    }

    /// Reads a form as it arrives: what is held of it are its parts, once. `nil` where there is no content at all.
    static nonisolated(nonsending) func read(
        _ body: RequestBody, _ contentType: ContentType, _ content: ContentDefinition
    ) async throws -> Result? {
        var parser = MultipartParser(boundary: try boundary(contentType))
        var form = MultipartForm(content)
        var isEmpty = true
        do {
            switch body {
            case .empty: break
            case .bytes(let bytes):
                isEmpty = bytes.isEmpty
                for start in stride(from: 0, to: bytes.count, by: pieceSize) {
                    let piece = bytes[start..<min(start + pieceSize, bytes.count)]
                    for event in try parser.receive(piece) { form.take(event) }
                }
            case .stream(let source):
                while let piece = try await source.next() {
                    isEmpty = false
                    for event in try parser.receive(piece) { form.take(event) }
                }
            }
            if isEmpty { return nil }
            try parser.finish()
        } catch let error as MultipartError {
            throw error.problem
        }
        return form.finish()
    }

    private static let pieceSize = 65_536

    mutating func take(_ event: MultipartParser.Event) {
        switch event {
        case .part(let head): current = Part(head: head)
        case .content(let bytes):
            if current?.bytes.isEmpty == true { current?.bytes = bytes } else { current?.bytes += bytes }
        case .endOfPart:
            guard let part = current else { return }
            current = nil
            if parts[part.head.name] == nil { order.append(part.head.name) }
            parts[part.head.name, default: []].append(part)
        }
    }

    consuming func finish() -> Result {
        var members: [JSONMember] = []
        var issues: [ValidationIssue] = []
        var files: [FilePart] = []
        var headers: [String: [ValidJSON]] = [:]
        for name in order {
            let parts = parts[name] ?? []
            let type = content.fields.first { $0.name == name }?.type
            do throws(RawValueError) {
                members.append(JSONMember(key: name, value: try Self.value(parts, type)))
            } catch {
                issues.append(FormDecoder.issue(name, error))
            }
            for part in parts where Self.isFile(part.head, type) {
                files.append(
                    FilePart(
                        name: name, filename: part.head.filename, contentType: part.head.contentType,
                        bytes: part.bytes))
            }
            if let definition = content.parts[name] {
                let isList = type?.structure(valueCount: parts.count) == .array
                for (index, part) in parts.enumerated() {
                    let pointer = ValidationIssue.pointer(name) + (isList ? "/\(index)" : "")
                    headers[name, default: []].append(definition.check(part.head, at: pointer, &issues))
                }
            }
        }
        return Result(document: JSONDocument(.object(members)), issues: issues, files: files, headers: headers)
    }

    private static func value(_ parts: [Part], _ type: ParameterType?) throws(RawValueError) -> JSONValue {
        let isList = type.map { $0.structure(valueCount: parts.count) == .array } ?? (parts.count > 1)
        guard isList || parts.count == 1 else { throw .repeated }
        var values: [JSONValue] = []
        for part in parts { values.append(try scalar(part, type.map { $0.itemType })) }
        return isList ? .array(values) : values[0]
    }

    private static func scalar(_ part: Part, _ type: ParameterType?) throws(RawValueError) -> JSONValue {
        if isFile(part.head, type) { return .string("") }
        let isJSON = part.head.contentType?.isJSON ?? false
        return try ValueResolver.resolve(.text(part.bytes[...]), isJSON ? .json : type ?? .string, .plain)
    }

    /// Whether a part's content is the handler's alone.
    static func isFile(_ head: MultipartPart, _ type: ParameterType?) -> Bool {
        switch type?.itemType {
        case .file: true
        case nil: head.filename != nil
        default: false
        }
    }
}
