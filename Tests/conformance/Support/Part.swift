/// A part of the suite, read in one way.
public struct Part: Sendable {
    /// The name of the part in reports and in module names.
    public let name: String
    /// The folder below `tests/draft2020-12`; nil for OpenAPI 3.0, of which this repository has tests of its own.
    public let folder: String?
    /// Whether `format` is checked.
    public let assertsFormats: Bool
    /// Whether schemas keep their `$schema`, so that they are read as JSON Schema says and not as OpenAPI's authors mean.
    public let keepsDialect: Bool
    /// The version that documents say.
    public var version: String { folder == nil ? "3.0.3" : "3.1.0" }
    /// What the part shows.
    public let title: String

    /// Every part, in the order of reports.
    public static let all = [
        Part(
            name: "Required", folder: "", assertsFormats: false, keepsDialect: true,
            title: "required tests, read as JSON Schema"),
        Part(
            name: "Optional", folder: "optional", assertsFormats: false, keepsDialect: true,
            title: "optional tests, read as JSON Schema"),
        Part(
            name: "Format", folder: "optional/format", assertsFormats: true, keepsDialect: false,
            title: "formats, checked as OpenAPI's dialect does here"),
        Part(
            name: "Typed", folder: "", assertsFormats: true, keepsDialect: false,
            title: "required tests in OpenAPI's dialect: keywords imply a type, formats are checked"),
        Part(
            name: "Version30", folder: nil, assertsFormats: true, keepsDialect: false,
            title: "OpenAPI 3.0; the engine is asked what it means in JSON Schema"),
    ]

    /// Groups that cannot be part of a document, with the reason.
    public static let withoutDocument = [
        "cross-draft/0": "refers to a schema of draft 2019-09, which the corpus does not have"
    ]
}
