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
            let source = type == .scalar(.decimalString) ? "Decimal" : coding.element(type).source
            body = "public typealias \(declaration.name) = \(source)"
        }
        return """
            \(comment)
            \(body)
            """
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
