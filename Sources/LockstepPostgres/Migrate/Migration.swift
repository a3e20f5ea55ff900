/// One numbered change of the schema.
public struct Migration: Sendable, Equatable {
    /// The number that orders it.
    public let version: Int64
    /// What it is called.
    public let name: String
    /// Where it came from, for messages.
    public let file: String
    /// The statements.
    public let text: String
    /// The statements that undo it, if they exist.
    public let undoText: String?

    /// A migration from text that the program holds.
    public init(version: Int64, name: String, text: String, undoText: String? = nil, file: String? = nil) {
        self.version = version
        self.name = name
        self.text = text
        self.undoText = undoText
        self.file = file ?? "\(version)_\(name).sql"
    }

    /// Whether it runs outside a transaction, as `create index concurrently` must: its first line says
    /// `-- lockstep: no-transaction`.
    public var runsOutsideTransaction: Bool {
        text.split(separator: "\n", maxSplits: 1).first.map { $0.contains("lockstep: no-transaction") } ?? false
    }
}
