public import LockstepDocument

/// The part of a document that is wanted: operations by tag, path or id, with everything that they reach.
///
/// An operation is taken where one of the three names it. Schemas, security schemes and tags that no such operation reaches are
/// left out, of the types and of the published document alike.
public struct Selection: Sendable, Equatable {
    /// Names of tags.
    public var tags: [String]
    /// Paths, or beginnings of paths with a `*` at the end.
    public var paths: [String]
    /// `operationId`s.
    public var operations: [String]

    public init(tags: [String] = [], paths: [String] = [], operations: [String] = []) {
        self.tags = tags
        self.paths = paths
        self.operations = operations
    }

    /// Whether everything is wanted.
    public var isEmpty: Bool { tags.isEmpty && paths.isEmpty && operations.isEmpty }

    /// The wanted part of a description and of its bundle; an error for each word that names nothing.
    public func apply(
        to description: APIDescription, _ bundle: Bundle
    ) -> (description: APIDescription, bundle: Bundle, diagnostics: [Diagnostic]) {
        if isEmpty { return (description, bundle, []) }
        let operations = description.operations.filter(takes)
        let webhooks = description.webhooks.filter(takes)
        let part = reduced(description, operations, webhooks)
        return (part, BundleSelection(part).apply(to: bundle), findings(in: description))
    }

    // MARK: Operations

    private func takes(_ operation: Operation) -> Bool {
        if operation.tags.contains(where: tags.contains) || operations.contains(operation.id) { return true }
        guard case .endpoint = operation.role else { return false }
        return paths.contains { Self.matches(operation.path.description, $0) }
    }

    private static func matches(_ path: String, _ pattern: String) -> Bool {
        pattern.hasSuffix("*") ? path.hasPrefix(pattern.dropLast()) : path == pattern
    }

    private func findings(in description: APIDescription) -> [Diagnostic] {
        let all = description.operations + description.webhooks
        var messages: [String] = []
        for tag in tags where !all.contains(where: { $0.tags.contains(tag) }) {
            messages.append("no operation has the tag '\(tag)'")
        }
        for path in paths where !description.operations.contains(where: { Self.matches($0.path.description, path) }) {
            messages.append("there is no path '\(path)'")
        }
        for id in operations where !all.contains(where: { $0.id == id }) {
            messages.append("there is no operation '\(id)'")
        }
        let hint = "names are case-sensitive; a path may end with '*': '/users*'"
        return messages.map { Diagnostic(.error, "\($0) to be selected", at: nil, hint: hint) }
    }

    // MARK: What they reach

    private func reduced(
        _ description: APIDescription, _ operations: [Operation], _ webhooks: [Operation]
    ) -> APIDescription {
        let tags = Set((operations + webhooks).flatMap(\.tags))
        let schemes = Set(operations.flatMap(\.security.alternatives).joined().map(\.scheme))
        var part = APIDescription(
            info: description.info, version: description.version, servers: description.servers,
            tags: description.tags.filter { tags.contains($0.name) }, operations: operations, webhooks: webhooks,
            schemas: description.schemas,
            securitySchemes: description.securitySchemes.filter { schemes.contains($0.name) },
            security: description.security, resources: description.resources, files: description.files,
            extensions: description.extensions)
        let reach = Reach(part)
        part = APIDescription(
            info: part.info, version: part.version, servers: part.servers, tags: part.tags, operations: operations,
            webhooks: webhooks,
            schemas: part.schemas.filter { reach.requests.contains($0.name) || reach.responses.contains($0.name) },
            securitySchemes: part.securitySchemes, security: part.security, resources: part.resources,
            files: part.files, extensions: part.extensions)
        part.patternOrigins = description.patternOrigins
        return part
    }
}
