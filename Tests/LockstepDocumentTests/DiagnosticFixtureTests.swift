import Foundation
import LockstepDocument
import Testing

/// One folder a case under `Tests/Fixtures/diagnostics`: `openapi.yaml` (or `openapi.json`), files beside it, and
/// `expected.txt` with every diagnostic. `UPDATE_GOLDENS=1` rewrites the expectations.
@Suite("Diagnostics")
struct DiagnosticFixtureTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/diagnostics")

    private static let cases: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: root.path)
        return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }()

    @Test("there are cases")
    func haveCases() {
        #expect(Self.cases.count >= 40)
    }

    @Test("say what is wrong, where, and what to do", arguments: cases)
    func diagnostics(_ name: String) throws {
        let folder = Self.root.appending(path: name)
        var files: [String: [UInt8]] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file != "expected.txt" {
            files[file] = try [UInt8](Data(contentsOf: folder.appending(path: file)))
        }
        let entry = files["openapi.json"] == nil ? "openapi.yaml" : "openapi.json"
        let result = DocumentReader(loader: InMemoryLoader(bytes: files)).read(entry)
        let text = result.diagnostics.map { $0.description + "\n" }.joined()
        let golden = folder.appending(path: "expected.txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
            try Data(text.utf8).write(to: golden)
        }
        let expected = try String(contentsOf: golden, encoding: .utf8)
        #expect(text == expected)
        #expect((result.description == nil) == result.hasErrors)
    }
}
