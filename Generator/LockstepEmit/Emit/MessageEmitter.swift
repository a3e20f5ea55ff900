import LockstepDocument

/// Writes one webhook or callback: what is sent and what may be answered for people, and below that how one is written and the other
/// read.
struct MessageEmitter {
    private let coding: Coding
    private let operations: OperationEmitter

    init(coding: Coding) {
        self.coding = coding
        operations = OperationEmitter(coding: coding)
    }

    /// The message with all its types.
    func emit(_ plan: OperationPlan) -> SourceText {
        let expressions = ExpressionEmitter(coding: coding).emit(plan)
        return SourceText(blocks: [namespace(plan), inputWriter(plan), outputReader(plan), expressions])
    }

    private func namespace(_ plan: OperationPlan) -> SourceText {
        let message: SourceText = """
            /// What the message is checked against before it is sent.
            public static var message: Route { Contract.messages[\(SwiftLiteral.string(plan.operation.id))] }
            """
        let others: SourceText = """
            /// Any other answer, and one that is not what the document says.
            case undocumented(UndocumentedResponse)
            """
        let parts: [SourceText] = [
            message, operations.input(plan), operations.output(plan, others: others), bodyEnumeration(plan),
            SourceText(blocks: plan.nested.map { operations.declarations.emit($0, depth: 1) }),
        ]
        return """
            \(OperationEmitter.documentation(plan))
            public enum \(plan.typeName) {
                \(SourceText(blocks: parts))
            }
            """
    }

    private func bodyEnumeration(_ plan: OperationPlan) -> SourceText {
        guard let body = plan.body, let name = body.enumerationName else { return "" }
        return """
            public enum \(name): Sendable {
                \(operations.bodyCases(body))
            }
            """
    }

    // MARK: Writing

    private func inputWriter(_ plan: OperationPlan) -> SourceText {
        var lines = plan.parameters.map { field in
            SourceText(
                "message.parameter(\(field.slot), \(coding.written(field, named: Self.property(field.storage))))")
        }
        if let body = plan.body { lines.append(writeBody(body)) }
        if lines.isEmpty {
            return """
                extension \(plan.typeName).Input {
                    func write(to message: inout MessageWriter) {}
                }
                """
        }
        return """
            extension \(plan.typeName).Input {
                func write(to message: inout MessageWriter) {
                    \(SourceText(lines: lines))
                }
            }
            """
    }

    private static func property(_ name: String) -> String {
        name == "message" ? "self.message" : SwiftName.escaped(name)
    }

    private func writeBody(_ body: BodyPlan) -> SourceText {
        let name = Self.property(body.name)
        var write: SourceText = ""
        if body.enumeration != nil {
            let branches = body.contents.enumerated().map { index, content in
                "case .\(SwiftName.afterDot(content.caseName))(let value): \(self.write(content, "value", index))"
            }
            write = """
                switch \(body.isRequired ? name : "body") {
                \(branches.joined(separator: "\n"))
                }
                """
        } else if let content = body.contents.first {
            write = SourceText(self.write(content, body.isRequired ? name : "body", 0))
        }
        guard !body.isRequired else { return write }
        return """
            if let body\(name == "body" ? "" : " = \(name)") {
                \(write)
            }
            """
    }

    private func write(_ content: BodyContent, _ value: String, _ index: Int) -> String {
        let place = index == 0 ? "" : ", as: \(index)"
        switch content.decoding {
        case .value(let type):
            // A typealias of a decimal string stands for `Decimal`, which would be written as a number.
            let isText = type != .scalar(.decimalString) && coding.plan.resolved(type) == .scalar(.decimalString)
            let function = MediaTypeKind(content.mediaType) == .form ? "form" : "json"
            return "message.\(function)(\(isText ? "DecimalString(\(value))" : value)\(place))"
        case .text: return "message.text(\(value)\(place))"
        case .bytes, .raw, .multipart, .items: return "message.bytes(\(value)\(place))"
        }
    }

    // MARK: Reading

    private func outputReader(_ plan: OperationPlan) -> SourceText {
        let branches = plan.outcomes.enumerated().map { index, outcome in "case \(index): self = \(read(outcome))" }
        if branches.isEmpty {
            return """
                extension \(plan.typeName).Output {
                    init(_ response: ReceivedResponse) {
                        self = .undocumented(response.undocumented)
                    }
                }
                """
        }
        return """
            extension \(plan.typeName).Output {
                init(_ response: ReceivedResponse) {
                    switch response.choice {
                    \(branches.joined(separator: "\n"))
                    default: self = .undocumented(response.undocumented)
                    }
                }
            }
            """
    }

    private func read(_ outcome: Outcome) -> String {
        var values: [String] = []
        if let content = outcome.content {
            values.append(read(content))
            if content.isRange { values.append("contentType: response.contentType") }
        }
        values += outcome.headers.map { "\(SwiftName.callLabel($0.label)): \(read($0))" }
        if !operations.isSingleStatus(outcome) { values.append("status: response.status") }
        let name = ".\(SwiftName.afterDot(outcome.name))"
        return values.isEmpty ? name : "\(name)(\(values.joined(separator: ", ")))"
    }

    private func read(_ content: OutcomeContent) -> String {
        switch content.encoding {
        case .value(.optional(let type)): "response.body.optional(\(coding.element(type).source).self)"
        case .value(let type): coding.readPayload(type, from: "response.body")
        case .text: "response.text"
        case .bytes, .raw, .items: "response.bytes"
        }
    }

    private func read(_ header: OutcomeHeader) -> String {
        let source = "response.headers[\(header.slot)]"
        guard header.header.isRequired else { return "\(source).optional(\(coding.element(header.type).source).self)" }
        return coding.readPayload(header.type, from: source)
    }
}
