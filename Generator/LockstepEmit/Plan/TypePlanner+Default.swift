import LockstepDocument
import LockstepJSON

extension TypePlanner {
    /// A default as source, where the type has literals: scalars, enumerations, and lists of these.
    func defaultSource(_ value: JSONValue, of type: SwiftType, schema: Schema, in scope: TypeScope) -> String? {
        switch type {
        case .scalar(let scalar): return literal(value, of: scalar)
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
            let sources = values.map { defaultSource($0, of: element, schema: items, in: scope) }
            guard sources.allSatisfy({ $0 != nil }) else { return nil }
            return "[\(sources.compactMap { $0 }.joined(separator: ", "))]"
        case .dictionary:
            if case .object(let members) = value, members.isEmpty { return "[:]" }
            return nil
        case .optional(let wrapped):
            return value.isNull ? "nil" : defaultSource(value, of: wrapped, schema: schema, in: scope)
        case .presence: return nil
        }
    }

    private func literal(_ value: JSONValue, of scalar: SwiftType.Scalar) -> String? {
        switch (scalar, value) {
        case (.string, .string(let text)): return SwiftLiteral.string(text)
        case (.bool, .bool(let flag)): return flag ? "true" : "false"
        case (.int, .number(let text)): return Int(text).map(String.init)
        case (.int32, .number(let text)): return Int32(text).map { String($0) }
        case (.double, .number(let text)):
            guard let number = Double(text), number.isFinite else { return nil }
            return "\(number)"
        case (.decimal, .number(let text)), (.decimalString, .string(let text)):
            if let whole = Int(text) { return String(whole) }
            return decimal(text)
        default: return nil
        }
    }

    /// `Decimal(coefficient: 105, exponent: -2)` of `1.05`.
    private func decimal(_ text: String) -> String? {
        guard let value = Decimal(text) else { return nil }
        return "Decimal(coefficient: \(value.coefficient), exponent: \(value.exponent))"
    }

    private func enumerationCase(_ value: JSONValue, of schema: Schema) -> String? {
        guard case .enumeration(let enumeration) = schema.kind,
            case .enumeration(let cases, _) = self.enumeration(enumeration),
            let index = enumeration.values.firstIndex(where: { $0.value == value })
        else { return nil }
        return SwiftName.afterDot(cases[index].name)
    }
}
