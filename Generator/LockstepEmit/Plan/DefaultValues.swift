import LockstepDocument
import LockstepJSON

/// A default that waits until all types are planned: its source names properties and cases of theirs.
struct PendingDefault: Sendable {
    var value: JSONValue
    var origin: Origin
}

/// Gives defaults of structures and unions their source, once all types are known.
struct DefaultValues {
    private let declarations: [String: Declaration]
    private let aliases: [String: SwiftType]
    private var diagnostics: [Diagnostic] = []

    /// The longest source of a default: a longer one would not be read.
    private static let maximumLength = 400
    /// How deep values may lie inside each other.
    private static let maximumDepth = 8

    /// Resolves what is pending; the answer names what no source can be written for.
    static func resolve(
        _ declarations: inout [Declaration], _ operations: inout [OperationPlan], aliases: [String: SwiftType]
    ) -> [Diagnostic] {
        var values = DefaultValues(declarations, operations, aliases)
        for index in declarations.indices { values.resolve(&declarations[index]) }
        for index in operations.indices { values.resolve(&operations[index]) }
        return values.diagnostics
    }

    private init(_ declarations: [Declaration], _ operations: [OperationPlan], _ aliases: [String: SwiftType]) {
        var all: [String: Declaration] = [:]
        func add(_ declaration: Declaration) {
            all[declaration.path] = declaration
            for nested in declaration.nested { add(nested) }
        }
        for declaration in declarations { add(declaration) }
        for operation in operations { for declaration in operation.allNested { add(declaration) } }
        self.declarations = all
        self.aliases = aliases
    }

    // MARK: Fields

    private mutating func resolve(_ declaration: inout Declaration) {
        if case .structure(var fields, let additional) = declaration.kind {
            for index in fields.indices { resolve(&fields[index], of: declaration.path) }
            declaration.kind = .structure(fields, additional: additional)
        }
        for index in declaration.nested.indices { resolve(&declaration.nested[index]) }
    }

    private mutating func resolve(_ operation: inout OperationPlan) {
        for index in operation.parameters.indices { resolve(&operation.parameters[index], of: nil) }
        for index in operation.nested.indices { resolve(&operation.nested[index]) }
        for index in operation.body?.contents.indices ?? 0..<0 {
            guard case .multipart(var form)? = operation.body?.contents[index].decoding else { continue }
            for field in form.fields.indices { resolve(&form.fields[field].field, of: nil) }
            for nested in form.nested.indices { resolve(&form.nested[nested]) }
            operation.body?.contents[index].decoding = .multipart(form)
        }
    }

    /// - Parameter owner: the structure that has the property. A default that makes another value of it would never end.
    private mutating func resolve(_ field: inout Field, of owner: String?) {
        guard let pending = field.pendingDefault else { return }
        field.pendingDefault = nil
        if let owner, reaches(field.type, owner) { return leave(pending, "it would contain itself") }
        guard let source = source(pending.value, field.type, isInferred: false, depth: 0) else {
            return leave(pending, "no Swift value can be written for it")
        }
        guard source.utf8.count <= Self.maximumLength else { return leave(pending, "it is too long") }
        field.presence = field.presence == .distinguished ? .nullableDefaulted(source) : .defaulted(source)
    }

    private mutating func leave(_ pending: PendingDefault, _ reason: String) {
        diagnostics.append(
            Diagnostic(
                .note, "the default of this value is not applied when it is absent", at: pending.origin, hint: reason))
    }

    /// Whether values of a type may hold, or make as a default, one of the structure at a path.
    private func reaches(_ type: SwiftType, _ path: String) -> Bool {
        var seen: Set<String> = []
        var open = [type]
        while let next = open.popLast() {
            switch next {
            case .scalar: break
            case .array(let inner), .dictionary(let inner), .optional(let inner), .presence(let inner):
                open.append(inner)
            case .named(let name):
                if name == path { return true }
                guard seen.insert(name).inserted else { continue }
                if let alias = aliases[name] { open.append(alias) }
                switch declarations[name]?.kind {
                case .structure(let fields, let additional):
                    open += fields.map(\.type) + (additional.map { [$0.value] } ?? [])
                case .union(let cases, _): open += cases.compactMap(\.payload)
                case .wrapper(let inner): open.append(inner)
                case .alias, .enumeration, nil: break
                }
            }
        }
        return false
    }

    // MARK: Source

    /// - Parameter isInferred: whether the type follows from where the source stands, so that a case needs no more than a dot.
    private func source(_ value: JSONValue, _ type: SwiftType, isInferred: Bool, depth: Int) -> String? {
        guard depth < Self.maximumDepth else { return nil }
        switch type {
        case .scalar(let scalar): return DefaultLiteral.source(value, of: scalar)
        case .array(let element):
            guard let values = value.array else { return nil }
            return all(values.map { self.element($0, element, depth: depth + 1) }).map {
                "[\($0.joined(separator: ", "))]"
            }
        case .dictionary(let element):
            guard let members = value.object else { return nil }
            if members.isEmpty { return "[:]" }
            let sources = members.map { member in
                self.element(member.value, element, depth: depth + 1).map {
                    "\(SwiftLiteral.string(member.key)): \($0)"
                }
            }
            return all(sources).map { "[\($0.joined(separator: ", "))]" }
        case .optional(let wrapped):
            return value.isNull ? "nil" : source(value, wrapped, isInferred: isInferred, depth: depth)
        case .presence: return nil
        case .named(let name):
            if let alias = aliases[name] { return source(value, alias, isInferred: isInferred, depth: depth + 1) }
            guard let declaration = declarations[name] else { return nil }
            let prefix = isInferred ? "" : name
            switch declaration.kind {
            case .alias, .wrapper: return nil
            case .enumeration(let cases, _):
                return cases.first { $0.value.json == value }.map { "\(prefix).\(SwiftName.afterDot($0.name))" }
            case .structure(let fields, let additional):
                guard !declaration.isTuple else { return nil }
                return structure(value, name, fields, additional, depth: depth)
            case .union(let cases, _): return union(value, prefix, cases, depth: depth)
            }
        }
    }

    /// A value inside of a list, a map, a union or a `Presence`: there a decimal that travels as text is one that writes itself.
    private func element(_ value: JSONValue, _ type: SwiftType, depth: Int) -> String? {
        let text = source(value, type, isInferred: true, depth: depth)
        var resolved = type.unwrapped
        for _ in 0...aliases.count {
            guard case .named(let name) = resolved, let next = aliases[name] else { break }
            resolved = next
        }
        guard resolved == .scalar(.decimalString), let text, text != "nil" else { return text }
        return "DecimalString(\(text))"
    }

    private func structure(
        _ value: JSONValue, _ name: String, _ fields: [Field], _ additional: AdditionalField?, depth: Int
    ) -> String? {
        guard let members = value.object, additional == nil else { return nil }
        let keys = Set(fields.map(\.key))
        guard members.allSatisfy({ keys.contains($0.key) }) else { return nil }
        var arguments: [String] = []
        for field in fields {
            let member = members.first { $0.key == field.key }?.value
            if let constant = field.constant {
                guard let member, source(member, field.type, isInferred: false, depth: depth + 1) == constant else {
                    return nil
                }
                continue
            }
            guard let member else {
                if field.presence == .required || field.presence == .nullable { return nil }
                continue
            }
            if member.isNull, field.presence == .distinguished {
                arguments.append("\(SwiftName.callLabel(field.name)): .null")
                continue
            }
            let isDistinguished = field.presence == .distinguished
            let type = field.fullType.unwrapped
            guard
                let text = isDistinguished
                    ? element(member, type, depth: depth + 1)
                    : source(member, type, isInferred: true, depth: depth + 1)
            else { return nil }
            let argument = isDistinguished ? ".value(\(text))" : text
            arguments.append("\(SwiftName.callLabel(field.name)): \(argument)")
        }
        return "\(name)(\(arguments.joined(separator: ", ")))"
    }

    /// The one alternative that the value can be; none where it can be several.
    private func union(_ value: JSONValue, _ prefix: String, _ cases: [UnionCase], depth: Int) -> String? {
        var found: [String] = []
        for alternative in cases {
            let name = "\(prefix).\(SwiftName.afterDot(alternative.name))"
            if let constant = alternative.constant {
                let text = source(value, constant.type, isInferred: false, depth: depth + 1)
                if text == constant.source { return name }
            } else if let payload = alternative.payload,
                let text = element(value, payload, depth: depth + 1)
            {
                found.append("\(name)(\(text))")
            }
        }
        return found.count == 1 ? found[0] : nil
    }

    private func all(_ sources: [String?]) -> [String]? {
        let found = sources.compactMap { $0 }
        return found.count == sources.count ? found : nil
    }
}

extension EnumerationValue {
    /// The value in JSON.
    fileprivate var json: JSONValue? {
        switch self {
        case .string(let text): .string(text)
        case .integer(let number): .int(number)
        case .json(let text): try? JSONValue.parse(text)
        }
    }
}
