import Foundation
import LockstepRuntime

// Starts the service of a document that has been generated, as its server would, and asks for each of its paths.
// usage: start FOLDER     prints how many operations are served, or what is wrong, and ends with 1 then

/// The text of an embedded table, a raw string in `Contract.swift`.
func table(_ name: String, in source: String) throws -> String {
    guard let declaration = source.range(of: "private static var \(name): StaticString {"),
        let opening = source[declaration.upperBound...].firstRange(of: "\"\"\"\n"),
        let indented = source[..<opening.lowerBound].lastIndex(of: "\n")
    else { throw Fault("no '\(name)' in Contract.swift") }
    let prefix = source[indented..<opening.lowerBound]
    let closing = prefix.prefix { $0 != "#" } + "\"\"\"" + prefix.drop { $0 != "#" }
    guard let end = source[opening.upperBound...].range(of: closing) else { throw Fault("'\(name)' does not end") }
    let indent = prefix.dropFirst().prefix { $0 == " " }
    return source[opening.upperBound..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
        .map { String($0.hasPrefix(indent) ? $0.dropFirst(indent.count) : $0) }.joined(separator: "\n")
}

struct Fault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Refuses every credential: nothing here gets as far as a handler that is not open to all.
func authenticator(_ scheme: SecurityScheme) -> Authenticator {
    switch scheme.kind {
    case .bearer: .bearer { _, _ in throw AuthenticationError() }
    case .basic: .basic { _, _ in throw AuthenticationError() }
    case .apiKeyInHeader, .apiKeyInQuery, .apiKeyInCookie: .apiKey { _, _ in throw AuthenticationError() }
    case .http: .http { _, _ in throw AuthenticationError() }
    case .mutualTLS: .mutualTLS { _, _ in throw AuthenticationError() }
    }
}

/// A path of the template with a text for each parameter.
func path(_ template: String) -> String { template.replacing(/\{[^{}]*\}/, with: "1") }

func start(_ folder: String) async throws -> Int {
    let source = try String(contentsOfFile: folder + "/Contract.swift", encoding: .utf8)
    let validators = try ValidatorProgram(serialized: table("validatorProgram", in: source))
    let routes = try RouteTable(parsing: Array(table("routeTable", in: source).utf8), validators: validators)
    var authenticators: [String: Authenticator] = [:]
    for (name, scheme) in routes.schemes { authenticators[name] = authenticator(scheme) }
    let endpoints = routes.routes.map { Endpoint($0) { _ in Response(204) } }
    let service = try APIService(endpoints, authenticators: authenticators)
    // No request has a '?' or '#' in its path: the generator warned.
    for route in routes.routes where !route.template.contains(where: { "?#".contains($0) }) {
        let path = path(route.template)
        let status = await service.respond(to: Request(route.method, path), RequestContext()).status.code
        // A text that the schema of a parameter refuses makes a path that is not found.
        guard status < 500, status != 405, status != 404 || path != route.template else {
            throw Fault("\(status) for \(route.method) \(path)")
        }
    }
    return routes.routes.count
}

do {
    print(try await start(CommandLine.arguments.last ?? "."))
} catch {
    print(error)
    exit(1)
}
