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

    /// The route knows callers, and this request has none: no credential, where none is needed, or one that is not accepted.
    /// In the second case 401 follows, unless this throws something else.
    func admitUnauthorized(_ request: Request, to route: Route, _ context: RequestContext) async throws -> HTTPFields

    /// The request was refused with a status from 400 to 499, such as a login with a wrong password.
    func refused(_ request: Request, to route: Route, with problem: Problem, _ context: RequestContext) async
}

extension Admission {
    /// Nothing comes of it.
    public func admitUnauthorized(
        _ request: Request, to route: Route, _ context: RequestContext
    ) async throws -> HTTPFields { HTTPFields() }

    /// Nothing comes of it.
    public func refused(_ request: Request, to route: Route, with problem: Problem, _ context: RequestContext) async {}
}
