import LockstepDocument
import LockstepJSON

extension TypePlanner {
    /// The values of an enumeration as cases, in document order.
    func enumeration(_ enumeration: Enumeration) -> Declaration.Kind {
        var scope = NameScope()
        // The case of values that the document does not name.
        let taken = enumeration.isOpen ? scope.claim("other") : nil
        let names = scope.claimAll(enumeration.values.map(caseName)) { raw in
            let name = SwiftName.member(raw)
            return name == taken ? name + "Value" : name
        }
        let cases = zip(enumeration.values, names).map { value, name in
            EnumerationCase(
                name: name, value: self.value(value.value, type: enumeration.type), documentation: value.description)
        }
        return .enumeration(cases, isOpen: enumeration.isOpen)
    }

    private func value(_ value: JSONValue, type: Enumeration.ValueType?) -> EnumerationValue {
        switch (type, value) {
        case (.string, .string(let text)): .string(text)
        case (.integer, .number(let text)): Int(text).map(EnumerationValue.integer) ?? .json(value.text)
        default: .json(value.text)
        }
    }

    /// What a case is named after, before it becomes a Swift name.
    func caseName(_ value: Enumeration.Value) -> String {
        if let name = value.name { return name }
        switch value.value {
        case .string(""): return "empty"
        case .string(let text): return text
        case .number(let text): return "value" + text.replacing("-", with: "Minus").replacing(".", with: "Point")
        case .bool(let flag): return flag ? "yes" : "no"
        case .null: return "null"
        case .array: return "list"
        case .object: return "object"
        }
    }
}
