public import LockstepSchema

/// A request that has passed every check of its operation. What generated code reads inputs from; nothing in it fails.
public final class ValidRequest: Sendable {
    /// The request as received, except that a body that was read is no longer a stream.
    public let request: Request
    /// The request's context.
    public let context: RequestContext
    /// The operation.
    public let route: Route
    /// The parameters.
    public let parameters: ValidParameters
    /// Who is calling, if a credential was presented where it is optional.
    public let optionalPrincipal: Principal?
    let content: ValidContent

    init(
        request: Request, context: RequestContext, route: Route, parameters: ValidParameters, principal: Principal?,
        content: ValidContent
    ) {
        self.request = request
        self.context = context
        self.route = route
        self.parameters = parameters
        self.optionalPrincipal = principal
        self.content = content
    }

    /// The i-th parameter in document order; one that was not sent is not present.
    public subscript(_ index: Int) -> ValidJSON { parameters[index] }

    /// Who is calling. Only operations whose security is not optional ask.
    public var principal: Principal {
        guard let optionalPrincipal else {
            preconditionFailure("operation \(route.operationID) has no required security")
        }
        return optionalPrincipal
    }
}

/// The parameters of a request that has passed the checks.
public struct ValidParameters: Sendable {
    let values: ValidJSON?

    /// The i-th parameter in document order.
    public subscript(_ index: Int) -> ValidJSON {
        guard let values else { preconditionFailure("the operation has no parameters") }
        return values[index]
    }
}

/// The content of a request that has passed the checks.
struct ValidContent: Sendable {
    enum Value: Sendable {
        case none
        case json(ValidJSON)
        case text(String)
        case raw(RequestBody)
        case items(ItemReader)
    }

    var value: Value = .none
    var mediaType = 0
    var files: [FilePart] = []
    /// The files of a form that is read as it arrives.
    var arrivingFiles: FileSequence?
    /// The header fields of the parts of a form, where the document describes them.
    var partHeaders: [String: [ValidJSON]] = [:]
}

extension ValidRequest {
    /// Whether there is content.
    public var hasBody: Bool {
        if case .none = content.value { false } else { true }
    }

    /// The JSON, form or multipart content.
    public var body: ValidJSON {
        guard case .json(let json) = content.value else {
            preconditionFailure("operation \(route.operationID) has no JSON or form content")
        }
        return json
    }

    /// The JSON, form or multipart content, if there is content.
    public var optionalBody: ValidJSON? {
        if case .json(let json) = content.value { json } else { nil }
    }

    /// The text content, in UTF-8.
    public var bodyText: String {
        if case .text(let text) = content.value { text } else { "" }
    }

    /// Binary content, or any content of a streaming operation: whole if it was small, else still arriving.
    public var bodyStream: RequestBody {
        if case .raw(let body) = content.value { body } else { .empty }
    }

    /// The items of content that is a sequence of them, each decoded and checked when it is asked for.
    public func items<Element: JSONCoded>(of type: Element.Type = Element.self) -> ItemSequence<Element> {
        if case .items(let reader) = content.value { ItemSequence(reader) } else { ItemSequence(EmptyCollection()) }
    }

    /// Which of the operation's request media types was sent, in document order.
    public var mediaType: Int { content.mediaType }

    /// The files of a multipart form that is read as it arrives.
    public var arrivingFiles: FileSequence { content.arrivingFiles ?? FileSequence([]) }

    /// The file of a multipart field. Required file fields are there.
    public func file(_ name: String) -> FilePart {
        optionalFile(name) ?? FilePart(name: name, filename: nil, contentType: nil, bytes: [])
    }

    /// The file of a multipart field, if it was sent.
    public func optionalFile(_ name: String) -> FilePart? {
        content.files.first { $0.name == name }
    }

    /// All files of a multipart field, in order.
    public func files(_ name: String) -> [FilePart] {
        content.files.filter { $0.name == name }
    }

    /// Which of these media types the client prefers, for operations that produce several.
    public func preferredMediaType(among offers: [MediaType]) -> Int {
        AcceptHeader(request.headers).preferred(among: offers) ?? 0
    }
}
