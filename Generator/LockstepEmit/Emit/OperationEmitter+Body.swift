extension OperationEmitter {
    /// The media types of a request's body, where their Swift types differ.
    func bodyEnumeration(_ plan: OperationPlan) -> SourceText {
        guard let body = plan.body, let name = body.enumerationName else { return "" }
        var branches: [String] = []
        for (index, content) in body.contents.enumerated() {
            let pattern = index == body.contents.count - 1 ? "default" : "case \(index)"
            branches.append("\(pattern): self = .\(SwiftName.afterDot(content.caseName))(\(read(content)))")
        }
        return """
            public enum \(name): Sendable {
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
}
