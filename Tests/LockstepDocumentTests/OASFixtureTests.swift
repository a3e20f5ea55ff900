import Foundation
import LockstepDocument
import Testing

@Suite("OpenAPI Initiative's pass and fail documents")
struct OASFixtureTests {
    private static let passFolders: [(String, Int)] = [
        ("v3.0/_archive_/schemas/v3.0/pass", 6), ("v3.1/tests/schema/pass", 35), ("v3.2/tests/schema/pass", 37),
    ]

    @Test("documents that conform give no error", arguments: passFolders)
    func passing(_ path: String, _ count: Int) throws {
        guard let folder = Corpus.folder("oas-schema-fixtures/\(path)") else { return }
        let documents = try Corpus.documents(in: folder)
        #expect(documents.count == count)
        for file in documents {
            let result = try Corpus.read(file)
            let errors = result.diagnostics.filter { $0.severity == .error }
            #expect(errors.isEmpty, "\(errors.map(\.description).joined(separator: "\n"))")
            let json = try #require(result.bundle).json()
            let again = DocumentReader(loader: InMemoryLoader(["bundle.json": json])).read("bundle.json")
            #expect(!again.hasErrors, "\(file.lastPathComponent), published: \(again.diagnostics)")
        }
    }

    /// Where each document breaks the specification, and whether that is an error here.
    ///
    /// The meta-schema only knows valid and invalid. An error is what has no meaning that could be generated, or two that differ;
    /// a warning, where what was meant is clear or has no part in the code: an empty value, one server that is no list, an
    /// example too many, what says something of XML.
    private static let broken: [String: [String: String]] = [
        "v3.1/tests/schema/fail": [
            "example-examples": "14:7 warning", "header-object-allowReserved": "12:7 warning",
            "invalid_schema_types": "11:5 error", "link-object-no-body": "10:7 warning", "no_containers": "1:1 error",
            "parameter-object-cookie-form-allowReserved": "11:7 warning",
            "parameter-object-header-allowReserved": "10:7 warning",
            "parameter-object-path-allowReserved": "10:7 warning", "server_enum_empty": "13:9 warning",
            "servers": "9:1 warning", "unknown_container": "8:1 warning",
        ],
        "v3.2/tests/schema/fail": [
            "encoding-enc-item-exclusion": "13:13 warning", "encoding-enc-prefix-exclusion": "13:13 error",
            "example-examples": "14:7 warning", "example-object-old-exclusions": "10:7 warning",
            "example-object-old-vs-data": "10:7 warning", "example-object-old-vs-ser": "10:7 warning",
            "example-object-ser-exclusions": "10:7 warning", "header-object-allowReserved": "12:7 warning",
            "header-object-name": "11:13 warning", "invalid_schema_types": "11:5 error",
            "media-type-enc-item-exclusion": "11:11 warning", "media-type-enc-prefix-exclusion": "11:11 warning",
            "no_containers": "1:1 error", "operation-object-query-with-querystring": "17:13 error",
            "operation-object-two-querystrings": "16:13 error",
            "parameter-object-content-not-with-style": "14:7 warning",
            "parameter-object-cookie-allowReserved": "11:7 warning",
            "parameter-object-header-allowReserved": "10:7 warning", "parameter-object-header-name": "8:7 warning",
            "parameter-object-path-name": "8:7 error", "parameter-object-querystring-not-with-schema": "10:7 warning",
            "path-item-object-conflicting-additional-operation": "37:7 warning",
            "path-item-object-query-with-querystring": "15:11 error",
            "path-item-object-two-querystrings": "15:11 error", "server_enum_empty": "13:9 warning",
            "servers": "9:1 warning", "unknown_container": "8:1 warning", "xml-attr-exclusion": "10:9 warning",
            "xml-wrapped-exclusion": "10:9 warning",
        ],
    ]

    @Test("documents that do not conform give a diagnostic where they do not", arguments: broken.keys.sorted())
    func failing(_ path: String) throws {
        guard let folder = Corpus.folder("oas-schema-fixtures/\(path)") else { return }
        let documents = try Corpus.documents(in: folder)
        let expected = try #require(Self.broken[path])
        #expect(documents.map { $0.deletingPathExtension().lastPathComponent } == expected.keys.sorted())
        for file in documents {
            let found = try Corpus.read(file).diagnostics.map { diagnostic in
                "\(diagnostic.origin?.line ?? 0):\(diagnostic.origin?.column ?? 0) \(diagnostic.severity.rawValue)"
            }
            let place = try #require(expected[file.deletingPathExtension().lastPathComponent])
            #expect(found.contains(place), "\(path)/\(file.lastPathComponent): \(found)")
        }
    }
}
