import Foundation
import LockstepDocument

/// The third-party documents, which are not part of the repository.
enum Corpus {
    /// The folder, or `nil` with a loud line where it is absent.
    static func folder(_ path: String) -> URL? {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let standard = root.appending(path: "../shared/corpus")
        let corpus = ProcessInfo.processInfo.environment["LOCKSTEP_CORPUS"].map { URL(filePath: $0) } ?? standard
        let folder = corpus.appending(path: path).standardizedFileURL
        guard FileManager.default.fileExists(atPath: folder.path) else {
            print("SKIPPED: corpus not found (\(path)); set LOCKSTEP_CORPUS")
            return nil
        }
        return folder
    }

    /// The documents of a folder by name.
    static func documents(in folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { ["yaml", "yml", "json"].contains($0.pathExtension) }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// Reads one document that is a single file.
    static func read(_ file: URL) throws -> DocumentReader.Result {
        let bytes = try [UInt8](Data(contentsOf: file))
        return DocumentReader(loader: InMemoryLoader(bytes: [file.lastPathComponent: bytes])).read(
            file.lastPathComponent)
    }
}
