import LockstepDocument
import LockstepJSON

/// Where the values of runtime expressions come from: the input of the operation, or an argument.
extension ExpressionPlanner {
    mutating func source(
        of expression: RuntimeExpression, in response: Response?, at origin: Origin, _ result: inout ExpressionPlan
    ) -> ExpressionPlan.Source {
        switch expression {
        case .url: return argument("requestURL", "String", for: expression, &result)
        case .method: return ExpressionPlan.Source(source: SwiftLiteral.string(plan.operation.method))
        case .statusCode:
            var source = argument("status", "HTTPStatus", for: expression, &result)
            source.source += ".code"
            return source
        case .request(.body(let pointer)): return requestBody(pointer, at: origin, &result)
        case .request(.header(let name)): return parameter(name, .header, at: origin, &result)
        case .request(.query(let name)): return parameter(name, .query, at: origin, &result)
        case .request(.path(let name)): return parameter(name, .path, at: origin, &result)
        case .response(.body(let pointer)): return responseBody(pointer, of: response, at: origin, &result)
        case .response(.header(let name)), .response(.query(let name)), .response(.path(let name)):
            return argument(SwiftName.member(name), "String", for: expression, &result)
        }
    }

    /// The argument that stands for an expression, named after it, but not like a variable of the function.
    private func argument(
        _ wish: String, _ type: String, for expression: RuntimeExpression, _ result: inout ExpressionPlan
    ) -> ExpressionPlan.Source {
        if let known = result.arguments.first(where: { $0.expression == expression }) {
            return ExpressionPlan.Source(source: SwiftName.escaped(known.label))
        }
        var labels = NameScope(taken: Set(result.arguments.map(\.label) + ["input", "url", "link", "self"]))
        let isVariable = wish.hasPrefix("text") && wish.dropFirst(4).allSatisfy(\.isNumber)
        let label = labels.claim(isVariable ? wish + "Value" : wish, alternatives: [wish + "Value"])
        result.arguments.append(ExpressionPlan.Argument(label: label, type: type, expression: expression))
        return ExpressionPlan.Source(source: SwiftName.escaped(label))
    }

    private mutating func parameter(
        _ name: String, _ location: Parameter.Location, at origin: Origin, _ result: inout ExpressionPlan
    ) -> ExpressionPlan.Source {
        let found = plan.operation.parameters.firstIndex { parameter in
            guard parameter.location == location else { return false }
            return location == .header
                ? parameter.name.lowercased() == name.lowercased() : parameter.name == name
        }
        if let found, let field = plan.parameters.first(where: { $0.slot == found }) {
            result.usesInput = true
            return ExpressionPlan.Source(source: "input.\(SwiftName.afterDot(field.storage))", field: field)
        }
        // Any request may have a header that the document does not declare.
        if location != .header {
            warn(
                "'\(plan.operation.id)' has no \(location.rawValue) parameter '\(name)': the caller gives its value",
                at: origin)
        }
        let expression: RuntimeExpression
        switch location {
        case .header: expression = .request(.header(name.lowercased()))
        case .path: expression = .request(.path(name))
        case .query, .cookie, .querystring: expression = .request(.query(name))
        }
        return argument(SwiftName.member(name), "String", for: expression, &result)
    }

    private mutating func requestBody(
        _ pointer: String, at origin: Origin, _ result: inout ExpressionPlan
    ) -> ExpressionPlan.Source {
        guard let body = plan.body, body.enumeration == nil, let content = body.contents.first,
            case .value = content.decoding
        else {
            warn(
                "'\(plan.operation.id)' has no body that is always JSON or a form: the caller gives its value",
                at: origin)
            var source = argument("requestBody", "some JSONCoded", for: .request(.body(pointer: "")), &result)
            source.pointer = pointer
            return source
        }
        check(pointer, in: content.content.schema, "request", at: origin)
        result.usesInput = true
        return ExpressionPlan.Source(source: "input.\(body.name)", pointer: pointer)
    }

    /// The content of the response, or of any successful one: of its type where that is the same for all.
    private mutating func responseBody(
        _ pointer: String, of response: Response?, at origin: Origin, _ result: inout ExpressionPlan
    ) -> ExpressionPlan.Source {
        let outcomes = plan.outcomes.filter { outcome in
            if let response { return outcome.response.status == response.status }
            return outcome.response.status.isSuccessful
        }
        var types: Set<String> = []
        for outcome in outcomes {
            guard case .value(let type)? = outcome.content?.encoding else { continue }
            types.insert(type == .scalar(.decimalString) ? "some JSONCoded" : type.source)
        }
        let contents = outcomes.flatMap(\.response.contents).filter { MediaTypeKind($0.mediaType) == .json }
        if types.count == 1, let content = contents.first { check(pointer, in: content.schema, "response", at: origin) }
        let type = types.count == 1 ? types.first ?? "" : "some JSONCoded"
        var source = argument("response", type, for: .response(.body(pointer: "")), &result)
        source.pointer = pointer
        return source
    }

    // MARK: Checking

    /// Names the part of a pointer that leads to nothing the schema knows.
    private mutating func check(_ pointer: String, in schema: Schema?, _ what: String, at origin: Origin) {
        guard let schema, !leads(pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst(), schema)
        else { return }
        warn("the schema of the \(what) has nothing at '\(pointer)'", at: origin)
    }

    private func leads(_ tokens: ArraySlice<Substring>, _ schema: Schema) -> Bool {
        guard let token = tokens.first else { return true }
        let rest = tokens.dropFirst()
        let name = token.replacing("~1", with: "/").replacing("~0", with: "~")
        switch description.resolved(schema).kind {
        case .any, .reference: return true
        case .never, .null, .boolean, .integer, .number, .string, .enumeration: return false
        case .array(let items): return Int(name) != nil && leads(rest, items)
        case .tuple(let tuple):
            guard let index = Int(name), index >= 0 else { return false }
            guard let item = index < tuple.prefix.count ? tuple.prefix[index] : tuple.rest else { return true }
            return leads(rest, item)
        case .map(let values): return leads(rest, values)
        case .object(let object):
            if let property = object.properties.first(where: { $0.name == name }) {
                return leads(rest, property.schema)
            }
            if case .schema(let values) = object.additional { return leads(rest, values) }
            return object.properties.isEmpty
        case .union(let union): return union.alternatives.contains { leads(tokens, $0.schema) }
        }
    }
}

extension Response.Status {
    fileprivate var isSuccessful: Bool {
        switch self {
        case .code(let code): (200...299).contains(code)
        case .range(let digit): digit == 2
        case .default: false
        }
    }
}
