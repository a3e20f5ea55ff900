import LockstepDocument

/// Writes what handlers implement: one protocol a tag, and the authentication of the document's security schemes.
struct APIEmitter {
    let plan: Plan

    /// One protocol with its endpoints and its opt-in for operations that are not implemented yet.
    func emit(_ api: APIPlan) -> SourceText {
        let operations = api.operations.map { plan.operations[$0] }
        let documentation = DocumentationComment.make([
            api.documentation ?? "The operations that a handler implements."
        ])
        return """
            // MARK: - \(api.name)

            \(documentation)
            public protocol \(api.name): Sendable {
                \(SourceText(blocks: operations.map { requirement($0, isDocumented: true) }))
            }

            extension \(api.name) {
                /// Registers the operations: one endpoint each.
                public var endpoints: [Endpoint] {
                    \(ListLiteral.make(operations.map(endpoint)))
                }
            }

            /// Answers 501 for each operation that the handler does not implement: for adoption piece by piece.
            public protocol Unimplemented\(api.name): \(api.name) {}

            extension Unimplemented\(api.name) {
                \(SourceText(blocks: operations.map(unimplemented)))
            }
            """
    }

    private func requirement(_ operation: OperationPlan, isDocumented: Bool) -> SourceText {
        """
        \(isDocumented ? OperationEmitter.documentation(operation, width: 106) : "")
        \(operation.operation.isDeprecated ? "@available(*, deprecated)" : "")
        \(signature(operation))
        """
    }

    private func signature(_ operation: OperationPlan, ending: String = "") -> SourceText {
        let name = SwiftName.escaped(operation.functionName)
        var arguments = ["_ input: \(operation.typeName).Input"]
        switch operation.principal {
        case .none: break
        case .optional: arguments.append("_ principal: Principal?")
        case .required: arguments.append("_ principal: Principal")
        }
        arguments.append("_ context: RequestContext")
        let line = "func \(name)(\(arguments.joined(separator: ", "))) async throws -> \(operation.typeName).Output"
        let access = ending.isEmpty ? "" : "public "
        if access.count + line.count + ending.count <= 114 { return SourceText(access + line + ending) }
        return """
            \(access)func \(name)(
                \(arguments.joined(separator: ",\n"))
            ) async throws -> \(operation.typeName).Output\(ending)
            """
    }

    private func endpoint(_ operation: OperationPlan) -> String {
        if operation.operation.isDeprecated { return "Endpoint(deprecated: \(operation.typeName).self, self)" }
        return "Endpoint(\(operation.typeName).route, self, \(operation.typeName).respond)"
    }

    private func unimplemented(_ operation: OperationPlan) -> SourceText {
        """
        \(signature(operation, ending: " {"))
            throw Problem.notImplemented
        }
        """
    }

    // MARK: Security

    /// The protocol that turns credentials into principals; nothing where the document has no security schemes.
    func security() -> SourceText {
        guard !plan.security.isEmpty else { return "" }
        return """
            // MARK: - SecurityAPI

            /// The security schemes of the document: what turns a credential into a principal.
            ///
            /// Throw `AuthenticationError` to answer 401. Roles and scopes are checked by the route afterwards.
            public protocol SecurityAPI: Sendable {
                \(SourceText(blocks: plan.security.map(scheme)))
            }

            extension SecurityAPI {
                /// The checks of all schemes, by their names in the document.
                public var authenticators: [String: Authenticator] {
                    \(ListLiteral.make(plan.security.map(authenticator)))
                }
            }
            """
    }

    private func scheme(_ scheme: SchemePlan) -> SourceText {
        let documentation = DocumentationComment.make(
            [scheme.scheme.description, "Security scheme `\(scheme.scheme.name)` (\(scheme.scheme.origin))"], width: 106
        )
        let name = SwiftName.escaped(scheme.functionName)
        return """
            \(documentation)
            func \(name)(_ credential: \(scheme.credential.rawValue), _ context: RequestContext) async throws -> Principal
            """
    }

    private func authenticator(_ scheme: SchemePlan) -> String {
        let kind: String
        switch scheme.credential {
        case .bearer: kind = "bearer"
        case .basic: kind = "basic"
        case .apiKey: kind = "apiKey"
        case .http: kind = "http"
        case .mutualTLS: kind = "mutualTLS"
        }
        return "\(SwiftLiteral.string(scheme.scheme.name)): .\(kind)(self.\(SwiftName.afterDot(scheme.functionName)))"
    }
}
