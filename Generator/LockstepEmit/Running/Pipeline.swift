import FoundationEssentials
public import LockstepDocument

/// The whole way from files on disk to generated files, for the tools.
public struct Pipeline: Sendable {
    /// The folder that diagnostics' file names are relative to.
    public let folder: String
    /// The entry document, relative to `folder`.
    public let document: String
    private let loader: FileLoader

    /// The part of the document that is wanted.
    private let selection: Selection
    private let progress: Progress?

    /// A pipeline for a document or a part of it; `declared` are the files that it may read (absolute paths), all when `nil`.
    public init(
        document path: String, declared: [String]? = nil, selection: Selection = Selection(),
        progress: Progress? = nil
    ) {
        self.selection = selection
        self.progress = progress
        folder = FilePath.folder(of: path)
        document = FilePath.name(of: path)
        loader = FileLoader(folder: folder, declared: declared)
    }

    /// What a run gave.
    public struct Outcome: Sendable {
        public var description: APIDescription?
        public var bundle: Bundle?
        public var files: [GeneratedFile] = []
        public var diagnostics: [Diagnostic] = []

        public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
    }

    /// Reads and generates.
    public func generate(_ options: GeneratorOptions = GeneratorOptions()) -> Outcome {
        var outcome = read()
        guard !outcome.hasErrors, let description = outcome.description, let bundle = outcome.bundle else {
            return outcome
        }
        let result = Generator.generate(description, bundle: bundle, options: options) { progress?.begin($0) }
        progress?.end()
        outcome.files = result.files
        outcome.diagnostics += result.diagnostics
        return outcome
    }

    /// Reads the document and all that it refers to, and takes the part that is wanted.
    public func read() -> Outcome {
        let result = DocumentReader(loader: loader).read(document) { progress?.begin($0) }
        progress?.end()
        var outcome = Outcome(description: result.description, diagnostics: result.diagnostics)
        outcome.bundle = result.bundle
        guard let description = result.description, let bundle = result.bundle else { return outcome }
        let part = selection.apply(to: description, bundle)
        outcome.description = part.description
        outcome.bundle = part.bundle
        outcome.diagnostics += part.diagnostics
        return outcome
    }
}

/// Finds what to generate from in a folder: the configuration, or a document with a usual name.
public enum Project {
    /// The entry document's absolute path and the configuration; errors where there is none.
    public static func find(in folder: String) -> (document: String?, configuration: Configuration, [Diagnostic]) {
        var configuration = Configuration()
        var diagnostics: [Diagnostic] = []
        if let data = FileManager.default.contents(atPath: FilePath.join(folder, Configuration.fileName)) {
            (configuration, diagnostics) = Configuration.parse(String(decoding: data, as: UTF8.self))
        }
        if let document = configuration.document {
            return (FilePath.join(folder, document), configuration, diagnostics)
        }
        for name in Configuration.documentNames {
            let path = FilePath.join(folder, name)
            if FileManager.default.fileExists(atPath: path) { return (path, configuration, diagnostics) }
        }
        let names = Configuration.documentNames.joined(separator: ", ")
        diagnostics.append(
            Diagnostic(
                .error, "there is no OpenAPI document in \(folder)", at: nil,
                hint: "add one of \(names), or a \(Configuration.fileName) with a line 'document: FILE'"))
        return (nil, configuration, diagnostics)
    }
}
