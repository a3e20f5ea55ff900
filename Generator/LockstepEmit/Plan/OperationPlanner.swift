import LockstepDocument
import LockstepSchema

/// Plans the operations: their names, inputs, outputs, and what the validator checks of them.
struct OperationPlanner {
    let types: TypePlanner
    let shapes: ShapeBuilder
    /// Validator entries of bodies and headers that are no named schema.
    private(set) var entries: [EntryPlan] = []
    /// Objects that stand for the parameters of an operation, as schemas.
    private(set) var parameterSchemas: [ParameterSchema] = []

    init(types: TypePlanner, shapes: ShapeBuilder) {
        self.types = types
        self.shapes = shapes
    }

    /// Plans one operation. `typeName` has been taken in the module.
    mutating func plan(_ operation: Operation, typeName: String, functionName: String) -> OperationPlan {
        let scope = TypeScope(path: typeName, module: types.module, taken: ["Input", "Output"])
        var names = NameScope()
        let parameters = planParameters(operation, names: &names, in: scope)
        let body = planBody(operation, names: &names, in: scope)
        let outcomes = planOutcomes(operation, in: scope)
        return OperationPlan(
            operation: operation, typeName: typeName, functionName: functionName, parameters: parameters, body: body,
            outcomes: outcomes, nested: scope.declarations, principal: principal(operation.security))
    }

    private func principal(_ security: SecurityRequirement) -> OperationPlan.PrincipalUse {
        if security.isNone { return .none }
        return security.isOptional ? .optional : .required
    }

    mutating func add(_ entry: EntryPlan) {
        entries.append(entry)
    }

    /// An entry for an object that the document does not hold.
    mutating func add(_ schema: ParameterSchema, _ entry: EntryPlan) {
        parameterSchemas.append(schema)
        entries.append(entry)
    }

    // MARK: Parameters

    private mutating func planParameters(
        _ operation: Operation, names: inout NameScope, in scope: TypeScope
    ) -> [Field] {
        var fields: [Field] = []
        for (slot, parameter) in operation.parameters.enumerated() {
            let plain = SwiftName.member(parameter.name)
            let location = parameter.location.rawValue
            let name = names.claim(
                plain == "body" ? "bodyParameter" : plain,
                alternatives: [SwiftName.member("\(location)-\(parameter.name)")])
            let schema = parameter.schema
            let type = types.type(of: schema, named: parameter.name, in: scope, view: operation.inputView)
            var presence = types.presence(of: schema, type: type, isRequired: parameter.isRequired, in: scope)
            // A parameter has no null that differs from leaving it out.
            if presence == .distinguished { presence = .optional }
            fields.append(
                Field(
                    name: name, key: parameter.name, type: type, presence: presence,
                    documentation: documentation(of: parameter), isDeprecated: parameter.isDeprecated, slot: slot,
                    pendingDefault: types.pendingDefault(of: schema, presence)))
        }
        if !operation.parameters.isEmpty { addParameterEntry(operation) }
        return fields
    }

    private func documentation(of parameter: Parameter) -> String {
        let place = "\(parameter.location.rawValue.capitalizedFirst) parameter `\(parameter.name)`"
        let source = parameter.location == .header ? "Header `\(parameter.name)`" : place
        let text = parameter.description ?? DocumentationText.of(parameter.schema)
        return text.map { "\(source): \($0)" } ?? source + "."
    }

    private mutating func addParameterEntry(_ operation: Operation) {
        let uri = "lockstep:///~parameters/\(entries.count)"
        var properties: [ParameterSchema.Property] = []
        var slots: [ShapeProperty] = []
        for parameter in operation.parameters {
            let key = "\(parameter.location.rawValue).\(parameter.name)"
            properties.append(.init(name: key, schema: parameter.schema.uri, isRequired: parameter.isRequired))
            slots.append(
                ShapeProperty(
                    key, shapes.shape(of: parameter.schema, operation.inputView), isRequired: parameter.isRequired))
        }
        parameterSchemas.append(ParameterSchema(uri: uri, properties: properties))
        entries.append(
            EntryPlan(
                name: "\(operation.id).parameters", schema: uri + "#", shape: .object(slots),
                direction: operation.inputView.compiled, origin: operation.origin))
    }

    // MARK: Headers

    /// The entry that checks the headers of a response; `nil` where it has none.
    mutating func addHeaderEntry(_ operation: Operation, _ response: Response) {
        guard !response.headers.isEmpty else { return }
        let name = "\(operation.id).\(response.status).headers"
        let uri = "lockstep:///~headers/\(entries.count)"
        let properties = response.headers.map { header in
            ParameterSchema.Property(
                name: "header.\(header.name)", schema: header.schema.uri, isRequired: header.isRequired)
        }
        parameterSchemas.append(ParameterSchema(uri: uri, properties: properties))
        entries.append(
            EntryPlan(
                name: name, schema: uri + "#", shape: headerShape(operation, response),
                direction: operation.outputView.compiled, origin: response.origin))
    }
}

/// An entry point of the validator program.
struct EntryPlan: Sendable {
    var name: String
    /// `uri#/pointer` of the schema.
    var schema: String
    var shape: Shape
    var direction: SchemaCompiler.Direction
    var origin: Origin
}

/// A schema that the document does not hold: an object of parameters.
struct ParameterSchema: Sendable {
    var uri: String
    var properties: [Property]
    /// Whether others are refused.
    var isClosed = false

    /// One parameter.
    struct Property: Sendable {
        var name: String
        var schema: String
        var isRequired: Bool
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
