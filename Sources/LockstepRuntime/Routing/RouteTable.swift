import LockstepJSON
public import LockstepSchema

/// The operations of a document, as generated code embeds them: JSON text, one line an operation.
///
/// ```
/// {"format":1,
///  "schemes":{"bearerAuth":{"type":"http","scheme":"bearer"},"key":{"type":"apiKey","in":"header","name":"X-Key"}},
///  "operations":[
///  {"id":"createPayment","method":"POST","path":"/api/payments","tags":["Payments"],
///   "parameters":[{"name":"limit","in":"query","style":"form","explode":true,"required":true,"type":"number"}],
///   "parametersEntry":"createPayment.parameters","strictQuery":false,
///   "body":{"required":true,"streaming":false,"limit":65536,"content":[{"type":"application/json","entry":"…"}]},
///   "responses":[{"status":"201","content":[{"type":"application/json","entry":"…"}],
///                 "headers":[{"name":"Location","required":true,"type":"string"}],"headersEntry":"…"}],
///   "security":[[{"scheme":"bearerAuth","needs":["ADMIN"]}],[]],
///   "extensions":{"x-ratelimit":{"limit":5}}}
/// ]}
/// ```
///
/// - `bases`, beside `schemes` or in an operation, are the paths of the servers: `["/v1",""]`; absent is the root.
/// - `givesWay` says that an operation before it in the document has the same method and path.
/// - Absent keys have OpenAPI's defaults: `style` and `explode` by location, `required` false, lists empty.
/// - `type` is a ``ParameterType``: `"string"`, `"number"`, `"boolean"`, `"null"`, `"json"`, `"file"`; a list of those,
///   tried in order; `{"array":type}`; `{"object":{"name":type,…},"additional":type}`.
/// - `…Entry` names an entry of the validator program. The entry of parameters checks one object whose properties, in
///   the order of `parameters`, are `in.name` (`query.limit`, `path.id`, `header.If-Match` with the document's
///   spelling); that of headers one whose properties are `header.Name`.
/// - `strictQuery`, or the extension `x-strict-query`, refuses query parameters that the operation does not name.
/// - A field of a multipart form may have `contentTypes`, the media types of its parts, and `headers` with `headersEntry`,
///   as responses have them.
/// - `content` that is a sequence has `items`: `{"entry":"…"}` names what checks each of them, and for event streams
///   `data` says whether an event's data is `"text"`, `"json"` (as it is where the key is absent) or `"either"`.
/// - `status` is a code, `4XX` or `default`. `content` of forms has `fields` like `parameters`, with the validator's
///   properties named as the fields are.
public struct RouteTable: Sendable {
    private let byID: [String: Route]

    /// The routes in document order.
    public let routes: [Route]

    /// The security schemes by name.
    public let schemes: [String: SecurityScheme]

    /// Reads an embedded table. The table is the generator's, so a fault in it is a fault of the build: it stops the
    /// process with its reason.
    public init(embedded text: StaticString, validators: ValidatorProgram) {
        let bytes = text.withUTF8Buffer { Array($0) }
        do {
            try self.init(parsing: bytes, validators: validators)
        } catch {
            preconditionFailure("the embedded route table is damaged: \(error); build again from the document")
        }
    }

    /// Reads a table made at run time, for tools and tests.
    public init(parsing text: [UInt8], validators: ValidatorProgram) throws(RouteTableError) {
        let reader = RouteTableReader(validators: validators)
        let (schemes, routes) = try reader.read(text)
        self.schemes = schemes
        self.routes = routes
        byID = Dictionary(routes.map { ($0.operationID, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The route of an operation. Generated code asks only for operations of its own document.
    public subscript(operationID: String) -> Route {
        guard let route = byID[operationID] else {
            preconditionFailure("no operation '\(operationID)' in the route table; build again from the document")
        }
        return route
    }

    /// The route of an operation, if there is one.
    public func route(_ operationID: String) -> Route? { byID[operationID] }
}

/// What is wrong with a route table.
public struct RouteTableError: Error, Sendable, CustomStringConvertible {
    /// The operation, or an empty string outside operations.
    public let operation: String
    /// What is wrong.
    public let message: String

    /// Operation and message.
    public var description: String { operation.isEmpty ? message : "\(operation): \(message)" }
}
