public import LockstepJSON

/// Turns JSON Schema 2020-12 into a validator program.
public struct SchemaCompiler: Sendable {
    /// A schema that callers validate against.
    public struct Entry: Sendable {
        /// The name to look it up by.
        public var name: String
        /// The schema, as `uri#/pointer`; the URI is a key of the resources or an `$id` inside one.
        public var schema: String
        /// What to record for the generated initialiser.
        public var shape: Shape
        /// Which of `readOnly` and `writeOnly` lifts a property's `required`.
        public var direction: Direction

        /// An entry.
        public init(name: String, schema: String, shape: Shape = .any, direction: Direction = .any) {
            self.name = name
            self.schema = schema
            self.shape = shape
            self.direction = direction
        }
    }

    /// Where a document travels.
    public enum Direction: String, Sendable, CaseIterable {
        /// Plain JSON Schema.
        case any
        /// To the server: `readOnly` properties need not be there.
        case request
        /// From the server: `writeOnly` properties need not be there.
        case response
    }

    /// The documents that schemas live in, by URI. A document may be a schema or hold schemas anywhere.
    public var resources: [String: JSONValue]
    /// Shapes that `Shape.named` refers to.
    public var shapes: [String: Shape]
    /// Whether `format` is checked: on for OpenAPI, off for plain JSON Schema.
    public var assertsFormats: Bool
    /// Whether `format` only describes where `$schema`, or a document's `jsonSchemaDialect`, names JSON Schema 2020-12
    /// itself and not OpenAPI's dialect of it.
    public var followsDialects: Bool

    /// A compiler over some documents.
    public init(
        resources: [String: JSONValue], shapes: [String: Shape] = [:], assertsFormats: Bool = true,
        followsDialects: Bool = false
    ) {
        self.resources = resources
        self.shapes = shapes
        self.assertsFormats = assertsFormats
        self.followsDialects = followsDialects
    }

    /// Whether a URI is that of a schema which is known without being among the resources: JSON Schema's own.
    public static func isBuiltIn(_ uri: String) -> Bool {
        MetaSchemas.value(URIReference(uri).withoutFragment) != nil
    }

    /// Whether a URI in `$schema` or `jsonSchemaDialect` names a dialect other than OpenAPI's.
    public static func isPlainDialect(_ uri: String) -> Bool { !uri.hasPrefix("https://spec.openapis.org/oas/") }

    /// Compiles the entries and all they refer to. The error holds every fault that was found.
    public func compile(_ entries: [Entry]) throws(SchemaCompileError) -> ValidatorProgram {
        var warnings: [SchemaDiagnostic] = []
        return try compile(entries, warnings: &warnings)
    }

    /// Compiles the entries, and adds to `warnings` what was understood although it should be written otherwise: patterns
    /// that are not ECMA-262.
    public func compile(
        _ entries: [Entry], warnings: inout [SchemaDiagnostic]
    ) throws(SchemaCompileError) -> ValidatorProgram {
        let builder = ProgramBuilder(self)
        let built = builder.build(entries)
        warnings += builder.warnings
        guard builder.diagnostics.isEmpty else { throw SchemaCompileError(builder.diagnostics) }
        let assembler = builder.assembler
        let patterns: PatternSet
        do {
            patterns = try PatternSet(assembler.patterns.map(\.translated), sources: assembler.patterns.map(\.source))
        } catch {
            throw SchemaCompileError([SchemaDiagnostic(uri: "", pointer: "", message: error.reason)])
        }
        return ValidatorProgram(
            ProgramParts(
                words: assembler.words, blob: assembler.blob, constants: JSONDocument(.array(assembler.constants)),
                patterns: patterns, usesDynamicReferences: builder.usesDynamicReferences, entries: built,
                comments: assembler.comments))
    }

    /// A validator of one schema, at run time.
    public static func validator(
        for schema: JSONValue, uri: String = "schema:", resources: [String: JSONValue] = [:],
        assertsFormats: Bool = true
    ) throws(SchemaCompileError) -> ValidatorEntry {
        var all = resources
        all[uri] = schema
        let compiler = SchemaCompiler(resources: all, assertsFormats: assertsFormats)
        return try compiler.compile([Entry(name: uri, schema: uri)])[uri]
    }
}

/// Faults of schemas: all that one compilation found.
public struct SchemaCompileError: Error, Sendable, CustomStringConvertible {
    /// The faults, in the order of the entries.
    public let diagnostics: [SchemaDiagnostic]

    init(_ diagnostics: [SchemaDiagnostic]) { self.diagnostics = diagnostics }

    /// One line a fault.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

/// A fault of a schema.
public struct SchemaDiagnostic: Sendable, Equatable, CustomStringConvertible {
    /// The resource's URI.
    public let uri: String
    /// The JSON Pointer of the place inside the resource.
    public let pointer: String
    /// What is wrong and what to do.
    public let message: String

    /// `uri#/pointer: what is wrong`
    public var description: String { "\(uri)#\(pointer): \(message)" }
}
