import LockstepJSON
import LockstepSchema

/// Reads and checks the content of one request.
///
/// 415 for content whose type the operation does not take (or that is compressed or not in UTF-8), 413 for too much,
/// 400 for content that is missing, malformed or does not match its schema.
struct BodyReader {
    let route: Route
    let definition: BodyDefinition
    let maximumSize: Int
    let jsonLimits: JSONLimits
    /// The most bytes of an item, where the content is a sequence of them.
    var maximumItemSize = 1 << 20

    /// The checked content. Content that is not there, where it need not be, is absent.
    nonisolated(nonsending) func read(_ request: Request) async throws -> ValidContent {
        let limit = definition.limit ?? maximumSize
        if let length = BodyReader.declaredLength(request), length > limit {
            throw Problem.contentTooLarge(limit: limit)
        }
        if definition.isStreaming { return try await stream(request, limit: limit) }
        // A type that is not taken is refused before the content is read; a stream may still turn out to be empty.
        let early = request.headers.contains("Content-Type") ? try selectContent(request) : nil
        if let early, let items = definition.contents[early].items {
            let reader = ItemReader(
                try limited(request.body, limit), items, maximumSize: maximumItemSize, jsonLimits: jsonLimits)
            return ValidContent(value: .items(reader), mediaType: early)
        }
        if let early, isForm(definition.contents[early]) {
            return try await multipart(request, early, limit)
        }
        let bytes: [UInt8]
        if case .bytes(let whole) = request.body, whole.count <= limit {
            bytes = whole
        } else {
            bytes = try await request.body.collect(limit: limit)
        }
        if bytes.isEmpty {
            guard let empty = try empty(early) else { return ValidContent() }
            return try valid([], request, empty)
        }
        return try valid(bytes, request, early ?? selectContent(request))
    }

    /// What is done with content goes by the media type of the document, as in generated code.
    private func valid(_ bytes: [UInt8], _ request: Request, _ index: Int) throws(Problem) -> ValidContent {
        let content = definition.contents[index]
        var valid = ValidContent(mediaType: index)
        let mediaType = content.mediaType
        if mediaType.isJSON, content.validator != nil {
            valid.value = .json(try json(bytes, content))
        } else if mediaType.isForm, content.validator != nil {
            valid.value = .json(try form(bytes, content))
        } else if mediaType.isText {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw BodyReader.invalid("encoding", "must be UTF-8")
            }
            if content.validator != nil { _ = try check(JSONDocument(.string(text)), content, issues: []) }
            valid.value = .text(text)
        } else {
            valid.value = .raw(.bytes(bytes))
        }
        return valid
    }

    private nonisolated(nonsending) func stream(_ request: Request, limit: Int) async throws -> ValidContent {
        if request.body.isEmpty {
            let named = request.headers.contains("Content-Type") ? try selectContent(request) : nil
            guard let empty = try empty(named) else { return ValidContent() }
            return ValidContent(value: .raw(.empty), mediaType: empty)
        }
        let index = try selectContent(request)
        if isForm(definition.contents[index]) { return try await arrivingForm(request, index, limit) }
        return ValidContent(value: .raw(try limited(request.body, limit)), mediaType: index)
    }

    /// What no bytes at all are content of: where content must be there and the client names its type, an empty text or
    /// file, or a form without fields. JSON and multipart forms have no empty content.
    private func empty(_ named: Int?) throws(Problem) -> Int? {
        guard definition.isRequired else { return nil }
        guard let named, !definition.contents[named].mediaType.isJSON,
            !definition.contents[named].mediaType.isMultipart
        else { throw missing() }
        return named
    }

    /// The content as it is, of which no more can be read than is allowed.
    private func limited(_ body: RequestBody, _ limit: Int) throws(Problem) -> RequestBody {
        switch body {
        case .empty: return body
        case .bytes(let bytes):
            guard bytes.count <= limit else { throw Problem.contentTooLarge(limit: limit) }
            return body
        case .stream(let source): return .stream(LimitedBodySource(source, limit: limit))
        }
    }

    private func isForm(_ content: ContentDefinition) -> Bool {
        content.mediaType.isMultipart && content.validator != nil
    }

    private nonisolated(nonsending) func multipart(
        _ request: Request, _ index: Int, _ limit: Int
    ) async throws -> ValidContent {
        let body = try limited(request.body, limit)
        return try valid(
            try await MultipartForm.read(body, contentType(of: request), definition.contents[index]), index)
    }

    /// A form whose fields are read now and whose files are read by the handler.
    private nonisolated(nonsending) func arrivingForm(
        _ request: Request, _ index: Int, _ limit: Int
    ) async throws -> ValidContent {
        let stream = try FormStream(
            try limited(request.body, limit), contentType(of: request), definition.contents[index],
            fieldLimit: min(limit, maximumSize))
        guard let form = try await stream.readFields() else { return try valid(nil, index) }
        var content = try valid(form, index)
        content.arrivingFiles = FileSequence(stream)
        return content
    }

    private func contentType(of request: Request) throws(Problem) -> ContentType {
        guard let type = request.headers.bytes(of: "Content-Type").flatMap(ContentType.init) else {
            throw unsupported()
        }
        return type
    }

    /// A form that has been taken apart; `nil` for one without parts.
    private func valid(_ form: MultipartForm.Result?, _ index: Int) throws(Problem) -> ValidContent {
        guard let form else {
            guard !definition.isRequired else { throw missing() }
            return ValidContent()
        }
        var valid = ValidContent(mediaType: index)
        valid.value = .json(try check(form.document, definition.contents[index], issues: form.issues))
        valid.files = form.files
        valid.partHeaders = form.headers
        return valid
    }

    private func json(_ bytes: [UInt8], _ content: ContentDefinition) throws(Problem) -> ValidJSON {
        let document: JSONDocument
        do {
            document = try JSONDocument.parse(bytes, limits: jsonLimits)
        } catch {
            // The description names the fault and the byte, never the text.
            throw BodyReader.invalid("json", error.description)
        }
        return try check(document, content, issues: [])
    }

    private func form(_ bytes: [UInt8], _ content: ContentDefinition) throws(Problem) -> ValidJSON {
        let items = QueryItems(bytes: bytes)
        guard !items.isTooLong else { throw Problem.badRequest("Too many form fields") }
        let form = FormDecoder.decode(items, content.fields)
        return try check(form.document, content, issues: form.issues)
    }

    private func check(
        _ document: JSONDocument, _ content: ContentDefinition, issues: [ValidationIssue]
    ) throws(Problem) -> ValidJSON {
        guard let validator = content.validator else { preconditionFailure("content is checked only with a validator") }
        switch validator.validate(document, maximumFailures: ValidationIssue.maximumCount) {
        case .valid(let json):
            if !issues.isEmpty { throw Problem.validation(issues) }
            return json
        case .invalid(let failures):
            throw Problem.validation(issues + failures.map(ValidationIssue.init(body:)))
        }
    }

    private func missing() -> Problem {
        BodyReader.invalid("required", "is required")
    }

    private static func invalid(_ keyword: String, _ message: String) -> Problem {
        .validation([ValidationIssue(in: "body", pointer: "", keyword: keyword, message: message)])
    }

    /// Which of the operation's media types was sent: an exact name first, then the narrowest range.
    private func selectContent(_ request: Request) throws(Problem) -> Int {
        let headers = request.headers
        guard !BodyReader.isCompressed(headers), headers.count(of: "Content-Type") == 1,
            let value = headers.bytes(of: "Content-Type"), !value.isEmpty
        else { throw unsupported() }
        let contents = definition.contents
        // Most clients send the name and nothing else: no need to take it apart.
        for index in contents.indices where contents[index].essence.elementsEqual(value) { return index }
        guard let contentType = ContentType(value) else { throw unsupported() }
        let mediaType = contentType.mediaType
        guard let index = contents.closest(to: mediaType) else { throw unsupported() }
        let type = contents[index].mediaType
        let isText = type.isJSON || type.isForm || type.isText || contents[index].items != nil
        guard contentType.isUTF8 || !isText else { throw unsupported() }
        return index
    }

    /// 415 says what would be taken (RFC 9110 §15.5.16).
    private func unsupported() -> Problem {
        let types = definition.contents.map(\.mediaType.description).joined(separator: ", ")
        var headers: HTTPFields = ["Accept": types]
        if route.method == .post { headers.append("Accept-Post", types) }
        if route.method == .patch { headers.append("Accept-Patch", types) }
        return Problem(415, .unsupportedMediaType, "The content type is not supported", headers: headers)
    }

    private static func isCompressed(_ headers: HTTPFields) -> Bool {
        guard headers.contains("Content-Encoding") else { return false }
        return headers.list("Content-Encoding").contains { $0.lowercased() != "identity" }
    }

    /// The length that the client announces; the connection holds it to that.
    private static func declaredLength(_ request: Request) -> Int? {
        guard let digits = request.headers.bytes(of: "Content-Length"), (1...18).contains(digits.count) else {
            return nil
        }
        var length = 0
        for digit in digits {
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            length = length * 10 + Int(digit - 0x30)
        }
        return length
    }
}
