import Foundation
import LockstepJSON
import LockstepSchema

/// Where the third-party test data lies, or nil with a loud line.
func corpus(_ path: String) -> URL? {
    let root =
        ProcessInfo.processInfo.environment["LOCKSTEP_CORPUS"].map { URL(fileURLWithPath: $0) }
        ?? URL(fileURLWithPath: #filePath).appending(path: "../../../../shared/corpus").standardizedFileURL
    let url = root.appending(path: path)
    if FileManager.default.fileExists(atPath: url.path) { return url }
    print("SKIPPED: corpus not found at \(url.path); set LOCKSTEP_CORPUS")
    return nil
}

/// Runs the files of the JSON Schema test suite.
struct SchemaSuite {
    let folder: URL
    let remotes: [String: JSONValue]

    init?() throws {
        guard let folder = corpus("json-schema-test-suite") else { return nil }
        self.folder = folder
        var remotes: [String: JSONValue] = [:]
        let root = folder.appending(path: "remotes")
        for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) where path.hasSuffix(".json") {
            if path.hasPrefix("v1/") { continue }
            remotes["http://localhost:1234/\(path)"] = try Self.read(root.appending(path: path))
        }
        self.remotes = remotes
    }

    static func read(_ url: URL) throws -> JSONValue {
        try JSONDocument.parse([UInt8](try Data(contentsOf: url))).value
    }

    /// The files of a folder of the suite.
    func files(_ path: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "tests/draft2020-12/\(path)"), includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
    }

    /// Runs a file: how many tests passed, and which did not.
    func run(_ file: URL, assertsFormats: Bool) throws -> (passed: Int, failed: [String]) {
        var passed = 0
        var failed: [String] = []
        for group in try Self.read(file).array ?? [] {
            let name = group["description"]?.string ?? ""
            let tests = group["tests"]?.array ?? []
            let validator: ValidatorEntry
            do {
                validator = try SchemaCompiler.validator(
                    for: group["schema"] ?? true, resources: remotes, assertsFormats: assertsFormats)
            } catch {
                failed += tests.map { "\(name): \($0["description"]?.string ?? ""): does not compile: \(error)" }
                continue
            }
            for test in tests {
                let result = validator.validate(JSONDocument(test["data"] ?? .null))
                if result.isValid == test["valid"]?.bool {
                    passed += 1
                } else {
                    failed.append("\(name): \(test["description"]?.string ?? ""): \(result.failures)")
                }
            }
        }
        return (passed, failed)
    }
}
