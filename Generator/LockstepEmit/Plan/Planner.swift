import LockstepDocument
import LockstepSchema

/// The plan stage: from the language-neutral description to Swift names and places.
///
/// Names are taken in an order that keeps them stable: schemas first, then protocols, then operations, then what is
/// written in place. So adding an operation never renames a schema's type.
struct Planner {
    private let description: APIDescription
    private let module = ModuleNames()
    private let findings: [Diagnostic]

    static func plan(_ description: APIDescription) -> Plan {
        Planner(description).run()
    }

    private init(_ description: APIDescription) {
        var description = description
        findings = Unsupported.findings(in: description)
        for index in description.operations.indices {
            let security = description.operations[index].security
            description.operations[index].security = SecurityFindings.satisfiable(security, in: description)
            Self.giveAnswer(to: &description.operations[index])
        }
        self.description = description
    }

    /// An operation without responses says nothing of its answers, so any status is one.
    private static func giveAnswer(to operation: inout Operation) {
        guard operation.responses.isEmpty else { return }
        operation.responses = [Response(status: .default, description: "None is declared.", origin: operation.origin)]
    }

    private func run() -> Plan {
        let types = TypePlanner(description, module: module)
        let shapes = ShapeBuilder(description: description, planner: types)
        let apis = planAPIs()
        let typeNames = nameOperations()
        let messageNames = MessageNames(description, module: module)
        types.planNamedSchemas()
        var planner = OperationPlanner(types: types, shapes: shapes)
        var operations: [OperationPlan] = []
        for (index, operation) in description.operations.enumerated() {
            let functionName = SwiftName.member(operation.id)
            operations.append(planner.plan(operation, typeName: typeNames[index], functionName: functionName))
        }
        assign(&operations, to: apis)
        let messages = messageNames.messages.map {
            planner.plan($0.operation, typeName: $0.typeName, functionName: $0.functionName)
        }
        operations += messages
        let expressions = planExpressions(&operations)
        let namedShapes = shapes.namedShapes()
        var declarations = types.top.declarations
        let defaults = DefaultValues.resolve(&declarations, &operations, aliases: types.aliases)
        let wrapped = AliasCycles.find(types.aliases)
        AliasCycles.wrap(wrapped, in: &declarations)
        var aliases = types.aliases.filter { !wrapped.contains($0.key) }
        Recursion.breakCycles(in: &declarations, aliases: aliases)
        var shared = Sharing.share(&declarations, &operations, &aliases)
        Width.bound(&declarations, &shared, &operations, aliases)
        return Plan(
            description: description, types: declarations, shared: shared, aliases: aliases,
            operations: Array(operations.dropLast(messages.count)), messages: operations.suffix(messages.count),
            apis: apis, senders: messageNames.senders,
            security: planSecurity(), shapes: namedShapes, entries: namedEntries(types, namedShapes) + planner.entries,
            parameterSchemas: planner.parameterSchemas,
            diagnostics: types.diagnostics + defaults + findings + expressions)
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

    /// Adds what callbacks and links ask for; what they ask for in vain is the answer.
    private func planExpressions(_ operations: inout [OperationPlan]) -> [Diagnostic] {
        let served = operations.filter { !$0.operation.isMessage }
        let typeNames = Dictionary(
            served.map { ($0.operation.id, $0.typeName) }, uniquingKeysWith: { first, _ in first })
        var diagnostics: [Diagnostic] = []
        for index in operations.indices {
            let planner = ExpressionPlanner(description, operations[index], typeNames: typeNames)
            operations[index].expressions = planner.plans
            diagnostics += planner.diagnostics
        }
        return diagnostics
    }

    // MARK: Security

    private func planSecurity() -> [SchemePlan] {
        var names = NameScope(taken: ["authenticators"])
        return description.securitySchemes.compactMap { scheme in
            guard let credential = SchemePlan.Credential(scheme.kind) else { return nil }
            return SchemePlan(
                scheme: scheme, functionName: names.claim(SwiftName.member(scheme.name)), credential: credential)
        }
    }

    // MARK: Validators

    private func namedEntries(_ types: TypePlanner, _ shapes: [String: Shape]) -> [EntryPlan] {
        var entries: [EntryPlan] = []
        for schema in description.schemas {
            for view in types.reach.views(of: schema) {
                let path = types.path(ofNamed: schema.name, in: view)
                entries.append(
                    EntryPlan(
                        name: path, schema: schema.schema.uri, shape: .named(path), direction: view.compiled,
                        origin: schema.schema.origin))
            }
        }
        return entries
    }
}
