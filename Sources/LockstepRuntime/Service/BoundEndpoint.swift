/// An endpoint with everything that the service needs to run it, worked out once.
final class BoundEndpoint: Sendable {
    let route: Route
    let respond: @Sendable (ValidRequest) async throws -> Response
    let security: SecurityCheck
    let pathParameters: [Int]

    /// - Parameter pathParameters: for the i-th parameter of the template, its position among the route's parameters.
    init(_ endpoint: Endpoint, security: SecurityCheck) {
        route = endpoint.route
        respond = endpoint.respond
        self.security = security
        let names = PathTemplate(endpoint.route.template).parameterNames
        let parameters = endpoint.route.parameters
        pathParameters = names.map { name in
            parameters.firstIndex { $0.location == .path && $0.name == name } ?? -1
        }
    }
}
