/// Array and dictionary literals as the formatter writes them: one element a line, or one element on the line itself.
enum ListLiteral {
    static func make(_ elements: [String]) -> SourceText {
        guard elements.count > 1 else { return SourceText("[\(elements.first ?? "")]") }
        return """
            [
                \(elements.joined(separator: ",\n")),
            ]
            """
    }
}
