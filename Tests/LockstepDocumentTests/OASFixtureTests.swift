import Foundation
import LockstepDocument
import Testing

@Suite("OpenAPI Initiative's pass and fail documents")
struct OASFixtureTests {
    private static let passFolders = [
        "v3.0/_archive_/schemas/v3.0/pass", "v3.1/tests/schema/pass", "v3.2/tests/schema/pass",
    ]
    private static let failFolders = ["v3.1/tests/schema/fail", "v3.2/tests/schema/fail"]

    @Test("documents that conform give no error", arguments: passFolders)
    func passing(_ path: String) throws {
        guard let folder = Corpus.folder("oas-schema-fixtures/\(path)") else { return }
        for file in try Corpus.documents(in: folder) {
            let errors = try Corpus.read(file).diagnostics.filter { $0.severity == .error }
            #expect(errors.isEmpty, "\(errors.map(\.description).joined(separator: "\n"))")
        }
    }

    @Test("documents that do not conform give a diagnostic", arguments: failFolders)
    func failing(_ path: String) throws {
        guard let folder = Corpus.folder("oas-schema-fixtures/\(path)") else { return }
        for file in try Corpus.documents(in: folder) {
            let findings = try Corpus.read(file).diagnostics.filter { $0.severity >= .warning }
            #expect(!findings.isEmpty, "nothing was found in \(path)/\(file.lastPathComponent)")
        }
    }
}
