/// One file of the output: a name without folders, and its whole text.
public struct GeneratedFile: Sendable, Equatable {
    public let name: String
    public let contents: String

    public init(name: String, contents: String) {
        self.name = name
        self.contents = contents
    }
}
