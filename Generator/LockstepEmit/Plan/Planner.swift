import LockstepDocument
import LockstepSchema

/// The plan stage: from the language-neutral description to Swift names and places.
///
/// Names are taken in an order that keeps them stable: schemas first, then protocols, then operations, then what is
/// written in place. So adding an operation never renames a schema's type.
struct Planner {
    private let description: APIDescription
    private let module = ModuleNames()
    private var diagnostics: [Diagnostic] = []

    static func plan(_ description: APIDescription) -> Plan {
        var planner = Planner(description)
        return planner.run()
    }

    private init(_ description: APIDescription) {
        self.description = description
    }

    private mutating func run() -> Plan {
        let types = TypePlanner(description, module: module)
        let shapes = ShapeBuilder(description: description, planner: types)
        let apis = planAPIs()
        let typeNames = nameOperations()
        types.planNamedSchemas()
        var planner = OperationPlanner(types: types, shapes: shapes)
        var operations: [OperationPlan] = []
        for (index, operation) in description.operations.enumerated() {
            let functionName = SwiftName.member(operation.id)
            operations.append(planner.plan(operation, typeName: typeNames[index], functionName: functionName))
        }
        assign(&operations, to: apis)
        let namedShapes = shapes.namedShapes()
        var declarations = types.top.declarations
        let wrapped = AliasCycles.find(types.aliases)
        AliasCycles.wrap(wrapped, in: &declarations)
        let aliases = types.aliases.filter { !wrapped.contains($0.key) }
        Recursion.breakCycles(in: &declarations, aliases: aliases)
        reportUnsupported()
        return Plan(
            description: description, types: declarations, aliases: aliases, operations: operations, apis: apis,
            security: planSecurity(), shapes: namedShapes, entries: namedEntries(types, namedShapes) + planner.entries,
            parameterSchemas: planner.parameterSchemas, diagnostics: types.diagnostics + diagnostics)
    }

    // MARK: Protocols and operations

    private func planAPIs() -> [APIPlan] {
        var order: [String] = description.tags.map(\.name)
        var byTag: [String: [Int]] = [:]
        for (index, operation) in description.operations.enumerated() {
            let tag = operation.tags.first ?? "Default"
            if !order.contains(tag) { order.append(tag) }
            byTag[tag, default: []].append(index)
        }
        return order.compactMap { tag in
            guard let operations = byTag[tag] else { return nil }
            let base = SwiftName.unreservedType(tag)
            let name = module.claim(
                base.hasSuffix("API") ? base : base + "API", alternatives: [base + "TagAPI", base + "OperationsAPI"])
            let documentation = description.tags.first { $0.name == tag }?.description
            return APIPlan(name: name, documentation: documentation, operations: operations)
        }
    }

    private func nameOperations() -> [String] {
        description.operations.map { operation in
            let name = SwiftName.unreservedType(operation.id)
            let isReserved = ReservedWords.escapedType(name) != name
            let alternatives = [name + "Operation", name + "Call"]
            return module.claim(isReserved ? alternatives[0] : name, alternatives: alternatives)
        }
    }

    /// Tells operations their protocol. Two of one protocol may have ids that differ in their signs only.
    private func assign(_ operations: inout [OperationPlan], to apis: [APIPlan]) {
        for api in apis {
            var scope = NameScope(taken: ["endpoints"])
            for index in api.operations {
                let name = operations[index].functionName
                operations[index].apiName = api.name
                operations[index].functionName = scope.claim(name, alternatives: [name + "Operation"])
            }
        }
    }

    // MARK: Security

    private mutating func planSecurity() -> [SchemePlan] {
        var names = NameScope(taken: ["authenticators"])
        var plans: [SchemePlan] = []
        for scheme in description.securitySchemes {
            let credential: SchemePlan.Credential
            switch scheme.kind {
            case .bearer, .oauth2, .openIDConnect: credential = .bearer
            case .basic: credential = .basic
            case .apiKey(.header, _), .apiKey(.query, _), .apiKey(.cookie, _): credential = .apiKey
            case .apiKey, .http, .mutualTLS, .unknown:
                report(unsupported: scheme)
                continue
            }
            plans.append(
                SchemePlan(
                    scheme: scheme, functionName: names.claim(SwiftName.member(scheme.name)), credential: credential))
        }
        return plans
    }

    private mutating func report(unsupported scheme: SecurityScheme) {
        let isUsed = description.operations.contains { operation in
            operation.security.alternatives.contains { $0.contains { $0.scheme == scheme.name } }
        }
        diagnostics.append(
            Diagnostic(
                isUsed ? .error : .warning,
                "the security scheme '\(scheme.name)' is of a kind that the server does not check",
                at: scheme.origin, hint: "bearer, basic, apiKey, oauth2 and openIdConnect are checked"))
    }

    // MARK: What is not generated

    /// Names every construct that the document has and the output does not.
    private mutating func reportUnsupported() {
        for operation in description.operations {
            for parameter in operation.parameters where parameter.location == .querystring {
                diagnostics.append(
                    Diagnostic(
                        .error, "a parameter that is the whole query string is not supported", at: parameter.origin,
                        hint: "name the query's parameters one by one"))
            }
            for callback in operation.callbacks {
                diagnostics.append(
                    Diagnostic(
                        .note, "no code is generated for the callback '\(callback.name)'", at: callback.origin,
                        hint: "the types of its bodies are"))
            }
            for response in operation.responses {
                for content in response.contents where content.itemSchema != nil {
                    diagnostics.append(
                        Diagnostic(
                            .note, "a sequence of \(content.mediaType) is written by hand, as text or a stream",
                            at: content.origin))
                }
            }
        }
        for webhook in description.webhooks {
            diagnostics.append(
                Diagnostic(
                    .note, "no code is generated for the webhook '\(webhook.id)'", at: webhook.origin,
                    hint: "the types of its bodies are"))
        }
    }

    // MARK: Validators

    private func namedEntries(_ types: TypePlanner, _ shapes: [String: Shape]) -> [EntryPlan] {
        var entries: [EntryPlan] = []
        for schema in description.schemas {
            for view in types.reach.views(of: schema) {
                let path = types.path(ofNamed: schema.name, in: view)
                let direction: SchemaCompiler.Direction
                switch view {
                case .whole: direction = .any
                case .request: direction = .request
                case .response: direction = .response
                }
                entries.append(
                    EntryPlan(
                        name: path, schema: schema.schema.uri, shape: .named(path), direction: direction,
                        origin: schema.schema.origin))
            }
        }
        return entries
    }
}
