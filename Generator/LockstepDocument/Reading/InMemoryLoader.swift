/// Files that are values: for tests and for documents that come from elsewhere.
public struct InMemoryLoader: DocumentLoader {
    private let files: [String: [UInt8]]

    /// A loader of these texts by name.
    public init(_ files: [String: String]) {
        self.files = files.mapValues { Array($0.utf8) }
    }

    /// A loader of these bytes by name.
    public init(bytes files: [String: [UInt8]]) {
        self.files = files
    }

    public func load(_ name: String) throws(DocumentLoadError) -> [UInt8] {
        guard let bytes = files[name] else { throw DocumentLoadError("no such file") }
        return bytes
    }
}
