/// An operation that the document deprecates.
///
/// Generated code reaches its dispatcher through this protocol: naming a function that is deprecated would warn, and
/// generated code compiles without warnings.
public protocol DeprecatedOperation: SendableMetatype {
    /// The protocol that handlers implement.
    associatedtype DispatchedAPI: Sendable

    /// What is checked before the handler is called.
    static var route: Route { get }

    /// Calls the handler with a request that has passed every check.
    static func respond(_ api: DispatchedAPI, _ request: ValidRequest) async throws -> Response
}

extension Endpoint {
    /// An endpoint of a deprecated operation with the API that implements it.
    public init<Operation: DeprecatedOperation>(deprecated operation: Operation.Type, _ api: Operation.DispatchedAPI) {
        self.init(operation.route) { try await Operation.respond(api, $0) }
    }
}
