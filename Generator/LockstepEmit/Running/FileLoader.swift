import FoundationEssentials
public import LockstepDocument

/// Files on disk below the entry document's folder, or only those that the build declares as its inputs.
public struct FileLoader: DocumentLoader {
    private let folder: String
    private let declared: Set<String>?

    /// A loader of the files around a document; with `declared` it gives only these (absolute paths).
    public init(folder: String, declared: [String]? = nil) {
        self.folder = folder
        self.declared = declared.map { Set($0.map(FilePath.normalised)) }
    }

    public func load(_ name: String) throws(DocumentLoadError) -> [UInt8] {
        let path = FilePath.join(folder, name)
        if let declared, !declared.contains(path) {
            guard FileManager.default.fileExists(atPath: path) else { throw missing(path) }
            // The build would not notice an edit of such a file.
            throw DocumentLoadError(
                "'\(name)' is no input of this target",
                hint: "move it below the target's folder, or add it to \(Configuration.fileName): 'inputs: \(name)'")
        }
        guard let data = FileManager.default.contents(atPath: path) else { throw missing(path) }
        return [UInt8](data)
    }

    private func missing(_ path: String) -> DocumentLoadError {
        DocumentLoadError("there is no file '\(path)'", hint: "paths are relative to the file that refers")
    }
}
