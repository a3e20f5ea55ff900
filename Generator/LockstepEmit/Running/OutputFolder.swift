import FoundationEssentials

/// Writes generated files, and leaves those alone whose bytes have not changed: their time stamps tell the build what to
/// compile again.
public struct OutputFolder: Sendable {
    private let path: String

    public init(_ path: String) {
        self.path = path
    }

    /// Writes the files that differ; the answer is their names.
    public func write(_ files: [GeneratedFile]) throws -> [String] {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        var written: [String] = []
        for file in files {
            let target = FilePath.join(path, file.name)
            let bytes = Data(file.contents.utf8)
            if FileManager.default.contents(atPath: target) == bytes { continue }
            try bytes.write(to: URL(filePath: target), options: .atomic)
            written.append(file.name)
        }
        return written
    }
}
