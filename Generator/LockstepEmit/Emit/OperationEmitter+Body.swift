extension OperationEmitter {
    /// The media types of a request's body, where their Swift types differ.
    func bodyEnumeration(_ plan: OperationPlan) -> SourceText {
        guard let body = plan.body, body.enumeration != nil else { return "" }
        var branches: [String] = []
        for (index, content) in body.contents.enumerated() {
            let pattern = index == body.contents.count - 1 ? "default" : "case \(index)"
            branches.append("\(pattern): self = .\(SwiftName.afterDot(content.caseName))(\(read(content)))")
        }
        return """
            public enum Body: Sendable {
                \(bodyCases(body))

                init(_ request: ValidRequest) {
                    switch request.mediaType {
                    \(branches.joined(separator: "\n"))
                    }
                }
            }
            """
    }

    /// The cases of the media types of a body.
    func bodyCases(_ body: BodyPlan) -> SourceText {
        let cases = body.contents.map { content -> SourceText in
            """
            /// `\(content.mediaType)`
            \(content.isIndirect ? "indirect case" : "case") \(SwiftName.escaped(content.caseName))(\(content.decoding.source))
            """
        }
        return SourceText(lines: cases)
    }

    /// The forms with files that the operation takes.
    func forms(_ plan: OperationPlan) -> [FormPlan] {
        (plan.body?.contents ?? []).compactMap { content in
            if case .multipart(let form) = content.decoding { form } else { nil }
        }
    }

    /// A form with files: fields come from the validated form, files from the parts themselves.
    func form(_ form: FormPlan) -> SourceText {
        let fields = form.fields.map(typed)
        let reads = form.fields.map { field in
            field.file == .none
                ? "\(SwiftName.escaped(field.field.storage)) = \(coding.read(field.field, from: "request.body[\(field.field.slot)]"))"
                : "\(SwiftName.escaped(field.field.storage)) = \(files(field))"
        }
        let parts: [SourceText] = [
            SourceText(lines: fields.map { declarations.property($0, depth: 2) }),
            declarations.memberwise(fields, nil, depth: 2),
            """
            init(_ request: ValidRequest) {
                \(reads.joined(separator: "\n"))
            }
            """,
            SourceText(blocks: form.nested.map { declarations.emit($0, depth: 2) }),
        ]
        return """
            /// \(form.origin)
            public struct \(form.name): Sendable {
                \(SourceText(blocks: parts))
            }
            """
    }

    /// The field with the type of a file where it holds one.
    private func typed(_ form: FormField) -> Field {
        var field = form.field
        switch form.file {
        case .none: break
        case .one: field.type = .named("FilePart")
        case .many:
            field.type = .array(.named("FilePart"))
            field.presence = field.presence == .required ? .required : .defaulted("[]")
        }
        if form.file == .one, field.presence != .required { field.presence = .optional }
        return field
    }

    private func files(_ form: FormField) -> String {
        let key = SwiftLiteral.string(form.field.key)
        if case .many = form.file { return "request.files(\(key))" }
        return form.field.presence == .required ? "request.file(\(key))" : "request.optionalFile(\(key))"
    }
}
