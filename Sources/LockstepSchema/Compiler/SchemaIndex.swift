import LockstepJSON

/// Where a schema stands: a document and a pointer inside it.
struct SchemaLocation: Hashable {
    var document: String
    var pointer: String

    func child(_ tokens: String...) -> SchemaLocation {
        SchemaLocation(
            document: document, pointer: tokens.reduce(pointer) { JSONPointer.appending($1, to: $0) })
    }
}

/// Finds schemas by URI, anchor and pointer. It knows the identifiers of every schema that it has walked.
final class SchemaIndex {
    /// A schema resource: a document, or a subschema with its own `$id`.
    struct Resource {
        var location: SchemaLocation
        var anchors: [String: SchemaLocation] = [:]
        var dynamicAnchors: [String: SchemaLocation] = [:]
        /// Whether the validation vocabulary holds, as the meta-schema of `$schema` says.
        var assertsValidation = true
        /// Whether that meta-schema asks for formats to be checked.
        var assertsFormats = false
    }

    /// What holds for a schema and those inside it.
    private struct Scope {
        /// The base URI.
        var base: String
        /// Whether the dialect is another than OpenAPI's.
        var isPlain = false
    }

    private(set) var documents: [String: JSONValue]
    private(set) var resources: [String: Resource] = [:]
    /// Whether any schema may be found by the way that led to a reference.
    private(set) var hasDynamicAnchors = false
    /// What each schema that has been walked inherits.
    private var scopes: [SchemaLocation: Scope] = [:]
    /// Values that have been looked up: a pointer costs a walk through its document.
    private var values: [SchemaLocation: JSONValue] = [:]
    /// The schemas that stand for several.
    private var combinations: [String: SchemaLocation] = [:]
    /// Where references lead, by the base URI: documents repeat them.
    private var targets: [String: [String: SchemaLocation]] = [:]

    init(_ documents: [String: JSONValue]) {
        self.documents = documents
        for uri in documents.keys.sorted() { addDocument(uri) }
    }

    private func addDocument(_ uri: String) {
        guard let document = documents[uri] else { return }
        let root = SchemaLocation(document: uri, pointer: "")
        let base = URIReference(uri).withoutFragment
        resources[base] = Resource(location: root)
        if document["openapi"] != nil {
            let isPlain = document["jsonSchemaDialect"]?.string.map(SchemaCompiler.isPlainDialect) ?? false
            let scope = Scope(base: base, isPlain: isPlain)
            scopes[root] = scope
            for member in document["components"]?["schemas"]?.object ?? [] {
                walk(member.value, root.child("components", "schemas", member.key), scope)
            }
        } else {
            walk(document, root, Scope(base: base))
            // A document that names itself stays known under the address that it was given by.
            if let own = scopes[root]?.base, own != base { resources[base] = resources[own] }
        }
    }

    // MARK: Lookup

    func value(_ location: SchemaLocation) -> JSONValue? {
        if let known = values[location] { return known }
        let value = documents[location.document].flatMap { JSONPointer.value(at: location.pointer, in: $0) }
        if let value { values[location] = value }
        return value
    }

    /// The schema of an address; of several with spaces between them, one that says that all hold.
    func resolve(all addresses: String) -> SchemaLocation? {
        let parts = addresses.split(separator: " ").map(String.init)
        guard parts.count > 1 else { return resolve(addresses, from: "") }
        guard parts.allSatisfy({ resolve($0, from: "") != nil }) else { return nil }
        if let known = combinations[addresses] { return known }
        let uri = "lockstep:///~all/\(combinations.count)"
        documents[uri] = ["allOf": .array(parts.map { ["$ref": .string($0)] })]
        addDocument(uri)
        let location = SchemaLocation(document: uri, pointer: "")
        combinations[addresses] = location
        return location
    }

    /// The base URI of a schema; walks it first when it stands where no schema was expected.
    func base(of location: SchemaLocation) -> String { scope(of: location).base }

    /// Whether a dialect other than OpenAPI's holds for a schema.
    func isPlain(_ location: SchemaLocation) -> Bool { scope(of: location).isPlain }

    private func scope(of location: SchemaLocation) -> Scope {
        if let known = scopes[location] { return known }
        var pointer = location.pointer[...]
        var scope = Scope(base: URIReference(location.document).withoutFragment)
        while let slash = pointer.lastIndex(of: "/") {
            pointer = pointer[..<slash]
            if let known = scopes[SchemaLocation(document: location.document, pointer: String(pointer))] {
                scope = known
                break
            }
        }
        if let value = value(location) { walk(value, location, scope) }
        return scopes[location] ?? scope
    }

    func resource(_ base: String) -> Resource? { resources[base] }

    /// Where a reference leads, seen from a base URI; nil when it leads nowhere.
    func resolve(_ reference: String, from base: String) -> SchemaLocation? {
        if let known = targets[base]?[reference] { return known }
        guard let target = find(reference, from: base) else { return nil }
        targets[base, default: [:]][reference] = target
        return target
    }

    private func find(_ reference: String, from base: String) -> SchemaLocation? {
        let parts = URIReference(reference)
        var uri = parts.withoutFragment
        if uri.isEmpty {
            uri = base
        } else if documents[uri] == nil {
            uri = parts.resolved(against: URIReference(base)).withoutFragment
        }
        if resources[uri] == nil { loadMetaSchema(uri) }
        guard let resource = resources[uri] else { return nil }
        let fragment = parts.decodedFragment
        if fragment.isEmpty { return resource.location }
        if fragment.hasPrefix("/") {
            let location = SchemaLocation(
                document: resource.location.document, pointer: resource.location.pointer + canonical(fragment))
            return value(location) == nil ? nil : location
        }
        return resource.anchors[fragment] ?? resource.dynamicAnchors[fragment]
    }

    private func canonical(_ pointer: String) -> String {
        pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false).reduce("") {
            JSONPointer.appending(JSONPointer.unescaped($1), to: $0)
        }
    }

    private func loadMetaSchema(_ uri: String) {
        guard let value = MetaSchemas.value(uri) else { return }
        documents[uri] = value
        addDocument(uri)
    }

    // MARK: Walk

    /// Keywords whose value is a schema, an array of schemas, or an object of schemas.
    static let schemaKeywords: Set<String> = [
        "additionalProperties", "items", "contains", "unevaluatedItems", "unevaluatedProperties", "propertyNames",
        "not",
        "if", "then", "else", "contentSchema",
    ]
    static let arrayKeywords: Set<String> = ["allOf", "anyOf", "oneOf", "prefixItems"]
    static let objectKeywords: Set<String> = [
        "$defs", "definitions", "dependencies", "properties", "patternProperties", "dependentSchemas",
    ]

    private func walk(_ schema: JSONValue, _ location: SchemaLocation, _ outer: Scope) {
        guard scopes[location] == nil else { return }
        values[location] = schema
        guard case .object(let members) = schema else {
            scopes[location] = outer
            return
        }
        var scope = Scope(base: identify(schema, location, base: outer.base), isPlain: outer.isPlain)
        if let dialect = schema["$schema"]?.string { scope.isPlain = SchemaCompiler.isPlainDialect(dialect) }
        scopes[location] = scope
        for member in members {
            if Self.schemaKeywords.contains(member.key) {
                walk(member.value, location.child(member.key), scope)
            } else if Self.arrayKeywords.contains(member.key) {
                let child = location.child(member.key)
                for (index, element) in (member.value.array ?? []).enumerated() {
                    walk(element, child.child(String(index)), scope)
                }
            } else if Self.objectKeywords.contains(member.key) {
                let child = location.child(member.key)
                for entry in member.value.object ?? [] { walk(entry.value, child.child(entry.key), scope) }
            }
        }
    }

    /// Notes `$id` and anchors; the base URI inside the schema.
    private func identify(_ schema: JSONValue, _ location: SchemaLocation, base: String) -> String {
        var base = base
        if let id = schema["$id"]?.string {
            base = URIReference(id).resolved(against: URIReference(base)).withoutFragment
            if resources[base] == nil || location.pointer.isEmpty { resources[base] = Resource(location: location) }
        }
        if resources[base]?.location == location, let dialect = schema["$schema"]?.string {
            let vocabulary = documents[dialect]?["$vocabulary"]?.object
            resources[base]?.assertsValidation = vocabulary?.contains { $0.key.hasSuffix("/vocab/validation") } ?? true
            resources[base]?.assertsFormats =
                vocabulary?.contains { $0.key.hasSuffix("/vocab/format-assertion") } ?? false
        }
        if let anchor = schema["$anchor"]?.string { resources[base]?.anchors[anchor] = location }
        if let anchor = schema["$dynamicAnchor"]?.string {
            resources[base]?.dynamicAnchors[anchor] = location
            hasDynamicAnchors = true
        }
        return base
    }
}
