/// The files of a document, each loaded and read once.
final class SourceFiles {
    private let loader: any DocumentLoader
    private let diagnostics: DiagnosticList
    private let limits: YAMLLimits
    private var files: [String: SourceFile] = [:]
    private var failures: [String: DocumentLoadError?] = [:]
    private static let fileLimit = 5000

    /// The files that could be read, in the order in which they were asked for.
    private(set) var all: [SourceFile] = []

    init(loader: any DocumentLoader, diagnostics: DiagnosticList, limits: YAMLLimits) {
        self.loader = loader
        self.diagnostics = diagnostics
        self.limits = limits
    }

    /// The names of all files, the entry document first.
    var names: [String] { all.map(\.name) }

    /// The entry document, or `nil` with an error reported.
    func readEntry(_ name: String) -> SourceFile? { file(name, askedFrom: nil) }

    /// The file `name`, or `nil` with an error reported: at the place that asks for it, or inside it where it is no YAML.
    func file(_ name: String, askedFrom place: Place?) -> SourceFile? {
        if let known = files[name] { return known }
        if let failure = failures[name] {
            if let failure { report(failure, name, at: place) }
            return nil
        }
        guard all.count < Self.fileLimit else {
            report(DocumentLoadError("the document has more than \(Self.fileLimit) files"), name, at: place)
            return nil
        }
        do throws(DocumentLoadError) {
            return read(try loader.load(name), of: name)
        } catch {
            failures[name] = .some(error)
            report(error, name, at: place)
            return nil
        }
    }

    /// Whether a file can be loaded; nothing is reported.
    func exists(_ name: String) -> Bool {
        if files[name] != nil { return true }
        return failures[name] == nil && (try? loader.load(name)) != nil
    }

    private func report(_ error: DocumentLoadError, _ name: String, at place: Place?) {
        diagnostics.add(
            Diagnostic(.error, "cannot read '\(name)': \(error.message)", at: place?.origin, hint: error.hint))
    }

    private func read(_ bytes: [UInt8], of name: String) -> SourceFile? {
        let result = YAMLReader.read(bytes, file: name, limits: limits)
        for diagnostic in result.diagnostics { diagnostics.add(diagnostic) }
        guard let root = result.root else {
            failures[name] = .some(nil)
            return nil
        }
        let declared = root["openapi"]?.scalarText.flatMap(SpecVersion.init)
        let file = SourceFile(
            name: name, root: root, version: declared ?? all.first?.version ?? .v3_1, index: all.count)
        files[name] = file
        all.append(file)
        return file
    }
}
