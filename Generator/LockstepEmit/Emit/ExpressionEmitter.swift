import LockstepJSON

/// Writes the functions that put URLs of callbacks and paths of links together.
struct ExpressionEmitter {
    let coding: Coding

    /// The functions of an operation; nothing where it has none.
    func emit(_ plan: OperationPlan) -> SourceText {
        guard !plan.expressions.isEmpty else { return "" }
        return """
            extension \(plan.typeName) {
                \(SourceText(blocks: plan.expressions.map(function)))
            }
            """
    }

    private func function(_ plan: ExpressionPlan) -> SourceText {
        let arguments =
            (plan.usesInput ? ["_ input: Input"] : [])
            + plan.arguments.map { "\(SwiftName.escapedLabel($0.label)): \($0.type)" }
        let signature = ArgumentList.make(
            "public static func \(SwiftName.escaped(plan.functionName))(", arguments, ") throws -> String {", indent: 4)
        return """
            \(DocumentationComment.make(plan.documentation, width: 106))
            \(signature)
                \(body(plan))
            }
            """
    }

    private func body(_ plan: ExpressionPlan) -> SourceText {
        switch plan.result {
        case .url(let pieces):
            return """
                var url: CallbackURLWriter = CallbackURLWriter()
                \(pieces.map { piece($0, "url") }.joined(separator: "\n"))
                return try url.finish()
                """
        case .path(let target, let values):
            if values.isEmpty { return "return try LinkWriter(\(target).route).finish()" }
            return """
                var link: LinkWriter = LinkWriter(\(target).route)
                \(values.map { parameter($0.index, $0.value) }.joined(separator: "\n"))
                return try link.finish()
                """
        }
    }

    private func piece(_ piece: ExpressionPlan.Piece, _ name: String) -> String {
        switch piece {
        case .text(let text): "\(name).text(\(SwiftLiteral.string(text)))"
        case .value(let source): "\(name).value(\(value(source)))"
        }
    }

    private func value(_ source: ExpressionPlan.Source) -> String {
        let value = source.field.map { coding.written($0, named: source.source) } ?? source.source
        return source.pointer.isEmpty ? value : "\(value), at: \(SwiftLiteral.string(source.pointer))"
    }

    private func parameter(_ index: Int, _ value: ExpressionPlan.Value) -> String {
        switch value {
        case .constant(let constant): return "link.parameter(\(index), \(literal(constant)))"
        case .expression(let source): return "link.parameter(\(index), \(self.value(source)))"
        case .template(let pieces):
            let name = "text\(index)"
            let lines = ["var \(name): ExpressionText = ExpressionText()"] + pieces.map { piece($0, name) }
            return (lines + ["link.parameter(\(index), \(name).result)"]).joined(separator: "\n")
        }
    }

    private func literal(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): SwiftLiteral.string(text)
        case .bool(let flag): flag ? "true" : "false"
        case .number(let text) where Int(text) != nil: text
        case .null, .number, .array, .object: "json: \(SwiftLiteral.string(value.text))"
        }
    }
}
