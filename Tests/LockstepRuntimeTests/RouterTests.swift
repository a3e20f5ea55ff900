@testable import LockstepRuntime
import Testing

@Suite struct RouterTests {
    private static func endpoint(
        _ method: HTTPMethod, _ template: String, bases: [String] = [""], givesWay: Bool = false
    ) throws -> BoundEndpoint {
        let route = Route(
            operationID: "\(method) \(template)", method: method, template: template, basePaths: bases,
            givesWay: givesWay, tags: [], extensions: [:],
            parameters: [], parameterValidator: nil, refusesUnknownQuery: false, body: nil, responses: [],
            security: [])
        return try BoundEndpoint(
            Endpoint(route) { _ in Response(200) }, security: SecurityCheck(route, authenticators: [:]))
    }

    private static let templates = [
        "/", "/payments", "/payments/{id}", "/payments/reports", "/payments/{id}/cancel", "/payments/reports/{day}",
        "/files/{name}.{format}", "/files/{name}.json", "/files/{name}", "/a/{x}/c", "/a/b/d", "/caf%C3%A9",
        "/range/{from}-{to}",
    ]

    private static func router(aliases: [String: String] = [:]) throws -> Router {
        var endpoints = try templates.map { try endpoint(.get, $0) }
        endpoints.append(try endpoint(.post, "/payments"))
        endpoints.append(try endpoint(.options, "/a/b/d"))
        return try Router(endpoints, aliases: aliases)
    }

    /// The template that a path leads to with the texts of its parameters, or what else the router says.
    private static func find(_ method: HTTPMethod, _ path: String, _ router: Router) -> String {
        switch router.match(method, path[...]) {
        case .endpoint(let endpoint, let captures):
            let bytes = Array(path.utf8)
            let texts = (0..<captures.count).map { String(decoding: bytes[captures[$0]], as: UTF8.self) }
            return ([endpoint.route.template] + texts).joined(separator: " ")
        case .methodNotAllowed(let allow): return "405 \(allow)"
        case .options(let allow): return "OPTIONS \(allow)"
        case .notFound: return "404"
        case .malformed: return "400"
        }
    }

    @Test("of two operations with one path the document's first is served, in whatever order they come")
    func givesWay() throws {
        let first = try Self.endpoint(.get, "/v1/{name}")
        let second = try Self.endpoint(.get, "/v1/{parent}", givesWay: true)
        let third = try Self.endpoint(.get, "/v1/{other}", givesWay: true)
        for endpoints in [[first, second, third], [third, second, first], [second, first, third]] {
            #expect(Self.find(.get, "/v1/a", try Router(endpoints)) == "/v1/{name} a")
        }
        #expect(Self.find(.get, "/v1/a", try Router([second])) == "/v1/{parent} a")
        #expect(throws: Router.Conflict.self) { try Router([second, second]) }
        #expect(throws: Router.Conflict.self) { try Router([first, Self.endpoint(.get, "/v1/{parent}")]) }
    }

    @Test(arguments: [
        ("/", "/"), ("/payments", "/payments"), ("/payments/7", "/payments/{id} 7"),
        ("/payments/reports", "/payments/reports"), ("/payments/reports/cancel", "/payments/reports/{day} cancel"),
        ("/payments/7/cancel", "/payments/{id}/cancel 7"), ("/payments/report", "/payments/{id} report"),
        ("/payments/", "404"), ("/payments//cancel", "404"), ("/nothing", "404"), ("payments", "404"), ("", "404"),
        ("/Payments", "404"), ("/payments/7/", "404"),
        ("/files/a.json", "/files/{name}.json a"), ("/files/a.b.png", "/files/{name}.{format} a b.png"),
        ("/files/a", "/files/{name} a"), ("/files/.json", "/files/{name} .json"),
        ("/range/1-2-3", "/range/{from}-{to} 1 2-3"), ("/range/1", "404"),
        ("/a/b/c", "/a/{x}/c b"), ("/a/b/d", "/a/b/d"), ("/a/b/e", "404"),
        ("/p%61yments", "/payments"), ("/payments/a%2Fb", "/payments/{id} a%2Fb"), ("/caf%c3%a9", "/caf%C3%A9"),
        ("/payments/.", "404"), ("/payments/..", "404"), ("/payments/%2e%2E", "404"),
        ("/payments/...", "/payments/{id} ..."),
        ("/payments/%", "400"), ("/payments/%4", "400"), ("/payments/%zz", "400"), ("/%2", "400"),
    ])
    func findsTheMostLiteralTemplate(_ path: String, _ expected: String) throws {
        #expect(try Self.find(.get, path, Self.router()) == expected)
    }

    @Test func tellsWhichMethodsThereAre() throws {
        let router = try Self.router()
        #expect(Self.find(.delete, "/payments", router) == "405 GET, POST, HEAD, OPTIONS")
        #expect(Self.find(.trace, "/payments", router) == "405 GET, POST, HEAD, OPTIONS")
        #expect(Self.find(.options, "/payments", router) == "OPTIONS GET, POST, HEAD, OPTIONS")
        #expect(Self.find(.options, "/a/b/d", router) == "/a/b/d")
        #expect(Self.find(.head, "/payments", router) == "/payments")
        #expect(Self.find(HTTPMethod("get"), "/payments", router).hasPrefix("405"))
    }

    @Test func servesAliasesOfAPrefix() throws {
        let router = try Self.router(aliases: ["/v1/payments": "/payments", "/other": "/pay"])
        #expect(Self.find(.get, "/v1/payments/7/cancel", router) == "/payments/{id}/cancel 7")
        #expect(Self.find(.get, "/v1/payments", router) == "/payments")
        #expect(Self.find(.get, "/payments/7", router) == "/payments/{id} 7")
        #expect(Self.find(.get, "/otherments", router) == "404")
    }

    @Test func mountsPathsBehindTheServersOfTheDocumentOrAnotherPath() throws {
        let endpoints = try [
            Self.endpoint(.get, "/pets/{id}", bases: ["/v1", ""]), Self.endpoint(.get, "/files", bases: ["/files.d"]),
        ]
        let document = try Router(endpoints, base: .document, aliases: ["/old": "/v1"])
        #expect(Self.find(.get, "/v1/pets/7", document) == "/pets/{id} 7")
        #expect(Self.find(.get, "/pets/7", document) == "/pets/{id} 7")
        #expect(Self.find(.get, "/old/pets/7", document) == "/pets/{id} 7")
        #expect(Self.find(.get, "/files.d/files", document) == "/files")
        #expect(Self.find(.get, "/files", document) == "404" && Self.find(.get, "/v1/files", document) == "404")
        let root = try Router(endpoints)
        #expect(Self.find(.get, "/files", root) == "/files" && Self.find(.get, "/v1/pets/7", root) == "404")
        for base in ["/api/v2", "/api/v2/"] as [BasePath] {
            let other = try Router(endpoints, base: base)
            #expect(Self.find(.get, "/api/v2/files", other) == "/files" && Self.find(.get, "/files", other) == "404")
        }
        #expect(try Self.find(.get, "/files", Router(endpoints, base: "/")) == "/files")
        for wrong in ["v1", "/v{x}", "/a//b", "/v1?x", "//"] as [BasePath] {
            #expect(throws: Router.Conflict.self) { try Router(endpoints, base: wrong) }
        }
    }

    @Test func refusesTwoEndpointsForOnePath() throws {
        let endpoints = try [Self.endpoint(.get, "/a/{x}"), Self.endpoint(.get, "/a/{y}")]
        #expect(throws: Router.Conflict.self) { try Router(endpoints) }
    }
}
