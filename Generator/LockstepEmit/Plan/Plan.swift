import LockstepDocument
import LockstepSchema

/// Everything that the emitters need to know: Swift names for all of a document, and what the validator checks.
struct Plan: Sendable {
    var description: APIDescription
    /// The types of the module, in document order.
    var types: [Declaration]
    /// The types that several places have alike, inside the namespace `Shared`.
    var shared: [Declaration]
    /// What the typealiases stand for, by name.
    var aliases: [String: SwiftType]
    var operations: [OperationPlan]
    /// What the server sends by itself: webhooks, then callbacks.
    var messages: [OperationPlan]
    /// The protocols that handlers implement, one a tag.
    var apis: [APIPlan]
    /// What sends the messages.
    var senders: [SenderPlan]
    var security: [SchemePlan]
    /// The shapes of the named schemas by their Swift name.
    var shapes: [String: Shape]
    var entries: [EntryPlan]
    var parameterSchemas: [ParameterSchema]
    var diagnostics: [Diagnostic]

    /// A type with typealiases followed to what they stand for.
    func resolved(_ type: SwiftType) -> SwiftType {
        var current = type
        for _ in 0...aliases.count {
            guard case .named(let name) = current, let next = aliases[name] else { return current }
            current = next
        }
        return current
    }
}

/// A protocol that handlers implement.
struct APIPlan: Sendable {
    /// `PaymentsAPI`
    var name: String
    var documentation: String?
    /// Indices of its operations.
    var operations: [Int]
}

/// A security scheme as a requirement of `SecurityAPI`.
struct SchemePlan: Sendable {
    var scheme: SecurityScheme
    var functionName: String
    var credential: Credential

    /// What the function is given.
    enum Credential: String, Sendable {
        case bearer = "BearerCredential"
        case basic = "BasicCredential"
        case apiKey = "APIKeyCredential"
        case http = "HTTPCredential"
        case mutualTLS = "ClientCertificate"
    }
}
