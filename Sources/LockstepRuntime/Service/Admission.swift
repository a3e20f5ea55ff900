/// Decides whether a request may be answered now. Rate limits are the usual reason why not.
///
/// The service asks twice, because some limits go by address and must hold before a credential is looked at, and others go
/// by who is calling. Each answer is the fields to put on the response, whatever its status; a refusal is a ``Problem``.
public protocol Admission: Sendable {
    /// The route is known (or there is none), security has not been decided.
    func admit(_ request: Request, to route: Route?, _ context: RequestContext) async throws -> HTTPFields

    /// The caller is known.
    func admit(
        _ request: Request, to route: Route, by principal: Principal, _ context: RequestContext
    ) async throws -> HTTPFields
}
