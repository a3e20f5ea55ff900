/// Words of a command line in their roles: one document, options with values, and flags.
struct Arguments {
    /// The document, an existing file or one that the command complains about.
    let document: String
    private var values: [String: String] = [:]

    /// `options` names the options that are understood, and whether each takes a value.
    init(_ words: [String], options: [String: Bool]) throws(UsageError) {
        var document: String?
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), word != "-" else {
                if let document { throw UsageError("one document at a time: '\(document)' and '\(word)' are two") }
                document = word
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let takesValue = options[parts[0]] else { throw UsageError("there is no option '\(parts[0])'") }
            if !takesValue {
                values[parts[0]] = ""
            } else if parts.count > 1 {
                values[parts[0]] = parts[1]
            } else if let value = rest.popFirst() {
                values[parts[0]] = value
            } else {
                throw UsageError("'\(word)' needs a value")
            }
        }
        guard let document else { throw UsageError("which document?") }
        self.document = document
    }

    subscript(_ option: String) -> String? { values[option] }
}

/// The command line is not understood.
struct UsageError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
