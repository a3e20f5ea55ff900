import LockstepJSON
import LockstepSchema

/// Decodes and checks the parameters of one request.
///
/// Style and type hint turn each parameter's text into JSON; all together make one object (`{"path.id":…,
/// "query.limit":…}`), which the operation's validator entry checks like any body. Decisions that the document leaves
/// open:
/// - A scalar that is sent twice is refused, never "the first" or "the last".
/// - An empty value of a parameter with `allowEmptyValue` is none, as OpenAPI says: the parameter is not used.
/// - Query parameters that the document does not name are ignored, or refused where the operation says so.
/// - A path parameter that does not match its schema means that there is no such resource: 404 if the operation
///   declares that status, else 400.
struct ParameterReader {
    private let endpoint: BoundEndpoint
    private let request: Request
    private let captures: PathCaptures
    private var issues: [ValidationIssue] = []
    private var query: QueryValues?
    private var cookies: CookieItems?

    init(_ endpoint: BoundEndpoint, _ request: Request, _ captures: PathCaptures) {
        self.endpoint = endpoint
        self.request = request
        self.captures = captures
    }

    /// The checked parameters, or the problem with all failures.
    mutating func read() throws(Problem) -> ValidParameters {
        let route = endpoint.route
        try prepareQuery()
        guard let validator = route.parameterValidator, !route.parameters.isEmpty else {
            if !issues.isEmpty { throw Problem.validation(issues) }
            return ValidParameters(values: nil)
        }
        var tape = JSONTapeBuilder()
        tape.beginObject()
        for definition in route.parameters { add(definition, to: &tape) }
        tape.endObject()
        switch validator.validate(tape.finish(), maximumFailures: ValidationIssue.maximumCount) {
        case .valid(let values):
            if !issues.isEmpty { throw problem() }
            return ValidParameters(values: values)
        case .invalid(let failures):
            // Missing parameters have been reported by name.
            for failure in failures where !(failure.pointer.isEmpty && failure.keyword == "required") {
                let issue = ValidationIssue(parameters: failure)
                if !issues.contains(where: { $0.location == issue.location && $0.pointer == issue.pointer }) {
                    issues.append(issue)
                }
            }
            throw problem()
        }
    }

    private mutating func add(_ definition: ParameterDefinition, to tape: inout JSONTapeBuilder) {
        do {
            guard let raw = try value(of: definition) else {
                if definition.isRequired { report(definition, "required", "is required") }
                return
            }
            let value = try ValueResolver.resolve(raw, definition.type, ParameterReader.coding(definition.location))
            tape.key(definition.key)
            tape.value(value)
        } catch {
            report(definition, error.keyword, error.message)
        }
    }

    private mutating func value(of definition: ParameterDefinition) throws(RawValueError) -> RawValue? {
        switch definition.location {
        case .path: return try pathValue(definition)
        case .query: return try query?.value(of: definition)
        case .header: return try HeaderValue.read(request.headers, definition)
        case .cookie: return try cookieValue(definition)
        case .form: return nil
        }
    }

    private func pathValue(_ definition: ParameterDefinition) throws(RawValueError) -> RawValue? {
        guard let position = endpoint.captureIndex(of: definition) else { return nil }
        return try ParameterReader.pathValue(request.pathBytes(captures[position]), definition)
    }

    /// Takes the text of a path parameter apart.
    static func pathValue(
        _ text: ArraySlice<UInt8>, _ definition: ParameterDefinition
    ) throws(RawValueError) -> RawValue {
        switch definition.style {
        case .matrix: return try StyleParser.matrix(text, definition)
        case .label:
            guard text.first == 0x2E else { throw .style }
            return try StyleParser.delimited(
                text.dropFirst(), definition.type, by: definition.explodes ? 0x2E : 0x2C,
                explodesMembers: definition.explodes, isEncoded: true)
        default:
            return try StyleParser.delimited(
                text, definition.type, by: 0x2C, explodesMembers: definition.explodes, isEncoded: true)
        }
    }

    private mutating func cookieValue(_ definition: ParameterDefinition) throws(RawValueError) -> RawValue? {
        let items = cookies ?? CookieItems(request.headers)
        cookies = items
        let values = items.rawValues(definition.name)
        guard let first = values.first else { return nil }
        let structure = definition.type.structure(valueCount: values.count)
        if definition.explodes, structure == .array, values.count > 1 { return .list(values) }
        guard values.count == 1 else { throw .repeated }
        return try StyleParser.delimited(first, definition.type, by: 0x2C, isEncoded: true)
    }

    private mutating func prepareQuery() throws(Problem) {
        let route = endpoint.route
        guard endpoint.readsQuery else { return }
        let items = QueryItems(request.query)
        guard !items.isTooLong else { throw Problem.badRequest("Too many query parameters") }
        let values = QueryValues(items: items, definitions: endpoint.queryParameters)
        query = values
        guard route.refusesUnknownQuery else { return }
        for name in values.unclaimedNames() where !endpoint.queryKeyNames.contains(name) {
            issues.append(
                ValidationIssue(
                    in: "query", pointer: ValidationIssue.pointer(name), keyword: "additionalProperties",
                    message: "is not a parameter of this operation"))
        }
    }

    private mutating func report(_ definition: ParameterDefinition, _ keyword: String, _ message: String) {
        issues.append(
            ValidationIssue(
                in: definition.location.rawValue, pointer: ValidationIssue.pointer(definition.name), keyword: keyword,
                message: message))
    }

    private func problem() -> Problem {
        let isPathWrong = issues.contains { $0.location == "path" }
        return isPathWrong && endpoint.declaresNotFound ? .notFound : .validation(issues)
    }

    private static func coding(_ location: ParameterDefinition.Location) -> TextCoding {
        switch location {
        case .path: .path
        case .query, .form: .query
        case .header: .header
        case .cookie: .cookie
        }
    }
}
