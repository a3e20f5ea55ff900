internal import LockstepDocument
internal import LockstepEmit

extension FuzzTarget {
    /// The reader of YAML and JSON documents, and the generator behind it: a result or an error that says where.
    static let document = FuzzTarget(name: "document") { bytes in
        let result = DocumentReader(loader: InMemoryLoader(bytes: ["openapi.yaml": bytes])).read("openapi.yaml")
        guard let description = result.description, let bundle = result.bundle else {
            if !result.hasErrors { fail("a document that gives no description has an error") }
            return
        }
        let generated = Generator.generate(description, bundle: bundle)
        let hasErrors = generated.diagnostics.contains { $0.severity == .error }
        if generated.files.isEmpty != hasErrors { fail("files come where no error is, and only there") }
    }
}
