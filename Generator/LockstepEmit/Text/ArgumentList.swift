/// Declarations and calls with arguments in parentheses: on one line where they fit, else one argument a line.
enum ArgumentList {
    /// `opening` and `closing` around the arguments; `indent` is where the line will begin.
    static func make(_ opening: String, _ arguments: [String], _ closing: String, indent: Int) -> SourceText {
        let line = opening + arguments.joined(separator: ", ") + closing
        if indent + line.count <= 116 && arguments.count <= 8 || arguments.isEmpty { return SourceText(line) }
        return """
            \(opening)
                \(arguments.joined(separator: ",\n"))
            \(closing)
            """
    }
}
