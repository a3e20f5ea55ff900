/// An option of a command: what is understood, and what a shell completes.
struct Option: Sendable {
    /// What follows the option.
    enum Value: Sendable {
        case folder
        case file
        /// One of some words, or several with commas between.
        case words([String])
        /// Something that only the user knows.
        case text
    }

    /// All spellings, the long one first.
    let names: [String]
    /// Nothing for a flag.
    let value: Value?
    /// A few words for a shell's list.
    let summary: String

    init(_ names: String..., value: Value? = nil, summary: String) {
        self.names = names
        self.value = value
        self.summary = summary
    }

    var name: String { names[0] }

    static let verbose = Option("--verbose", "-v", summary: "say what takes how long")
    static let help = Option("--help", "-h", summary: "explain the command")
}
