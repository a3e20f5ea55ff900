public import LockstepJSON

/// A whole API, independent of the language that is generated from it: the value between reading and emitting.
///
/// Every `$ref` of the document is resolved: parameters, responses and the like are in place, schemas that were referred to
/// by name are `schemas`, and `SchemaKind.reference` names one of them, so recursion is no special case.
public struct APIDescription: Sendable {
    /// Title, version and the rest of `info`.
    public var info: APIInfo
    /// The `openapi` version that the document declares, such as `3.0.3`. The description itself is always in the 3.1 model.
    public var version: String
    /// Base addresses, in document order.
    public var servers: [Server]
    /// The tags, declared ones first in document order, then those that only operations name.
    public var tags: [Tag]
    /// Operations below `paths`, in document order.
    public var operations: [Operation]
    /// Operations below `webhooks`, in document order.
    public var webhooks: [Operation]
    /// Schemas with a name: `components/schemas` in document order, then what `$ref`s reach elsewhere. Names are unique.
    public var schemas: [NamedSchema]
    /// What `components/securitySchemes` declares, in document order.
    public var securitySchemes: [SecurityScheme]
    /// The requirement that holds where an operation has none of its own.
    public var security: SecurityRequirement
    /// The normalised sources, by URI, for the schema compiler: JSON Schema 2020-12 in every schema, `$ref`s absolute.
    ///
    /// `Schema.uri` is one of these keys with a JSON Pointer as its fragment.
    public var resources: [String: JSONValue]
    /// Where the patterns stand, by their place in `resources`: its key, `#` and the JSON Pointer as it is.
    public var patternOrigins: [String: Origin] = [:]
    /// Every file that was read, the entry document first.
    public var files: [String]
    /// `x-` members of the document's root.
    public var extensions: [String: JSONValue]

    private let schemaIndex: [String: Int]

    /// Makes a description.
    public init(
        info: APIInfo, version: String, servers: [Server] = [], tags: [Tag] = [], operations: [Operation] = [],
        webhooks: [Operation] = [], schemas: [NamedSchema] = [], securitySchemes: [SecurityScheme] = [],
        security: SecurityRequirement = .none, resources: [String: JSONValue] = [:], files: [String] = [],
        extensions: [String: JSONValue] = [:]
    ) {
        self.info = info
        self.version = version
        self.servers = servers
        self.tags = tags
        self.operations = operations
        self.webhooks = webhooks
        self.schemas = schemas
        self.securitySchemes = securitySchemes
        self.security = security
        self.resources = resources
        self.files = files
        self.extensions = extensions
        schemaIndex = Dictionary(
            schemas.indices.map { (schemas[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The schema that `SchemaKind.reference` names.
    public func schema(named name: String) -> NamedSchema? { schemaIndex[name].map { schemas[$0] } }

    /// The schema itself where it is written in place, the named one (through further references) where it refers to one.
    ///
    /// A chain of references that ends nowhere was refused when the document was read; it gives the last reference.
    public func resolved(_ schema: Schema) -> Schema {
        var current = schema
        for _ in 0...schemas.count {
            guard case .reference(let name) = current.kind, let next = self.schema(named: name) else { return current }
            current = next.schema
        }
        return current
    }
}

/// Which way a body travels: `readOnly` and `writeOnly` depend on it.
public enum Direction: String, Sendable, CaseIterable {
    /// From client to server.
    case request
    /// From server to client.
    case response
}
