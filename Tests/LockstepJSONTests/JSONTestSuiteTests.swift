import Foundation
import LockstepJSON
import Testing

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

@Suite struct JSONTestSuiteTests {
    /// nst/JSONTestSuite: `y_` must be accepted, `n_` refused, `i_` may be either.
    @Test func `the public parsing suite is decided as it asks`() throws {
        guard let folder = corpus("JSONTestSuite/test_parsing") else { return }
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var counts: [Character: Int] = [:]
        for file in files where file.pathExtension == "json" {
            let bytes = [UInt8](try Data(contentsOf: file))
            let document = try? JSONDocument.parse(bytes)
            let name = file.lastPathComponent
            let kind = name.first ?? "?"
            counts[kind, default: 0] += 1
            if kind == "n" { #expect(document == nil, "\(name) must be refused") }
            guard kind == "y" else { continue }
            if name.contains("duplicated_key") {
                // RFC 8259 leaves duplicate names open; Lockstep refuses them.
                #expect(document == nil, "\(name) has a duplicate name")
            } else {
                #expect(document != nil, "\(name) must be accepted")
            }
        }
        print("JSONTestSuite: \(counts)")
        #expect(counts["y", default: 0] > 90 && counts["n", default: 0] > 180)
    }
}
