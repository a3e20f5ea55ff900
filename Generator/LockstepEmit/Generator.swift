public import LockstepDocument
import LockstepJSON
import LockstepSchema

/// Generates Swift from an API description: plan, then emit.
///
/// The output is a function of the description alone: no time, no machine, no order of hashing. It never fails half-way: a
/// document with errors gives diagnostics and no files.
public enum Generator {
    /// The version that generated files name.
    public static let version = "0.1.0"

    /// The Swift files for a description, and what was found wrong with it on the way; `begin` is told of each stage.
    public static func generate(
        _ description: APIDescription, bundle: Bundle, options: GeneratorOptions = GeneratorOptions(),
        begin: (Phase) -> Void = { _ in }
    ) -> GeneratorResult {
        begin(.plan)
        let plan = Planner.plan(
            options.receiving.map { description.receivingWebhooks(below: $0) } ?? description)
        var diagnostics = plan.diagnostics
        if options.receiving != nil, description.webhooks.isEmpty {
            diagnostics.append(Diagnostic(.warning, "the document has no webhooks to be received", at: nil))
        }
        begin(.validators)
        let validators = ValidatorTable.compile(plan)
        diagnostics += validators.diagnostics
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            return GeneratorResult(files: [], diagnostics: diagnostics)
        }
        begin(.emit)
        let tables = RouteTableWriter(plan: plan)
        let contract = ContractEmitter(
            routes: tables.text(), messages: tables.messages(), validators: validators.text, bundle: bundle)
        let layout = FileLayout(plan: plan, contract: contract, source: description.files.first ?? "the document")
        let files: [GeneratedFile]
        switch options.layout {
        case .shards(let count): files = layout.shards(count, options.parts)
        case .tags: files = layout.byTag(options.parts)
        }
        return GeneratorResult(files: files, diagnostics: diagnostics)
    }

    /// The number of shards for documents of so many bytes in all, where nothing else is configured: 8 up to half a megabyte,
    /// twice as many for each doubling, at most 64. `LockstepPlugin` counts in the same way.
    ///
    /// What depends on an edited type lies in fewer lines then, and compiling all is no slower.
    public static func shards(forBytes bytes: Int) -> Int {
        var shards = GeneratorOptions.defaultShards
        while shards < 64, bytes > shards * 65_536 { shards *= 2 }
        return shards
    }

    /// The names of the files that `Layout.shards` gives, whatever the document holds.
    public static func shardNames(_ count: Int) -> [String] {
        FileLayout.shardNames(count)
    }
}

/// What to generate and how to divide it into files.
public struct GeneratorOptions: Sendable {
    /// A part of the output.
    public enum Part: String, Sendable, CaseIterable {
        /// The types of the schemas.
        case types
        /// Operations, protocols and tables.
        case server
    }

    /// How the output is divided into files.
    public enum Layout: Sendable {
        /// A fixed number of files, for the build plugin.
        case shards(Int)
        /// One file a tag, for people.
        case tags
    }

    /// The number of shards of a document that is not large.
    public static let defaultShards = 8

    public var parts: Set<Part>
    public var layout: Layout
    /// The path below which webhooks are received; where there is none, they are sent.
    public var receiving: String?

    public init(
        parts: Set<Part> = Set(Part.allCases), layout: Layout = .shards(GeneratorOptions.defaultShards),
        receiving: String? = nil
    ) {
        self.parts = parts
        self.layout = layout
        self.receiving = receiving
    }
}

/// What a generation gives.
public struct GeneratorResult: Sendable {
    /// The files; none where there are errors.
    public let files: [GeneratedFile]
    /// All findings of the plan and of the schemas' compilation.
    public let diagnostics: [Diagnostic]
}
