import LockstepDocument
import LockstepJSON

extension TypePlanner {
    /// The default of a value that may be missing, where its source has to wait for other types.
    func pendingDefault(of schema: Schema, _ presence: Field.Presence) -> PendingDefault? {
        guard presence == .optional || presence == .distinguished, let value = schema.defaultValue, !value.isNull,
            DefaultCheck(description: description).allows(value, by: schema)
        else { return nil }
        return PendingDefault(value: value, origin: schema.origin)
    }

    /// A default as source, where the type has literals: scalars, enumerations, and lists of these.
    func defaultSource(_ value: JSONValue, of type: SwiftType, schema: Schema, in scope: TypeScope) -> String? {
        switch type {
        case .scalar(let scalar): return DefaultLiteral.source(value, of: scalar)
        case .named(let name):
            let target = description.resolved(schema)
            switch target.kind {
            case .boolean, .integer, .number, .string:
                return defaultSource(
                    value, of: self.type(of: target, named: "", in: scope, view: .whole), schema: target, in: scope)
            default: return enumerationCase(value, of: target).map { "\(name).\($0)" }
            }
        case .array(let element):
            guard case .array(let values) = value, case .array(let items) = description.resolved(schema).kind else {
                return nil
            }
            let sources = values.compactMap { defaultSource($0, of: element, schema: items, in: scope) }
            guard sources.count == values.count else { return nil }
            let writesItself = isDecimalString(items)
            let elements = sources.map { writesItself && $0 != "nil" ? "DecimalString(\($0))" : $0 }
            return "[\(elements.joined(separator: ", "))]"
        case .dictionary:
            if case .object(let members) = value, members.isEmpty { return "[:]" }
            return nil
        case .optional(let wrapped):
            return value.isNull ? "nil" : defaultSource(value, of: wrapped, schema: schema, in: scope)
        case .presence: return nil
        }
    }

    /// Whether values are decimals that travel as text.
    private func isDecimalString(_ schema: Schema) -> Bool {
        switch description.resolved(schema).kind {
        case .string(let format): ScalarRules.string(format) == .decimalString
        case .union(let union): ScalarRules.plain(union) == .decimalString
        default: false
        }
    }

    private func enumerationCase(_ value: JSONValue, of schema: Schema) -> String? {
        guard case .enumeration(let enumeration) = schema.kind,
            case .enumeration(let cases, _) = self.enumeration(enumeration),
            let index = enumeration.values.firstIndex(where: { $0.value == value })
        else { return nil }
        return SwiftName.afterDot(cases[index].name)
    }
}
