import FoundationEssentials
import LockstepDocument
import LockstepEmit
import Testing

/// A golden case is a folder: a document, the Swift that is expected of it, and a handler. `GeneratedCodeTests` compiles and
/// calls the same documents. `UPDATE_GOLDENS=1` rewrites what is expected.
@Suite("Golden output")
struct GoldenTests {
    private static let folder = FilePath.join(FilePath.folder(of: #filePath), "../Fixtures/golden")
    private static let updates = ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1"

    static var cases: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    @Test("the output is what the case's folder holds", arguments: cases)
    func golden(name: String) throws {
        let files = try generate(name).filter { $0.name != "Contract.swift" }
        let expected = "\(Self.folder)/\(name)/expected"
        if Self.updates { _ = try OutputFolder(expected).write(files.filter { isKept($0, in: name) }) }
        let kept = try FileManager.default.contentsOfDirectory(atPath: expected).sorted()
        #expect(!kept.isEmpty)
        for file in kept {
            let wanted = try String(contentsOfFile: "\(expected)/\(file)", encoding: .utf8)
            let got = files.first { $0.name == file }?.contents
            #expect(got == wanted, "\(name)/\(file) differs; UPDATE_GOLDENS=1 rewrites it")
            let lines = wanted.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= 240, "\(name)/\(file) is too long to be reviewed")
        }
    }

    @Test("the output holds what keeps it cheap to compile and none of what does not", arguments: cases)
    func shape(name: String) throws {
        for file in try generate(name) where file.name != "Contract.swift" {
            for line in file.contents.split(separator: "\n") where !line.contains("///") {
                #expect(!line.contains("try!") && !line.contains("= .init("), "\(file.name): \(line)")
                #expect(!line.contains("Codable") && !line.contains("Hashable"), "\(file.name): \(line)")
                #expect(!line.hasSuffix(" in"), "closures cost: \(file.name): \(line)")
                #expect(line.count <= 120 || line.contains("case "), "too long: \(file.name): \(line)")
            }
        }
    }

    @Test("two runs give the same bytes", arguments: cases)
    func determinism(name: String) throws {
        #expect(try generate(name) == generate(name))
        #expect(try generate(name, .shards(8)) == generate(name, .shards(8)))
    }

    /// The files that a case is about; a folder that has files already keeps their names.
    private func isKept(_ file: GeneratedFile, in name: String) -> Bool {
        let present = (try? FileManager.default.contentsOfDirectory(atPath: "\(Self.folder)/\(name)/expected")) ?? []
        return present.isEmpty || present.contains(file.name)
    }

    private func generate(_ name: String, _ layout: GeneratorOptions.Layout = .tags) throws -> [GeneratedFile] {
        let project = Project.find(in: "\(Self.folder)/\(name)")
        let outcome = Pipeline(document: try #require(project.document)).generate(
            GeneratorOptions(layout: layout, receiving: project.configuration.receiving))
        try #require(!outcome.hasErrors, "\(outcome.diagnostics.map(\.description))")
        return outcome.files
    }
}
