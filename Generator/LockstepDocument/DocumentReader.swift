/// Reads an OpenAPI document: the stages from bytes to the IR.
///
/// 1. Each file becomes a tree whose values know their places (`YAMLReader`).
/// 2. From the entry along every `$ref`, objects are checked against the specification's grammar, references made absolute,
///    3.0 and 3.2 brought into the 3.1 model (`DocumentChecker`, `SchemaChecker`).
/// 3. The checked tree becomes the IR (`DescriptionBuilder`), the normalised sources (`ResourceBuilder`) and one document to
///    publish (`Bundler`).
///
/// Findings are values. Where the intent is clear they are warnings and reading goes on; all errors are collected first.
public struct DocumentReader: Sendable {
    private let loader: any DocumentLoader
    private let limits: YAMLLimits

    /// A reader of the files that `loader` gives.
    public init(loader: any DocumentLoader) {
        self.init(loader: loader, limits: YAMLLimits())
    }

    init(loader: any DocumentLoader, limits: YAMLLimits) {
        self.loader = loader
        self.limits = limits
    }

    /// What reading gave.
    public struct Result: Sendable {
        /// The API; `nil` where there are errors.
        public var description: APIDescription?
        /// The document as one file, for publishing; `nil` where there are errors.
        public var bundle: Bundle?
        /// Everything found, by file and place.
        public var diagnostics: [Diagnostic]
        /// Every file that was read, the entry document first, also where there are errors.
        public var files: [String]

        /// Whether any diagnostic is an error.
        public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
    }

    /// Reads the document whose entry is the file `name`, such as `openapi.yaml`.
    ///
    /// - Parameter begin: is told of each stage when it begins.
    public func read(_ name: String, begin: (Phase) -> Void = { _ in }) -> Result {
        let diagnostics = DiagnosticList()
        let files = SourceFiles(loader: loader, diagnostics: diagnostics, limits: limits)
        var result = Result(diagnostics: [], files: [])
        begin(.read)
        if let entry = files.readEntry(name), isOpenAPI(entry, diagnostics) {
            let resolver = Resolver(files: files)
            begin(.check)
            DocumentChecker(entry: entry, resolver: resolver, diagnostics: diagnostics).run()
            begin(.build)
            let builder = DescriptionBuilder(entry: entry, files: files, resolver: resolver, diagnostics: diagnostics)
            let description = builder.build()
            if !diagnostics.hasErrors {
                begin(.bundle)
                result.description = description
                result.bundle = Bundler(entry: entry, resolver: resolver, schemaNames: builder.schemas.names).bundle()
            }
        }
        result.diagnostics = diagnostics.sorted(files: files.names)
        result.files = files.names
        return result
    }

    /// Whether the entry says that it is an OpenAPI document of a version that is understood.
    private func isOpenAPI(_ entry: SourceFile, _ diagnostics: DiagnosticList) -> Bool {
        let place = entry.place
        guard place.node.mapping != nil else {
            diagnostics.error("an OpenAPI document is an object, and this is \(place.node.typeName)", at: place)
            return false
        }
        if let version = place["swagger"] {
            diagnostics.error(
                "this is a Swagger 2.0 document, which is not supported", at: version,
                hint: "convert it to OpenAPI 3 first")
            return false
        }
        guard let version = place["openapi"] else {
            diagnostics.error(
                "'openapi' is missing: this is no OpenAPI document", at: place, hint: "begin with 'openapi: 3.1.0'")
            return false
        }
        guard let text = version.node.scalarText, SpecVersion(text) != nil else {
            diagnostics.error(
                "this version of OpenAPI is not supported", at: version, hint: "3.0, 3.1 and 3.2 are")
            return false
        }
        return true
    }
}
