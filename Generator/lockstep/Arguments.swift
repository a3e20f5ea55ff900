import LockstepDocument
import LockstepEmit

/// Words of a command line in their roles: one document, options with values, and flags.
struct Arguments {
    /// The document, an existing file or one that the command complains about.
    let document: String
    private var values: [String: String] = [:]

    init(_ words: [String], options: [Option]) throws(UsageError) {
        var document: String?
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), word != "-" else {
                if let document { throw UsageError("one document at a time: '\(document)' and '\(word)' are two") }
                document = word
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let option = options.first(where: { $0.names.contains(parts[0]) }) else {
                let hint = NearMiss.hint(parts[0], among: options.flatMap(\.names))
                throw UsageError("there is no option '\(parts[0])'" + (hint.map { "; \($0)" } ?? ""))
            }
            if option.value == nil {
                guard parts.count == 1 else { throw UsageError("'\(parts[0])' takes no value") }
                values[option.name] = ""
            } else if parts.count > 1 {
                values[option.name] = parts[1]
            } else if let value = rest.popFirst() {
                values[option.name] = value
            } else {
                throw UsageError("'\(word)' needs a value")
            }
        }
        guard let document else { throw UsageError("which document?") }
        self.document = document
    }

    /// The value of an option by its long name; empty for a flag that is set.
    subscript(_ option: String) -> String? { values[option] }

    /// Where to report what takes how long, if that is wanted.
    var progress: Progress? { values[Option.verbose.name] == nil ? nil : Progress() }
}

/// The command line is not understood.
struct UsageError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
