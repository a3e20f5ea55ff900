/// Writes the declarations of schemas.
struct DeclarationEmitter {
    let coding: Coding

    /// A declaration with all that is nested in it; `depth` is the number of types around it.
    func emit(_ declaration: Declaration, depth: Int = 0) -> SourceText {
        let comment = DocumentationComment.make(
            [
                declaration.documentation, declaration.isDeprecated ? "Deprecated." : nil,
                depth == 0 ? declaration.origin : nil,
            ], width: 110 - 4 * depth)
        let body: SourceText
        switch declaration.kind {
        case .structure(let fields, let additional):
            body = structure(declaration, fields, additional, depth: depth)
        case .enumeration(let cases, let isOpen):
            body = isOpen ? openEnumeration(declaration, cases) : enumeration(declaration, cases)
        case .union(let cases, let isIndirect): body = union(declaration, cases, isIndirect: isIndirect, depth: depth)
        case .wrapper(let type): body = wrapper(declaration, coding.element(type))
        case .alias(let type):
            body = "public typealias \(declaration.name) = \(aliased(type))"
        }
        return """
            \(comment)
            \(body)
            """
    }

    /// What a typealias stands for: `Decimal` also where JSON carries it as text. A type of the runtime is named itself, since
    /// a file imports the runtime publicly where it names one.
    private func aliased(_ type: SwiftType) -> String {
        if coding.plan.resolved(type) == .scalar(.decimalString) { return "Decimal" }
        let expanded = coding.element(expanded(type)).source
        let words = expanded.split { !$0.isLetter && !$0.isNumber }
        let namesRuntime = words.contains { ReservedWords.runtimeTypes.contains(String($0)) }
        return namesRuntime ? expanded : coding.element(type).source
    }

    /// A type without the names that typealiases give to others than declared types.
    private func expanded(_ type: SwiftType) -> SwiftType {
        switch type {
        case .named:
            let resolved = coding.plan.resolved(type)
            if case .named = resolved { return type }
            return expanded(resolved)
        case .array(let inner): return .array(expanded(inner))
        case .dictionary(let inner): return .dictionary(expanded(inner))
        case .optional(let inner): return .optional(expanded(inner))
        case .presence(let inner): return .presence(expanded(inner))
        case .scalar: return type
        }
    }

    private func wrapper(_ declaration: Declaration, _ type: SwiftType) -> SourceText {
        """
        public struct \(declaration.name): JSONCoded {
            public var value: \(type.source)

            public init(_ value: \(type.source)) {
                self.value = value
            }

            public init(_ json: ValidJSON) {
                value = \(type.source)(json)
            }

            public func write(to json: inout JSONWriter) {
                value.write(to: &json)
            }
        }
        """
    }

    func nested(_ declarations: [Declaration], depth: Int) -> SourceText {
        SourceText(blocks: declarations.map { emit($0, depth: depth + 1) })
    }
}
