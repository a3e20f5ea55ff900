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
            let payload = element(alternative.schema, named: typeHint(alternative, name), in: scope, view: view)
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

    private func typeHint(_ alternative: UnionSchema.Alternative, _ caseName: String) -> String {
        alternative.nameHint ?? caseName
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
        case .array(let items): return kindName(items) + "List"
        case .tuple: return "list"
        case .object: return "object"
        case .map: return "dictionary"
        case .union: return "alternative"
        case .reference(let name): return name
        }
    }
}
