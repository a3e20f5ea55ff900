import LockstepDocument
import LockstepJSON

extension TypePlanner {
    /// The alternatives of a union as cases, in document order.
    func union(_ union: UnionSchema, in scope: TypeScope, view: View) -> Declaration.Kind {
        var names = NameScope()
        var cases: [UnionCase] = []
        for (branch, alternative) in union.alternatives.enumerated() {
            let wish = SwiftName.member(caseName(alternative, of: union))
            let name = names.claim(wish)
            if case .null = alternative.schema.kind {
                cases.append(UnionCase(name: name, payload: nil, branch: branch))
                continue
            }
            if let constant = ScalarRules.constant(alternative.schema) {
                cases.append(UnionCase(name: name, payload: nil, branch: branch, constant: constant))
                continue
            }
            let hint = typeHint(alternative, name, of: scope)
            let payload = element(alternative.schema, named: hint, in: scope, view: view)
            let documentation = isReference(alternative.schema) ? nil : DocumentationText.of(alternative.schema)
            cases.append(UnionCase(name: name, payload: payload, branch: branch, documentation: documentation))
        }
        return .union(cases, isIndirect: false)
    }

    /// The value of the discriminator where the document maps values; otherwise the name of the schema or its kind.
    private func caseName(_ alternative: UnionSchema.Alternative, of union: UnionSchema) -> String {
        if union.discriminator?.isMapped == true, let value = alternative.discriminatorValues.first { return value }
        if let hint = alternative.nameHint { return hint }
        return kindName(alternative.schema)
    }

    /// What the alternative's type is called. The elements of a list are called after the union where that is a plural:
    /// `Discounts.Discount`.
    private func typeHint(_ alternative: UnionSchema.Alternative, _ caseName: String, of scope: TypeScope) -> String {
        if let hint = alternative.nameHint { return hint }
        guard case .array(let items) = alternative.schema.kind, listName(items) == nil else { return caseName }
        let union = scope.path.split(separator: ".").last.map(String.init) ?? ""
        return SwiftName.singular(union) == union + "Element" ? "elements" : union
    }

    /// What a list is called after its elements, where these have a name or are plain values.
    private func listName(_ items: Schema) -> String? {
        switch items.kind {
        case .boolean, .integer, .number, .string, .reference: kindName(items) + "List"
        case .array(let inner): listName(inner).map { $0 + "List" }
        case .any, .never, .null, .enumeration, .tuple, .object, .map, .union: nil
        }
    }

    private func isReference(_ schema: Schema) -> Bool {
        if case .reference = schema.kind { true } else { false }
    }

    private func kindName(_ schema: Schema) -> String {
        switch schema.kind {
        case .any, .never: return "value"
        case .null: return "null"
        case .boolean: return "boolean"
        case .integer: return "integer"
        case .number: return "number"
        case .string(let format):
            switch format {
            case "date-time": return "timestamp"
            case "date": return "date"
            case "uuid": return "uuid"
            default: return "string"
            }
        case .enumeration(let enumeration):
            return enumeration.values.count == 1 ? caseName(enumeration.values[0]) : "choice"
        case .array(let items): return listName(items) ?? "list"
        case .tuple: return "list"
        case .object: return "object"
        case .map: return "dictionary"
        case .union(let union):
            let names = Set(union.alternatives.map { kindName(description.resolved($0.schema)) })
            return names.count == 1 ? names.first ?? "value" : "value"
        case .reference(let name): return name
        }
    }
}
