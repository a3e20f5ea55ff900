import Foundation
import LockstepDocument
import Testing

@Suite("Documents of the corpus")
struct CorpusTests {
    @Test("every document reads to an IR, or to errors with places")
    func everyDocumentReads() throws {
        guard let folder = Corpus.folder("openapi") else { return }
        for file in try Corpus.documents(in: folder) {
            let clock = ContinuousClock()
            var result: DocumentReader.Result?
            let time = try clock.measure { result = try Corpus.read(file) }
            let read = try #require(result)
            let errors = read.diagnostics.filter { $0.severity == .error }
            let warnings = read.diagnostics.filter { $0.severity == .warning }
            print(
                "\(file.lastPathComponent): \(time.formatted(.units(allowed: [.milliseconds]))), "
                    + "\(read.description?.operations.count ?? 0) operations, "
                    + "\(read.description?.schemas.count ?? 0) schemas, \(errors.count) errors, \(warnings.count) warnings"
            )
            if ProcessInfo.processInfo.environment["SHOW_DIAGNOSTICS"] != nil {
                for diagnostic in errors.prefix(20) { print("   \(diagnostic)") }
                for diagnostic in warnings.prefix(12) { print("   \(diagnostic)") }
            }
            #expect(read.description != nil || !errors.isEmpty)
            #expect(errors.allSatisfy { $0.origin != nil })
        }
    }

    @Test("what is published of a document reads to the same operations and schemas, in JSON and in YAML")
    func bundlesReadAgain() throws {
        guard let folder = Corpus.folder("openapi") else { return }
        for file in try Corpus.documents(in: folder) where try Data(contentsOf: file).count < 150_000 {
            let read = try Corpus.read(file)
            let (api, bundle) = (try #require(read.description), try #require(read.bundle))
            for text in [bundle.json(), bundle.yaml()] {
                let again = DocumentReader(loader: InMemoryLoader(["bundle.yaml": text])).read("bundle.yaml")
                #expect(again.bundle?.document == bundle.document, "\(file.lastPathComponent)")
                #expect(again.description?.operations.map(\.id) == api.operations.map(\.id))
                #expect(again.description?.schemas.map(\.name) == api.schemas.map(\.name))
            }
        }
    }
}
