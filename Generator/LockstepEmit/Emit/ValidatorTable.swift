import LockstepDocument
import LockstepJSON
import LockstepSchema

/// Compiles the schemas of a plan into the text of a validator program.
enum ValidatorTable {
    static func compile(_ plan: Plan) -> (text: String, diagnostics: [Diagnostic]) {
        var resources = plan.description.resources
        for schema in plan.parameterSchemas { resources[schema.uri] = schema.value }
        resources["lockstep:///~any"] = .bool(true)
        resources[ItemSchema.retryURI] = ["type": "integer", "minimum": 0]
        let compiler = SchemaCompiler(resources: resources, shapes: plan.shapes, followsDialects: true)
        let entries = plan.entries.map { entry in
            SchemaCompiler.Entry(
                name: entry.name, schema: entry.schema, shape: entry.shape, direction: entry.direction)
        }
        var text = ""
        var warnings: [SchemaDiagnostic] = []
        var faults: [SchemaDiagnostic] = []
        do {
            text = try compiler.compile(entries, warnings: &warnings).serialized()
        } catch {
            faults = error.diagnostics
        }
        guard !warnings.isEmpty || !faults.isEmpty else { return (text, []) }
        let origins = OriginIndex(plan.description)
        let found =
            warnings.map { diagnostic(.warning, $0, origins) } + faults.map { diagnostic(.error, $0, origins) }
        return (text, inOrder(found, of: plan.description.files))
    }

    /// By file and place: the compiler goes through schemas in an order of its own.
    private static func inOrder(_ diagnostics: [Diagnostic], of files: [String]) -> [Diagnostic] {
        let places = Dictionary(files.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        func key(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
            guard let origin = diagnostic.origin else { return (files.count, 0, 0) }
            return (places[origin.file] ?? files.count, origin.line, origin.column)
        }
        return diagnostics.enumerated().sorted { left, right in
            let (leftKey, rightKey) = (key(left.element), key(right.element))
            return leftKey == rightKey ? left.offset < right.offset : leftKey < rightKey
        }.map(\.element)
    }

    private static func diagnostic(
        _ severity: Diagnostic.Severity, _ finding: SchemaDiagnostic, _ origins: OriginIndex
    ) -> Diagnostic {
        guard let origin = origins.origin(uri: finding.uri, pointer: finding.pointer) else {
            return Diagnostic(severity, "\(finding.message) (\(finding.uri)#\(finding.pointer))", at: nil)
        }
        return Diagnostic(severity, finding.message, at: origin)
    }
}

extension ParameterSchema {
    /// The schema: an object that requires the parameters that are required.
    var value: JSONValue {
        let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
        let members = properties.map { property in
            JSONMember(
                key: property.name, value: .object([JSONMember(key: "$ref", value: .string(property.schema))]))
        }
        let closing = isClosed ? [JSONMember(key: "additionalProperties", value: false)] : []
        return .object(
            [
                JSONMember(key: "type", value: .string("object")),
                JSONMember(key: "properties", value: .object(members)),
                JSONMember(key: "required", value: .array(required)),
            ] + closing)
    }
}

/// Finds the place in the source of a schema's address.
struct OriginIndex {
    private var origins: [String: Origin] = [:]
    private let patterns: [String: Origin]

    init(_ description: APIDescription) {
        patterns = description.patternOrigins
        for schema in description.schemas { add(schema.schema) }
        for operation in description.operations + description.messages {
            for parameter in operation.parameters { add(parameter.schema) }
            for content in operation.requestBody?.contents ?? [] { add(content) }
            for response in operation.responses {
                for header in response.headers { add(header.schema) }
                for content in response.contents { add(content) }
            }
        }
    }

    /// The place of the address or of the nearest schema around it, with the pointer of the address itself.
    func origin(uri: String, pointer: String) -> Origin? {
        if let exact = patterns["\(uri)#\(pointer)"] { return exact }
        var rest = pointer[...]
        while true {
            if var origin = origins["\(uri)#\(rest)"] {
                origin.pointer += pointer.dropFirst(rest.count)
                return origin
            }
            guard let slash = rest.lastIndex(of: "/") else { return nil }
            rest = rest[..<slash]
        }
    }

    private mutating func add(_ content: MediaContent) {
        add(content.schema)
        add(content.itemSchema)
    }

    private mutating func add(_ schema: Schema?) {
        guard let schema, origins[schema.uri] == nil else { return }
        origins[schema.uri] = schema.origin
        switch schema.kind {
        case .any, .never, .null, .boolean, .integer, .number, .string, .enumeration, .reference: break
        case .array(let items): add(items)
        case .map(let values): add(values)
        case .tuple(let tuple):
            for element in tuple.prefix { add(element) }
            add(tuple.rest)
        case .object(let object):
            for property in object.properties { add(property.schema) }
            if case .schema(let values) = object.additional { add(values) }
        case .union(let union): for alternative in union.alternatives { add(alternative.schema) }
        }
    }
}
