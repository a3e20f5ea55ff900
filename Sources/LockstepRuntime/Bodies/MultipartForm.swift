import LockstepJSON

/// A whole multipart form: one JSON object for the validator, and the files beside it.
///
/// A file is an empty string to the validator: its presence is checked there, its bytes are the handler's. Fields of
/// type `application/json` are parsed; other fields are text in the kind of value that the document names.
struct MultipartForm {
    private(set) var files: [FilePart] = []
    private(set) var issues: [ValidationIssue] = []
    let document: JSONDocument

    static func read(
        _ bytes: [UInt8], _ contentType: ContentType, _ fields: [ParameterDefinition]
    ) throws(Problem) -> MultipartForm {
        var parser = MultipartParser(boundary: try boundary(contentType))
        do {
            let events = try parser.receive(bytes)
            try parser.finish()
            return MultipartForm(events, fields)
        } catch {
            throw error.problem
        }
    }

    /// 1 … 70 characters (RFC 2046 §5.1.1).
    static func boundary(_ contentType: ContentType) throws(Problem) -> String {
        guard contentType.mediaType.isMultipart, let boundary = contentType["boundary"],
            (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
        else { throw .badRequest("The multipart content has no usable boundary") }
        return boundary
    }

    private init(_ events: [MultipartParser.Event], _ fields: [ParameterDefinition]) {
        var order: [String] = []
        var parts: [String: [(head: MultipartPart, bytes: [UInt8])]] = [:]
        var current: (head: MultipartPart, bytes: [UInt8])?
        for event in events {
            switch event {
            case .part(let head): current = (head, [])
            case .content(let bytes): current?.bytes.append(contentsOf: bytes)
            case .endOfPart:
                guard let part = current else { continue }
                if parts[part.head.name] == nil { order.append(part.head.name) }
                parts[part.head.name, default: []].append(part)
            }
        }
        var members: [JSONMember] = []
        for name in order {
            let type = fields.first { $0.name == name }?.type
            do throws(RawValueError) {
                members.append(JSONMember(key: name, value: try MultipartForm.value(parts[name] ?? [], type)))
            } catch {
                issues.append(FormDecoder.issue(name, error))
            }
            for part in parts[name] ?? [] where MultipartForm.isFile(part.head, type) {
                files.append(
                    FilePart(
                        name: name, filename: part.head.filename, contentType: part.head.contentType,
                        bytes: part.bytes))
            }
        }
        document = JSONDocument(.object(members))
    }

    private static func value(
        _ parts: [(head: MultipartPart, bytes: [UInt8])], _ type: ParameterType?
    ) throws(RawValueError) -> JSONValue {
        let isList = type.map { $0.structure(valueCount: parts.count) == .array } ?? (parts.count > 1)
        guard isList || parts.count == 1 else { throw .repeated }
        var values: [JSONValue] = []
        for part in parts { values.append(try scalar(part, type.map { $0.itemType })) }
        return isList ? .array(values) : values[0]
    }

    private static func scalar(
        _ part: (head: MultipartPart, bytes: [UInt8]), _ type: ParameterType?
    ) throws(RawValueError) -> JSONValue {
        if isFile(part.head, type) { return .string("") }
        let isJSON = part.head.contentType?.isJSON ?? false
        return try ValueResolver.resolve(.text(part.bytes[...]), isJSON ? .json : type ?? .string, .plain)
    }

    private static func isFile(_ head: MultipartPart, _ type: ParameterType?) -> Bool {
        switch type?.itemType {
        case .file: true
        case nil: head.filename != nil
        default: false
        }
    }
}
