import Foundation
import Testing

@testable import LockstepDocument

/// Holds `docs/supported-openapi.md` against the reader's grammar and against the tests that it refers to.
@Suite("The page of what is supported")
struct SupportedPageTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private let page: String

    init() throws {
        page = try String(contentsOf: Self.root.appending(path: "docs/supported-openapi.md"), encoding: .utf8)
    }

    /// The rows of a section: the first column's names.
    private func rows(of section: String) -> [String] {
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(of: "### \(section)") else { return [] }
        return lines[(start + 1)...].prefix { !$0.hasPrefix("#") }.compactMap { line in
            guard line.hasPrefix("| `"), let end = line.dropFirst(3).firstIndex(of: "`") else { return nil }
            return String(line.dropFirst(3)[..<end])
        }
    }

    @Test("every object of the grammar has a section, and every field of OpenAPI 3.1 a row")
    func fields() {
        let kinds: [ObjectKind] = [
            .openAPI, .info, .contact, .license, .server, .serverVariable, .components, .paths, .pathItem, .operation,
            .externalDocumentation, .parameter, .requestBody, .mediaType, .encoding, .responses, .response, .callback,
            .example, .link, .header, .tag, .discriminator, .xml, .securityScheme, .oauthFlows, .oauthFlow,
            .securityRequirement,
        ]
        for kind in kinds {
            let rows = rows(of: kind.rawValue)
            let fields = Grammar.of(kind).fields.values.filter { $0.since <= .v3_1 && $0.until >= .v3_1 }.map(\.name)
            #expect(!rows.isEmpty, "\(kind.rawValue)")
            for field in fields { #expect(rows.contains(field), "\(kind.rawValue): \(field)") }
            let known = Set(fields + ["/{path}", "{expression}", "{status}", "{name}"])
            for row in rows { #expect(known.contains(row), "\(kind.rawValue) has no \(row)") }
        }
    }

    @Test("every keyword of schemas has a row")
    func keywords() {
        let sections = ["Core", "Applicators", "Assertions", "Annotations", "Schema Object"]
        #expect(Set(sections.flatMap(rows)) == Set(SchemaKeywords.shapes.keys))
    }

    @Test("every link leads to a test that is there, or to a diagnostic that is given")
    func links() throws {
        let links = page.matches(of: /\[([^\]]+)\]\(([^)]+)\)/)
        #expect(links.count > 250)
        var texts: [String: String] = [:]
        for link in links {
            let (name, path) = (String(link.1), String(link.2))
            let text =
                try texts[path]
                ?? String(
                    contentsOf: Self.root.appending(path: "docs").appending(path: path).standardizedFileURL,
                    encoding: .utf8)
            texts[path] = text
            if path.hasSuffix(".tsv") {
                let row = text.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
                    .first { $0.prefix(2).joined(separator: " ") == name }
                #expect(row.map { $0[3] == $0[4] } == true, "\(name) in \(path)")
            } else if path.hasPrefix("../") {
                #expect(Self.declares(name, in: text, isSwift: path.hasSuffix(".swift")), "\(name) in \(path)")
            }
        }
    }

    /// Whether a test file has a test of this name, or of a name that begins so; another file, the text.
    private static func declares(_ name: String, in text: String, isSwift: Bool) -> Bool {
        guard isSwift else { return text.contains(name) }
        return ["@Test(\"\(name)", "@Test(\n        \"\(name)", "func `\(name)", "func \(name)("].contains {
            text.contains($0)
        }
    }
}
