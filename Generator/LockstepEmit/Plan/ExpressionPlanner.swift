import LockstepDocument
import LockstepJSON

/// Plans the functions of one operation for the callbacks and links that it has.
struct ExpressionPlanner {
    let description: APIDescription
    let plan: OperationPlan
    private let typeNames: [String: String]
    private var names = NameScope(taken: ["route", "message", "respond"])
    private(set) var plans: [ExpressionPlan] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// - Parameter typeNames: the namespaces of the operations by their ids.
    init(_ description: APIDescription, _ plan: OperationPlan, typeNames: [String: String]) {
        self.description = description
        self.plan = plan
        self.typeNames = typeNames
        for callback in plan.operation.callbacks { add(callback) }
        for response in plan.operation.responses { for link in response.links { add(link, of: response) } }
    }

    mutating func warn(_ message: String, at origin: Origin, hint: String? = nil) {
        diagnostics.append(Diagnostic(.warning, message, at: origin, hint: hint))
    }

    /// What a function's name begins with.
    private static func stem(_ name: String) -> String { name == "self" ? name : SwiftName.member(name) }

    // MARK: Callbacks

    /// A key that is no expression has been reported by the reader: its callback is sent to a URL that the caller knows.
    private mutating func add(_ callback: Callback) {
        guard let template = try? ExpressionTemplate(callback.expression), !template.pieces.isEmpty else { return }
        var result = ExpressionPlan(
            functionName: names.claim(Self.stem(callback.name) + "URL"),
            documentation: ["Where the callback `\(callback.name)` is sent: `\(callback.expression)`."],
            result: .url([]))
        let pieces = pieces(template, of: nil, at: callback.origin, &result)
        result.result = .url(pieces)
        plans.append(result)
    }

    // MARK: Links

    private mutating func add(_ link: Link, of response: Response) {
        guard let target = description.operations.first(where: { $0.id == link.operationID }),
            let typeName = typeNames[target.id]
        else {
            // An operation that is not there has been reported by the reader.
            if link.operationID == nil { return }
            return warn(
                "no code is generated for the link '\(link.name)': its operation is not generated", at: link.origin)
        }
        var result = ExpressionPlan(
            functionName: "", documentation: [documentation(of: link, response, target)], result: .url([]))
        var values: [(index: Int, value: ExpressionPlan.Value)] = []
        for argument in link.parameters {
            guard let index = target.parameterIndex(argument.name) else {
                warn("'\(target.id)' has no parameter '\(argument.name)'", at: link.origin)
                continue
            }
            // A URL has no place for the others.
            guard [.path, .query].contains(target.parameters[index].location) else { continue }
            guard let value = value(of: argument.value, in: response, at: link.origin, &result) else { return }
            values.append((index, value))
        }
        let missing = target.path.parameterNames.filter { name in
            !values.contains {
                target.parameters[$0.index].location == .path && target.parameters[$0.index].name == name
            }
        }
        guard missing.isEmpty else {
            return warn(
                "no code is generated for the link '\(link.name)': it has no value for the path parameter "
                    + "'\(missing[0])' of '\(target.id)'", at: link.origin)
        }
        result.result = .path(target: typeName, values)
        // Several responses may have one link, by a reference.
        result.link = "\(link.origin)"
        guard !plans.contains(where: { $0.link == result.link && $0.arguments == result.arguments }) else { return }
        result.functionName = names.claim(Self.stem(link.name) + "Path")
        plans.append(result)
    }

    private func documentation(of link: Link, _ response: Response, _ target: Operation) -> String {
        let text = "The link `\(link.name)` of \(response.status): the path of `\(target.method) \(target.path)`."
        return [text, link.description].compactMap { $0 }.joined(separator: "\n\n")
    }

    /// The value of an argument; nothing where it is no expression, which the reader has reported.
    private mutating func value(
        of value: JSONValue, in response: Response, at origin: Origin, _ result: inout ExpressionPlan
    ) -> ExpressionPlan.Value? {
        guard let text = value.string, text.hasPrefix("$") || text.contains("{$") else { return .constant(value) }
        guard let template = try? ExpressionTemplate(text) else { return nil }
        if template.pieces.count == 1, case .expression(let expression) = template.pieces[0] {
            return .expression(source(of: expression, in: response, at: origin, &result))
        }
        return .template(pieces(template, of: response, at: origin, &result))
    }

    private mutating func pieces(
        _ template: ExpressionTemplate, of response: Response?, at origin: Origin, _ result: inout ExpressionPlan
    ) -> [ExpressionPlan.Piece] {
        var pieces: [ExpressionPlan.Piece] = []
        for piece in template.pieces {
            switch piece {
            case .text(let text): pieces.append(.text(text))
            case .expression(.method): pieces.append(.text(plan.operation.method))
            case .expression(let expression):
                pieces.append(.value(source(of: expression, in: response, at: origin, &result)))
            }
        }
        return pieces
    }
}

extension Operation {
    /// The parameter that a link names: `id`, or `path.id` with its location. A name alone means the path first.
    func parameterIndex(_ name: String) -> Int? {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        if parts.count == 2, let location = Parameter.Location(rawValue: parts[0]) {
            let found = parameters.firstIndex { $0.location == location && $0.name == parts[1] }
            if let found { return found }
        }
        return parameters.firstIndex { $0.location == .path && $0.name == name }
            ?? parameters.firstIndex { $0.name == name }
    }
}
