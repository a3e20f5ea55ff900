extension DeclarationEmitter {
    func union(_ declaration: Declaration, _ cases: [UnionCase], isIndirect: Bool, depth: Int) -> SourceText {
        let parts: [SourceText] = [
            SourceText(lines: cases.map { unionCase($0, depth: depth) }),
            unionReader(cases),
            unionWriter(cases),
            nested(declaration.nested, depth: depth),
        ]
        return """
            public \(isIndirect ? "indirect enum" : "enum") \(declaration.name): JSONCoded {
                \(SourceText(blocks: parts))
            }
            """
    }

    private func unionCase(_ value: UnionCase, depth: Int) -> SourceText {
        let comment = DocumentationComment.make([value.documentation], width: 106 - 4 * depth)
        let payload = value.payload.map { "(\(coding.element($0).source))" } ?? ""
        return """
            \(comment)
            \(value.isIndirect ? "indirect case" : "case") \(SwiftName.escaped(value.name))\(payload)
            """
    }

    private func unionReader(_ cases: [UnionCase]) -> SourceText {
        let source = cases.count == 1 ? nil : "json.branch"
        var lines: [String] = []
        for (index, value) in cases.enumerated() {
            let pattern = index == cases.count - 1 ? "default" : "case \(value.branch)"
            lines.append("\(pattern): self = \(construction(value))")
        }
        guard source != nil else {
            return """
                public init(_ json: ValidJSON) {
                    \(cases.first.map { "self = \(construction($0))" } ?? "")
                }
                """
        }
        return """
            public init(_ json: ValidJSON) {
                switch json.branch {
                \(lines.joined(separator: "\n"))
                }
            }
            """
    }

    private func construction(_ value: UnionCase) -> String {
        guard let payload = value.payload else { return ".\(SwiftName.afterDot(value.name))" }
        return ".\(SwiftName.afterDot(value.name))(\(coding.readPayload(payload, from: "json.payload")))"
    }

    /// The statement that writes the only value of an alternative.
    private func writeSingle(_ value: UnionCase) -> String {
        value.constant.map { writeConstant($0.source, of: $0.type) } ?? "json.null()"
    }

    func writeConstant(_ source: String, of type: SwiftType) -> String {
        switch type {
        case .scalar(.bool): return "json.bool(\(source))"
        case .scalar(.int): return "json.int(\(source))"
        default: return "json.string(\(source))"
        }
    }

    private func unionWriter(_ cases: [UnionCase]) -> SourceText {
        let lines = cases.map { value in
            value.payload == nil
                ? "case .\(SwiftName.afterDot(value.name)): \(writeSingle(value))"
                : "case .\(SwiftName.afterDot(value.name))(let value): value.write(to: &json)"
        }
        guard lines.count > ScalarRules.switchLimit else {
            return """
                public func write(to json: inout JSONWriter) {
                    switch self {
                    \(lines.joined(separator: "\n"))
                    }
                }
                """
        }
        return chainedWriters(lines)
    }

    /// Functions that each write some of the cases and leave the others to the next: the compiler gives up on a `switch`
    /// over all.
    private func chainedWriters(_ lines: [String]) -> SourceText {
        let starts = Array(stride(from: 0, to: lines.count, by: ScalarRules.switchLimit))
        return SourceText(
            blocks: starts.enumerated().map { number, start in
                let end = start + ScalarRules.switchLimit
                let rest = end < lines.count ? "writeFurther\(number + 1)(to: &json)" : "break"
                return """
                    \(number == 0 ? "public func write" : "private func writeFurther\(number)")(to json: inout JSONWriter) {
                        switch self {
                        \(lines[start..<min(end, lines.count)].joined(separator: "\n"))
                        default: \(rest)
                        }
                    }
                    """
            })
    }
}
