extension DeclarationEmitter {
    func structure(
        _ declaration: Declaration, _ fields: [Field], _ additional: AdditionalField?, depth: Int
    ) -> SourceText {
        let properties = fields.map { property($0, depth: depth) } + [additional.map(additionalProperty) ?? ""]
        let parts: [SourceText] = [
            SourceText(lines: properties),
            memberwise(fields, additional, depth: depth),
            reader(fields, additional),
            declaration.isTuple ? tupleWriter(fields, additional) : writer(fields, additional),
            nested(declaration.nested, depth: depth),
        ]
        return """
            public struct \(declaration.name): JSONCoded {
                \(SourceText(blocks: parts))
            }
            """
    }

    // MARK: Properties

    /// A stored property; one with a single possible value is computed; a deprecated one is reached through its storage here.
    func property(_ field: Field, depth: Int) -> SourceText {
        let comment = DocumentationComment.make([field.documentation], width: 106 - 4 * depth)
        let name = SwiftName.escaped(field.name)
        let type = coding.propertyType(field).source
        if let constant = field.constant {
            return """
                \(comment)
                public var \(name): \(type) { \(constant) }
                """
        }
        guard field.isDeprecated else {
            return """
                \(comment)
                \(field.wrapper)public var \(name): \(type)
                """
        }
        return """
            \(comment)
            @available(*, deprecated)
            public var \(name): \(type) {
                get { \(field.storage) }
                set { \(field.storage) = newValue }
            }
            \(field.wrapper)fileprivate var \(field.storage): \(type)
            """
    }

    private func additionalProperty(_ field: AdditionalField) -> SourceText {
        """
        /// The \(field.isList ? "elements" : "members") that have no property of their own.
        public var \(SwiftName.escaped(field.name)): \(coding.element(field.type).source)
        """
    }

    // MARK: Initialisers

    func memberwise(_ fields: [Field], _ additional: AdditionalField?, depth: Int) -> SourceText {
        let passed = fields.filter { $0.constant == nil }
        var arguments = passed.map(argument)
        var assignments = passed.map { "self.\(SwiftName.afterDot($0.storage)) = \(SwiftName.escaped($0.name))" }
        if let additional {
            let name = SwiftName.escaped(additional.name)
            arguments.append("\(name): \(coding.element(additional.type).source) = \(additional.empty)")
            assignments.append("self.\(name) = \(name)")
        }
        if assignments.isEmpty { return "public init() {}" }
        return """
            \(ArgumentList.make("public init(", arguments, ") {", indent: 4 * (depth + 1)))
                \(assignments.joined(separator: "\n"))
            }
            """
    }

    func argument(_ field: Field) -> String {
        let declared = "\(SwiftName.escapedLabel(field.name)): \(coding.propertyType(field).source)"
        switch field.presence {
        case .required, .nullable: return declared
        case .optional: return declared + " = nil"
        case .distinguished: return declared + " = .absent"
        case .defaulted(let value), .nullableDefaulted(let value): return declared + " = \(value)"
        }
    }

    private func reader(_ fields: [Field], _ additional: AdditionalField?) -> SourceText {
        var lines: [String] = []
        for field in fields where field.constant == nil {
            lines.append("\(assigned(field.storage)) = \(coding.read(field, from: "json[\(field.slot)]"))")
        }
        if let additional {
            let others = additional.isList ? "elements" : "additional"
            let type = coding.element(additional.type).source
            lines.append("\(assigned(additional.name)) = \(type)(json.\(others)(after: \(fields.count)))")
        }
        if lines.isEmpty { return "public init(_ json: ValidJSON) {}" }
        return """
            public init(_ json: ValidJSON) {
                \(lines.joined(separator: "\n"))
            }
            """
    }

    func assigned(_ name: String) -> String {
        name == "json" ? "self.json" : SwiftName.escaped(name)
    }

    private func writer(_ fields: [Field], _ additional: AdditionalField?) -> SourceText {
        var lines = fields.map { field in
            var stored = field
            if field.constant == nil { stored.name = field.storage }
            return coding.write(stored)
        }
        if let additional { lines.append("\(assigned(additional.name)).writeMembers(to: &json)") }
        return """
            public func write(to json: inout JSONWriter) {
                json.beginObject()
                \(lines.joined(separator: "\n"))
                json.endObject()
            }
            """
    }
}

extension Field {
    /// The name of the stored property: that of the property itself unless it is deprecated, because Swift warns wherever a
    /// deprecated property is used, and generated code compiles without warnings.
    var storage: String { isDeprecated && constant == nil ? name + "Storage" : name }

    /// What stores the property behind a reference, with a space; nothing where it lies in the structure itself.
    var wrapper: String {
        guard isBoxed else { return "" }
        if case .optional = fullType { return "@BoxedOptional " }
        return "@Boxed "
    }
}
