import FoundationEssentials

/// The shared test data, found by `LOCKSTEP_CORPUS` or beside the package.
enum Corpus {
    /// The contents of a file of the corpus, or nil, said loudly, where there is no corpus.
    static func bytes(_ path: String) -> [UInt8]? {
        let package = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(
            separator: "/")
        let folder = ProcessInfo.processInfo.environment["LOCKSTEP_CORPUS"] ?? "\(package)/../shared/corpus"
        guard let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(path)")) else {
            print("SKIPPED: corpus not found at \(folder)/\(path); set LOCKSTEP_CORPUS")
            return nil
        }
        return Array(data)
    }
}
