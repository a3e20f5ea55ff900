extension DeclarationEmitter {
    func enumeration(_ declaration: Declaration, _ cases: [EnumerationCase]) -> SourceText {
        switch cases.first?.value {
        case .string where cases.allSatisfy({ $0.value.text.map(SwiftLiteral.isLine) ?? false }):
            return stringEnumeration(declaration, cases)
        case .string: return rawEnumeration(declaration, cases, rawType: "String", write: "json.string(rawValue)")
        case .integer where cases.allSatisfy({ $0.value.isInteger }):
            return rawEnumeration(declaration, cases, rawType: "Int", write: "json.int(rawValue)")
        case .integer, .json, nil: return mixedEnumeration(declaration, cases)
        }
    }

    /// Strings stand in a table that the runtime reads: see `StringEnumeration`.
    private func stringEnumeration(_ declaration: Declaration, _ cases: [EnumerationCase]) -> SourceText {
        let declared = cases.map { value -> SourceText in
            """
            \(DocumentationComment.make([value.documentation]))
            case \(SwiftName.escaped(value.name))
            """
        }
        return """
            public enum \(declaration.name): StringEnumeration {
                \(SourceText(lines: declared))

                public static let rawValues: RawValues = RawValues(
                    \(SwiftLiteral.lines(cases.compactMap(\.value.text))))
            }
            """
    }

    private func rawEnumeration(
        _ declaration: Declaration, _ cases: [EnumerationCase], rawType: String, write: String
    ) -> SourceText {
        """
        public enum \(declaration.name): \(rawType), JSONCoded, CaseIterable {
            \(SourceText(lines: cases.map(rawCase)))

            \(choiceReader(cases))

            public func write(to json: inout JSONWriter) {
                \(write)
            }
        }
        """
    }

    private func rawCase(_ value: EnumerationCase) -> SourceText {
        let comment = DocumentationComment.make([value.documentation])
        let name = SwiftName.escaped(value.name)
        let literal = value.value.source
        return """
            \(comment)
            \(literal == "\"\(value.name)\"" ? "case \(name)" : "case \(name) = \(literal)")
            """
    }

    /// Values of more than one type have no raw value in Swift.
    private func mixedEnumeration(_ declaration: Declaration, _ cases: [EnumerationCase]) -> SourceText {
        let declared = cases.map { "case \(SwiftName.escaped($0.name))" }
        let written = cases.map { value in
            "case .\(SwiftName.afterDot(value.name)): json.raw(\(SwiftLiteral.string(value.value.jsonText)).utf8)"
        }
        return """
            public enum \(declaration.name): JSONCoded, CaseIterable {
                \(declared.joined(separator: "\n"))

                \(choiceReader(cases))

                public func write(to json: inout JSONWriter) {
                    switch self {
                    \(written.joined(separator: "\n"))
                    }
                }
            }
            """
    }

    private func choiceReader(_ cases: [EnumerationCase]) -> SourceText {
        var lines: [String] = []
        for (index, value) in cases.enumerated() {
            let pattern = index == cases.count - 1 ? "default" : "case \(index)"
            lines.append("\(pattern): self = .\(SwiftName.afterDot(value.name))")
        }
        if cases.count == 1 {
            return """
                public init(_ json: ValidJSON) {
                    self = .\(SwiftName.afterDot(cases[0].name))
                }
                """
        }
        return """
            public init(_ json: ValidJSON) {
                switch json.choice {
                \(lines.joined(separator: "\n"))
                }
            }
            """
    }

    /// Known values are cases; any other value of the type is kept in `other`.
    func openEnumeration(_ declaration: Declaration, _ cases: [EnumerationCase]) -> SourceText {
        let isInteger = cases.allSatisfy(\.value.isInteger)
        let isString = cases.allSatisfy(\.value.isString)
        let type = isInteger ? "Int" : isString ? "String" : "JSONValue"
        let accessor = isInteger ? "int" : isString ? "string" : "value"
        guard isInteger || isString else { return "public typealias \(declaration.name) = JSONValue" }
        let known = cases.map { "case \($0.value.source): self = .\(SwiftName.afterDot($0.name))" }
        let raw = cases.map { "case .\(SwiftName.afterDot($0.name)): \($0.value.source)" }
        let declared = cases.map { "case \(SwiftName.escaped($0.name))" }
        return """
            public enum \(declaration.name): RawRepresentable, JSONCoded {
                \(declared.joined(separator: "\n"))
                /// A value that the document does not name.
                case other(\(type))

                public init(rawValue: \(type)) {
                    switch rawValue {
                    \(known.joined(separator: "\n"))
                    default: self = .other(rawValue)
                    }
                }

                public var rawValue: \(type) {
                    switch self {
                    \(raw.joined(separator: "\n"))
                    case .other(let value): value
                    }
                }

                public init(_ json: ValidJSON) {
                    self.init(rawValue: json.\(accessor))
                }

                public func write(to json: inout JSONWriter) {
                    json.\(accessor)(rawValue)
                }
            }
            """
    }
}

extension EnumerationValue {
    var isInteger: Bool { if case .integer = self { true } else { false } }
    var isString: Bool { if case .string = self { true } else { false } }

    var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The value as a Swift literal.
    var source: String {
        switch self {
        case .string(let text): SwiftLiteral.string(text)
        case .integer(let number): String(number)
        case .json(let text): SwiftLiteral.string(text)
        }
    }

    /// The value as JSON.
    var jsonText: String {
        switch self {
        case .string(let text): SwiftLiteral.string(text)
        case .integer(let number): String(number)
        case .json(let text): text
        }
    }
}
