/// An endpoint with everything that the service needs to run it, worked out once.
final class BoundEndpoint: Sendable {
    let route: Route
    let respond: @Sendable (ValidRequest) async throws -> Response
    let security: SecurityCheck
    /// Whether anything looks at the query.
    let readsQuery: Bool
    let queryParameters: [ParameterDefinition]
    /// Query parameters that carry API keys.
    let queryKeyNames: [String]
    /// Whether there is anything to read before the body.
    let readsParameters: Bool
    /// Whether the operation declares 304 for GET.
    let declaresNotModified: Bool
    /// Whether the operation declares 404.
    let declaresNotFound: Bool
    private let pathNames: [String]

    init(_ endpoint: Endpoint, security: SecurityCheck) throws(ServiceConfigurationError) {
        let route = endpoint.route
        self.route = route
        self.security = security
        respond = endpoint.respond
        queryParameters = route.parameters.filter { $0.location == .query }
        readsQuery = !queryParameters.isEmpty || route.refusesUnknownQuery
        readsParameters = readsQuery || !route.parameters.isEmpty
        declaresNotModified = route.method == .get && route.responses.contains { $0.status == .code(304) }
        queryKeyNames = route.security.flatMap { $0 }.compactMap {
            if case .apiKeyInQuery(let name) = $0.scheme.kind { name } else { nil }
        }
        declaresNotFound = route.response(for: 404) != nil
        pathNames = PathTemplate(route.template).parameterNames
        for definition in route.parameters where definition.location == .path {
            guard pathNames.contains(definition.name) else {
                throw ServiceConfigurationError("\(route) has no path parameter '\(definition.name)' in its template")
            }
        }
    }

    /// Which capture of the path a parameter is.
    func captureIndex(of definition: ParameterDefinition) -> Int? {
        pathNames.firstIndex(of: definition.name)
    }
}
