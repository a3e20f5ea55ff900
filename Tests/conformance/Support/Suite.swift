import Foundation
public import LockstepJSON

/// The JSON-Schema-Test-Suite of the corpus: its files for draft 2020-12 and the schemas that they refer to.
public struct Suite {
    /// A schema with the documents that are tried on it.
    public struct Group {
        /// `ref/12`: the file and the position in it.
        public let name: String
        /// What the suite says about it.
        public let title: String
        /// The schema as the suite has it.
        public let schema: JSONValue
        /// What it means in JSON Schema: the schema itself, but for OpenAPI 3.0.
        public let meaning: JSONValue
        /// The tries.
        public let tests: [Test]
    }

    /// A document, and whether it fits.
    public struct Test {
        /// What the suite says about it.
        public let title: String
        /// The document.
        public let data: JSONValue
        /// Whether it is valid.
        public let isValid: Bool
    }

    /// A file of the suite.
    public struct File {
        /// Its name without `.json`.
        public let name: String
        /// Its groups, in order.
        public let groups: [Group]
    }

    private let folder: URL
    private let own: URL
    /// The schemas that tests refer to, by the address that the suite gives them.
    public let remotes: [(uri: String, schema: JSONValue)]

    /// Where a suite's remote schemas are said to lie.
    public static let host = "http://localhost:1234/"

    /// Reads the suite below a folder of the corpus; `own` is the file with the tests of OpenAPI 3.0.
    public init(_ path: String, own: String) throws {
        folder = URL(filePath: path)
        self.own = URL(filePath: own)
        let root = folder.appending(path: "remotes")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
        remotes = try paths.filter { $0.hasSuffix(".json") && !$0.hasPrefix("v1/") }.map { path in
            (Self.host + path, try Self.read(root.appending(path: path)))
        }
    }

    /// The files of a part.
    public func files(_ part: Part) throws -> [File] {
        guard let name = part.folder else { return [try Self.file(own)] }
        let place = folder.appending(path: "tests/draft2020-12/\(name)")
        let urls = try FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: nil)
        return try urls.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.map(Self.file)
    }

    private static func file(_ url: URL) throws -> File {
        let name = url.deletingPathExtension().lastPathComponent
        let groups = try read(url).array ?? []
        return File(name: name, groups: groups.enumerated().map { group($1, "\(name)/\($0)") })
    }

    private static func group(_ value: JSONValue, _ name: String) -> Group {
        let tests = (value["tests"]?.array ?? []).map { test in
            Test(
                title: test["description"]?.string ?? "", data: test["data"] ?? .null,
                isValid: test["valid"]?.bool ?? false)
        }
        return Group(
            name: name, title: value["description"]?.string ?? "", schema: value["schema"] ?? true,
            meaning: value["means"] ?? value["schema"] ?? true, tests: tests)
    }

    private static func read(_ url: URL) throws -> JSONValue {
        try JSONDocument.parse([UInt8](try Data(contentsOf: url))).value
    }
}
