import LockstepDocument

extension OperationEmitter {
    func output(_ plan: OperationPlan, others: SourceText = "") -> SourceText {
        """
        public enum Output: Sendable {
            \(SourceText(lines: plan.handled.map(outcomeCase) + [others]))
        }
        """
    }

    /// `case created(Payment, location: String)  // 201: what the document says`
    private func outcomeCase(_ outcome: Outcome) -> SourceText {
        var values: [String] = []
        if let content = outcome.content { values.append(contentType(content)) }
        if outcome.content?.isRange == true { values.append("contentType: String") }
        values += outcome.headers.map { header in
            let type = coding.element(header.type).source
            return "\(SwiftName.escapedLabel(header.label)): \(header.header.isRequired ? type : type + "? = nil")"
        }
        if !isSingleStatus(outcome) { values.append("status: HTTPStatus") }
        let name = SwiftName.escaped(outcome.name)
        let word = outcome.isIndirect ? "indirect case" : "case"
        let text = values.isEmpty ? "case \(name)" : "\(word) \(name)(\(values.joined(separator: ", ")))"
        let comment = DocumentationComment.make(["\(outcome.response.status): \(summary(outcome))"], width: 102)
        return """
            \(comment)
            \(text.count <= 108 ? SourceText(text) : ArgumentList.make("\(word) \(name)(", values, ")", indent: 100))
            """
    }

    private func summary(_ outcome: Outcome) -> String {
        let text = DocumentationComment.oneLine(outcome.response.description, limit: 160)
        let isPlain = outcome.content == nil || outcome.content?.mediaType == "application/json"
        let mediaType = isPlain ? "" : "`\(outcome.content?.mediaType ?? "")`"
        return [text, mediaType].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func contentType(_ content: OutcomeContent) -> String {
        switch content.encoding {
        case .value(let type): return coding.element(type).source
        case .items(var items):
            items.type = coding.element(items.type)
            return items.source
        case .text, .raw, .bytes: return content.source
        }
    }

    func isSingleStatus(_ outcome: Outcome) -> Bool {
        if case .code = outcome.response.status { true } else { false }
    }

    // MARK: Writing

    func outputWriter(_ plan: OperationPlan) -> SourceText {
        let branches = plan.handled.map(branch)
        return """
            extension \(plan.typeName).Output {
                func response(_ request: ValidRequest) -> Response {
                    switch self {
                    \(SourceText(lines: branches))
                    }
                }
            }
            """
    }

    private func branch(_ outcome: Outcome) -> SourceText {
        var bindings: [String] = []
        if outcome.content != nil { bindings.append("let body") }
        if outcome.content?.isRange == true { bindings.append("let contentType") }
        bindings += outcome.headers.map { "let \(SwiftName.escaped($0.label))" }
        var status = "status"
        if case .code(let code) = outcome.response.status {
            status = String(code)
        } else {
            bindings.append("let status")
        }
        let pattern =
            ".\(SwiftName.afterDot(outcome.name))" + (bindings.isEmpty ? "" : "(\(bindings.joined(separator: ", ")))")
        let headers = outcome.headers.map { header in
            "response.header(\(SwiftLiteral.string(header.header.name)), \(headerValue(header)))"
        }
        if headers.isEmpty && outcome.content == nil {
            return """
                case \(pattern):
                    return ResponseWriter(\(status), for: request).finish()
                """
        }
        return """
            case \(pattern):
                var response: ResponseWriter = ResponseWriter(\(status), for: request)
                \(headers.joined(separator: "\n"))
                \(outcome.content.map(writeContent) ?? "")
                return response.finish()
            """
    }

    private func headerValue(_ header: OutcomeHeader) -> String {
        let name = SwiftName.escaped(header.label)
        return header.header.explode && !isScalar(header.type) ? "\(name), explode: true" : name
    }

    private func isScalar(_ type: SwiftType) -> Bool {
        if case .scalar = coding.plan.resolved(type) { true } else { false }
    }

    private func writeContent(_ content: OutcomeContent) -> String {
        let mediaType = content.isRange ? "contentType" : SwiftLiteral.string(content.mediaType)
        switch content.encoding {
        case .value:
            return (content.writtenAs ?? content.mediaType) == "application/json"
                ? "response.json(body)" : "response.json(body, as: \(mediaType))"
        case .text:
            return content.mediaType == "text/plain" ? "response.text(body)" : "response.text(body, as: \(mediaType))"
        case .raw, .bytes: return "response.content(body, as: \(mediaType))"
        case .items: return "response.items(body, as: \(mediaType), for: request)"
        }
    }
}
