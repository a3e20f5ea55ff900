import LockstepDocument

/// Writes one operation: its input and output for people, and below that how the runtime makes and reads them.
struct OperationEmitter {
    let coding: Coding
    let declarations: DeclarationEmitter

    init(coding: Coding) {
        self.coding = coding
        declarations = DeclarationEmitter(coding: coding)
    }

    /// The operation with all its types.
    func emit(_ plan: OperationPlan) -> SourceText {
        let parts: [SourceText] = [
            namespace(plan), support(plan), inputReader(plan), outputWriter(plan),
            ExpressionEmitter(coding: coding).emit(plan),
        ]
        return SourceText(blocks: parts)
    }

    /// What the operation does, with its method, path and place in the document.
    static func documentation(_ plan: OperationPlan, width: Int = 110) -> SourceText {
        let operation = plan.operation
        let kind =
            switch operation.role {
            case .endpoint, .receiver: "`\(plan.signature)`"
            case .webhook(let name): "Webhook `\(name)`, `\(operation.method)`"
            case .callback(let name, _): "Callback `\(name)`, `\(operation.method)`"
            }
        return DocumentationComment.make(
            [
                operation.summary, operation.description, operation.isDeprecated ? "Deprecated." : nil,
                "\(kind) (\(operation.origin))",
            ], width: width)
    }

    private func namespace(_ plan: OperationPlan) -> SourceText {
        let route: SourceText = """
            /// What is checked before the handler is called.
            public static var route: Route { Contract.routes[\(SwiftLiteral.string(plan.operation.id))] }
            """
        let parts: [SourceText] = [
            route, input(plan), output(plan), bodyEnumeration(plan),
            SourceText(blocks: forms(plan).map { form($0) }),
            SourceText(blocks: plan.nested.map { declarations.emit($0, depth: 1) }),
        ]
        return """
            \(Self.documentation(plan))
            public enum \(plan.typeName) {
                \(SourceText(blocks: parts))
            }
            """
    }

    // MARK: Input

    func input(_ plan: OperationPlan) -> SourceText {
        var properties = plan.parameters.map { declarations.property($0, depth: 1) }
        if let body = plan.body {
            properties.append(
                """
                \(DocumentationComment.make([body.documentation]))
                \(body.wrapper)public var \(body.name): \(body.type)\(body.isRequired ? "" : "?")
                """)
        }
        let parts: [SourceText] = [SourceText(lines: properties), memberwise(plan)]
        return """
            public struct Input: Sendable {
                \(SourceText(blocks: parts))
            }
            """
    }

    private func memberwise(_ plan: OperationPlan) -> SourceText {
        var arguments = plan.parameters.map(declarations.argument)
        var assignments = plan.parameters.map {
            "self.\(SwiftName.afterDot($0.storage)) = \(SwiftName.escaped($0.name))"
        }
        if let body = plan.body {
            arguments.append("\(body.name): \(body.type)\(body.isRequired ? "" : "? = nil")")
            assignments.append("self.\(body.name) = \(body.name)")
        }
        if assignments.isEmpty { return "public init() {}" }
        return """
            \(ArgumentList.make("public init(", arguments, ") {", indent: 8))
                \(assignments.joined(separator: "\n"))
            }
            """
    }

    // MARK: Support for the runtime

    /// The dispatcher. It says that it stays where it is called, which is not the default in every package: the compiler
    /// (6.3.1) crashes when it has to convert the function to what `Endpoint` takes.
    private func support(_ plan: OperationPlan) -> SourceText {
        let arguments: String
        switch plan.principal {
        case .none: arguments = "input, request.context"
        case .optional: arguments = "input, request.optionalPrincipal, request.context"
        case .required: arguments = "input, request.principal, request.context"
        }
        let name = SwiftName.escaped(plan.functionName)
        let isDeprecated = plan.operation.isDeprecated
        return """
            extension \(plan.typeName)\(isDeprecated ? ": DeprecatedOperation" : "") {
                \(isDeprecated ? "@available(*, deprecated)" : "")
                nonisolated(nonsending)
                \(isDeprecated ? "public " : "")static func respond(_ api: any \(plan.apiName), _ request: ValidRequest) async throws -> Response {
                    let input: Input = Input(request)
                    let output: Output = try await api.\(name)(\(arguments))
                    return output.response(request)
                }
            }
            """
    }

    private func inputReader(_ plan: OperationPlan) -> SourceText {
        var lines = plan.parameters.map { field in
            let name = field.storage == "request" ? "self.request" : SwiftName.escaped(field.storage)
            return "\(name) = \(coding.read(field, from: "request[\(field.slot)]"))"
        }
        if let body = plan.body { lines.append(bodyReader(body)) }
        if lines.isEmpty {
            return """
                extension \(plan.typeName).Input {
                    init(_ request: ValidRequest) {}
                }
                """
        }
        return """
            extension \(plan.typeName).Input {
                init(_ request: ValidRequest) {
                    \(lines.joined(separator: "\n"))
                }
            }
            """
    }

    private func bodyReader(_ body: BodyPlan) -> String {
        if let enumeration = body.enumeration {
            return body.isRequired
                ? "\(body.name) = \(enumeration)(request)"
                : "\(body.name) = request.hasBody ? \(enumeration)(request) : nil"
        }
        guard let content = body.contents.first else { return "" }
        let value = read(content)
        return body.isRequired ? "\(body.name) = \(value)" : "\(body.name) = request.hasBody ? \(value) : nil"
    }

    /// The value of a body that is there.
    func read(_ content: BodyContent) -> String {
        switch content.decoding {
        case .value(.optional(let type)): "request.body.optional(\(coding.element(type).source).self)"
        case .value(.scalar(.decimalString)): "DecimalString(request.body)"
        case .value(let type): coding.read(type, from: "request.body")
        case .multipart(let form): "\(form.path)(request)"
        case .items(let items): "request.items(of: \(items.element).self)"
        case .text: "request.bodyText"
        case .raw: "request.bodyStream"
        case .bytes: "[]"  // of messages, which no handler reads
        }
    }
}
