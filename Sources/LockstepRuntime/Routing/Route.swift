public import LockstepJSON
import LockstepSchema

/// An operation of the document, with everything that is checked before and after its handler.
public final class Route: Sendable {
    /// The operation's id.
    public let operationID: String
    /// The method.
    public let method: HTTPMethod
    /// The path template: `/api/payments/{id}`. What metrics and logs are labelled with.
    public let template: String
    /// The paths of the servers that the document names for it, such as `/v1`; an empty one is the root.
    public let basePaths: [String]
    /// Whether another operation of the document, which stands before it, has the same method and path. It is served where
    /// that one is not.
    public let givesWay: Bool
    /// The operation's tags.
    public let tags: [String]
    /// The operation's extensions (`x-ratelimit`, …).
    public let extensions: [String: JSONValue]
    /// Its parameters, in document order: `request[i]` is the i-th.
    public let parameters: [ParameterDefinition]
    /// Whether query parameters that the document does not name are refused; they are ignored by default.
    public let refusesUnknownQuery: Bool
    /// The body it takes.
    public let body: BodyDefinition?
    /// The responses it may give.
    public let responses: [ResponseDefinition]
    /// Alternatives, each a list of schemes that must all be satisfied. None at all: no security. An empty alternative:
    /// security is optional.
    public let security: [[SecurityRequirement]]
    /// What checks the parameters, as one object.
    let parameterValidator: ValidatorEntry?
    /// The media types of successful responses, without repetition.
    let produces: [MediaType]

    init(
        operationID: String, method: HTTPMethod, template: String, basePaths: [String] = [""],
        givesWay: Bool = false, tags: [String],
        extensions: [String: JSONValue],
        parameters: [ParameterDefinition], parameterValidator: ValidatorEntry?, refusesUnknownQuery: Bool,
        body: BodyDefinition?, responses: [ResponseDefinition], security: [[SecurityRequirement]]
    ) {
        self.operationID = operationID
        self.method = method
        self.template = template
        self.basePaths = basePaths
        self.givesWay = givesWay
        self.tags = tags
        self.extensions = extensions
        self.parameters = parameters
        self.parameterValidator = parameterValidator
        self.refusesUnknownQuery = refusesUnknownQuery
        self.body = body
        self.responses = responses
        self.security = security
        produces = Route.produced(by: responses)
    }

    /// Whether the operation can be called without a credential.
    public var allowsAnonymous: Bool { security.isEmpty || security.contains { $0.isEmpty } }

    /// The declared response for a status: exact, then range, then default.
    public func response(for status: HTTPStatus) -> ResponseDefinition? {
        responses.first { $0.status == .code(status.code) }
            ?? responses.first { $0.status == .range(status.code / 100) }
            ?? responses.first { $0.status == .default }
    }

    private static func produced(by responses: [ResponseDefinition]) -> [MediaType] {
        var types: [MediaType] = []
        for response in responses {
            switch response.status {
            case .code(let code) where !(200...299).contains(code): continue
            case .range(let hundreds) where hundreds != 2: continue
            default: types += response.contents.map(\.mediaType).filter { !types.contains($0) }
            }
        }
        return types
    }
}

extension Route: CustomStringConvertible {
    /// `GET /api/payments/{id}`
    public var description: String { "\(method) \(template)" }
}
