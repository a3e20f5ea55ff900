extension OperationEmitter {
    /// The forms with files that the operation takes.
    func forms(_ plan: OperationPlan) -> [FormPlan] {
        (plan.body?.contents ?? []).compactMap { content in
            if case .multipart(let form) = content.decoding { form } else { nil }
        }
    }

    /// A form with files: fields come from the validated form, files from the parts themselves.
    func form(_ form: FormPlan) -> SourceText {
        let fields = form.fields.map(typed)
        let reads = form.fields.map { "\(SwiftName.escaped($0.field.storage)) = \(read($0))" }
        let parts: [SourceText] = [
            SourceText(lines: fields.map { declarations.property($0, depth: 2) }),
            declarations.memberwise(fields, nil, depth: 2),
            """
            init(_ request: ValidRequest) {
                \(reads.joined(separator: "\n"))
            }
            """,
            SourceText(
                blocks: form.fields.compactMap { field in field.part.map { part($0, isFile: field.file != .none) } }),
            SourceText(blocks: form.nested.map { declarations.emit($0, depth: 2) }),
        ]
        return """
            /// \(form.origin)
            public struct \(form.name): Sendable {
                \(SourceText(blocks: parts))
            }
            """
    }

    /// A part with its headers.
    private func part(_ part: PartPlan, isFile: Bool) -> SourceText {
        let fields = [part.value] + part.headers
        let value = isFile ? "part.file" : coding.read(part.value, from: "part.value")
        let reads =
            [part.value.constant == nil ? "value = \(value)" : ""].filter { !$0.isEmpty }
            + part.headers.map {
                "\(SwiftName.escaped($0.storage)) = \(coding.read($0, from: "part.headers[\($0.slot)]"))"
            }
        let parts: [SourceText] = [
            SourceText(lines: fields.map { declarations.property($0, depth: 3) }),
            declarations.memberwise(fields, nil, depth: 3),
            """
            init(_ part: ValidPart) {
                \(reads.joined(separator: "\n"))
            }
            """,
            SourceText(blocks: part.nested.map { declarations.emit($0, depth: 3) }),
        ]
        return """
            /// A part of the form with its headers.
            public struct \(part.name): Sendable {
                \(SourceText(blocks: parts))
            }
            """
    }

    /// The field with the type of a file or of a part with headers where it holds one.
    private func typed(_ form: FormField) -> Field {
        var field = form.field
        guard form.part != nil || form.file == .one || form.file == .many else { return field }
        let type = SwiftType.named(form.part?.path ?? "FilePart")
        field.constant = nil
        field.isBoxed = false
        if form.isList {
            field.type = .array(type)
            field.presence = field.presence == .required ? .required : .defaulted("[]")
        } else {
            field.type = type
            // A part that is null is there, with null as its value.
            let isThere = field.presence == .required || field.presence == .nullable && form.part != nil
            field.presence = isThere ? .required : .optional
        }
        return field
    }

    private func read(_ form: FormField) -> String {
        let key = SwiftLiteral.string(form.field.key)
        let isRequired = typed(form).presence == .required
        if let part = form.part {
            let arguments = "(\(key), \(form.field.slot))"
            if form.isList { return "request.parts\(arguments).map(\(part.path).init)" }
            return isRequired
                ? "\(part.path)(request.part\(arguments))" : "request.optionalPart\(arguments).map(\(part.path).init)"
        }
        switch form.file {
        case .none: return coding.read(form.field, from: "request.body[\(form.field.slot)]")
        case .many: return "request.files(\(key))"
        case .arriving: return "request.arrivingFiles"
        case .one: return isRequired ? "request.file(\(key))" : "request.optionalFile(\(key))"
        }
    }
}

extension FormField {
    /// Whether the field is a list of parts.
    fileprivate var isList: Bool { part?.isList ?? (file == .many) }
}
