public import LockstepJSON

/// One method on one path, or one message that a webhook or callback sends.
public struct Operation: Sendable {
    /// `operationId`, or a name made from method and path where there is none. Unique among operations and webhooks.
    public var id: String
    /// Whether the document gives the `operationId`.
    public var hasExplicitID: Bool
    /// The method in upper case: `GET`, `POST`, …, or any token of OpenAPI 3.2's `additionalOperations`.
    public var method: String
    /// The path; for a webhook or callback without segments.
    public var path: PathTemplate
    /// What calls it.
    public var role: Role
    /// The tags, in order.
    public var tags: [String]
    /// One line.
    public var summary: String?
    /// CommonMark.
    public var description: String?
    /// Whether callers should move away from it.
    public var isDeprecated: Bool
    /// More documentation.
    public var externalDocumentation: ExternalDocumentation?
    /// Those of the path and of the operation, merged: path level first, the operation's own replacing them in place.
    public var parameters: [Parameter]
    /// What the request carries.
    public var requestBody: RequestBody?
    /// What may be answered, in document order.
    public var responses: [Response]
    /// Who may call it, the document's requirement included.
    public var security: SecurityRequirement
    /// Base addresses that replace the document's; empty where they hold.
    public var servers: [Server]
    /// Requests that the server sends back later.
    public var callbacks: [Callback]
    /// `x-` members.
    public var extensions: [String: JSONValue]
    /// Where it stands.
    public var origin: Origin

    /// Makes an operation.
    public init(
        id: String, hasExplicitID: Bool = true, method: String, path: PathTemplate, role: Role = .endpoint,
        tags: [String] = [], summary: String? = nil, description: String? = nil, isDeprecated: Bool = false,
        externalDocumentation: ExternalDocumentation? = nil, parameters: [Parameter] = [],
        requestBody: RequestBody? = nil, responses: [Response] = [], security: SecurityRequirement = .none,
        servers: [Server] = [], callbacks: [Callback] = [], extensions: [String: JSONValue] = [:], origin: Origin
    ) {
        self.id = id
        self.hasExplicitID = hasExplicitID
        self.method = method
        self.path = path
        self.role = role
        self.tags = tags
        self.summary = summary
        self.description = description
        self.isDeprecated = isDeprecated
        self.externalDocumentation = externalDocumentation
        self.parameters = parameters
        self.requestBody = requestBody
        self.responses = responses
        self.security = security
        self.servers = servers
        self.callbacks = callbacks
        self.extensions = extensions
        self.origin = origin
    }

    /// What calls an operation.
    public enum Role: Sendable, Hashable {
        /// A client, at a path of the API.
        case endpoint
        /// The API's provider, at an address that was agreed elsewhere.
        case webhook(name: String)
        /// The API's server, at the address that the runtime expression gives.
        case callback(name: String, expression: String)
        /// The API's provider, at a path of ours: a webhook that is received.
        case receiver(webhook: String)
    }
}

/// Requests that the server sends in answer to one: the `callback` object.
public struct Callback: Sendable {
    /// The key under `callbacks`.
    public var name: String
    /// The runtime expression that gives the address: `{$request.body#/callbackUrl}`.
    public var expression: String
    /// What is sent there.
    public var operations: [Operation]
    /// Where it stands.
    public var origin: Origin

    /// Makes a callback.
    public init(name: String, expression: String, operations: [Operation], origin: Origin) {
        self.name = name
        self.expression = expression
        self.operations = operations
        self.origin = origin
    }
}
