import LockstepRuntime
import LockstepTesting

/// A small API over every kind of parameter, body, security and response, with handlers that echo what they were given.
struct ServiceFixture {
    let table: RouteTable
    let recorder = DriftRecorder()
    let sink = RecordingSink()
    let time = ManualTime(Timestamp(seconds: 1_000_000))

    init() throws {
        let compiler = SchemaCompiler(resources: Self.schemas.mapValues { $0 })
        let entries = Self.schemas.keys.sorted().map { name in
            SchemaCompiler.Entry(name: name, schema: name, shape: Self.shape(of: name))
        }
        table = try RouteTable(parsing: Array(Self.tableText.utf8), validators: compiler.compile(entries))
    }

    /// A client of the service; responses are checked against the table and recorded.
    func client(_ change: (inout APIService.Configuration) -> Void = { _ in }) throws -> TestClient {
        var configuration = APIService.Configuration()
        configuration.validatesResponses = true
        configuration.recorder = recorder
        configuration.pathAliases = ["/v1": "/payments"]
        change(&configuration)
        let service = try APIService(
            endpoints, authenticators: Self.authenticators, configuration: configuration)
        return .inProcess(service, logger: Logger(sink: sink, level: .debug, time: time), time: time)
    }

    /// Tokens are `subject.ROLE+ROLE.scope+scope`.
    static let authenticators: [String: Authenticator] = [
        "bearerAuth": .bearer { credential, _ in try principal(credential.token) },
        "oauth": .bearer { credential, _ in try principal(credential.token) },
        "key": .apiKey { credential, _ in
            guard credential.key == "k1" else { throw AuthenticationError() }
            return Principal(subject: "key")
        },
        "queryKey": .apiKey { credential, _ in Principal(subject: credential.key) },
        "basicAuth": .basic { credential, _ in
            guard credential.password == "open" else { throw AuthenticationError() }
            return Principal(subject: credential.username)
        },
    ]

    private static func principal(_ token: String) throws -> Principal {
        if token == "expired" { throw AuthenticationError(.expired) }
        if token == "down" { throw Problem.unavailable() }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw AuthenticationError() }
        return Principal(
            subject: String(parts[0]), roles: parts[1].split(separator: "+").map(String.init),
            scopes: parts[2].split(separator: "+").map(String.init))
    }

    /// Parameters and headers get a slot each, in the order of the properties; bodies are read as values.
    private static func shape(of name: String) -> Shape {
        guard name.hasSuffix(".parameters"), let properties = schemas[name]?["properties"]?.object else { return .any }
        let required = schemas[name]?["required"]?.array?.compactMap(\.string) ?? []
        return .object(
            properties.map { ShapeProperty($0.key, .any, isRequired: required.contains($0.key)) })
    }
}

extension ServiceFixture {
    private struct Boom: Error { let secret = "hunter2" }

    /// One endpoint for each operation of the table: special ones first, all others echo.
    private var endpoints: [Endpoint] {
        table.routes.map { route in
            switch route.operationID {
            case "getPayment":
                Endpoint(route) { request in
                    var response = ResponseWriter(200, for: request)
                    response.header("ETag", EntityTag(version: 7).description)
                    response.json(request[0].value)
                    return response.finish()
                }
            case "createPayment":
                Endpoint(route) { request in
                    var response = ResponseWriter(201, for: request)
                    response.header("Location", "/payments/1")
                    response.header("X-Count", 3)
                    response.json(request.body.value)
                    return response.finish()
                }
            case "drift": Endpoint(route, respond: Self.drift)
            case "fail": Endpoint(route, respond: Self.fail)
            case "report": Endpoint(route, respond: Self.report)
            case "remove": Endpoint(route) { ResponseWriter(204, for: $0).finish() }
            default: Endpoint(route, respond: Self.echo)
            }
        }
    }

    /// Everything that the handler was given, as JSON.
    private static func echo(_ request: ValidRequest) async throws -> Response {
        var members: [JSONMember] = []
        for (index, parameter) in request.route.parameters.enumerated() where request[index].isPresent {
            members.append(JSONMember(key: parameter.name, value: request[index].value))
        }
        if let principal = request.optionalPrincipal {
            members.append(JSONMember(key: "principal", value: .string(principal.subject)))
        }
        if let body = request.optionalBody { members.append(JSONMember(key: "body", value: body.value)) }
        if !request.bodyText.isEmpty { members.append(JSONMember(key: "text", value: .string(request.bodyText))) }
        let bytes = try await request.bodyStream.collect(limit: 1 << 20)
        if !bytes.isEmpty { members.append(JSONMember(key: "size", value: .int(bytes.count))) }
        for name in ["photo", "photos"] {
            for file in request.files(name) {
                members.append(JSONMember(key: file.filename ?? "?", value: .int(file.bytes.count)))
            }
        }
        members.append(JSONMember(key: "mediaType", value: .int(request.mediaType)))
        var response = ResponseWriter(200, for: request)
        response.json(JSONValue.object(members))
        return response.finish()
    }

    private static func report(_ request: ValidRequest) async throws -> Response {
        let offers = [MediaType("application", "json"), MediaType("text", "csv")]
        var response = ResponseWriter(200, for: request)
        if request.preferredMediaType(among: offers) == 0 {
            response.json("a" as JSONValue)
        } else {
            response.text("a,b", as: "text/csv")
        }
        return response.finish()
    }

    private static func drift(_ request: ValidRequest) async throws -> Response {
        switch request[0].string {
        case "status": return ResponseWriter(202, for: request).finish()
        case "mediaType": return .text("x")
        case "content":
            var response = ResponseWriter(200, for: request)
            response.header("X-Rate", "5")
            response.json(["name": 5] as JSONValue)
            return response.finish()
        case "header":
            var response = ResponseWriter(200, for: request)
            response.header("X-Rate", "many")
            response.json(["name": "a"] as JSONValue)
            return response.finish()
        case "missingHeader":
            var response = ResponseWriter(200, for: request)
            response.json(["name": "a"] as JSONValue)
            return response.finish()
        default:
            var response = ResponseWriter(200, for: request)
            response.header("X-Rate", 5)
            response.json(["name": "a"] as JSONValue)
            return response.finish()
        }
    }

    private static func fail(_ request: ValidRequest) async throws -> Response {
        switch request[0].string {
        case "problem": throw Problem(409, .conflict, "Same key, different body", headers: ["Retry-After": "3"])
        case "cancelled": throw CancellationError()
        case "notImplemented": throw Problem.notImplemented
        default: throw Boom()
        }
    }
}
