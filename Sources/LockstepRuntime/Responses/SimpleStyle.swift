import LockstepJSON

/// Writes values in the `simple` style (OpenAPI 3.1 §4.8.12.4), for header fields.
enum SimpleStyle {
    static func text(_ node: JSONNode, explode: Bool) -> String {
        switch node.kind {
        case .array: node.elements.map(scalar).joined(separator: ",")
        case .object:
            node.members.map { "\($0.key)\(explode ? "=" : ",")\(scalar($0.value))" }.joined(separator: ",")
        case .null, .bool, .number, .string: scalar(node)
        }
    }

    private static func scalar(_ node: JSONNode) -> String {
        switch node.kind {
        case .string: node.string ?? ""
        case .number: node.numberText ?? ""
        case .bool: node.bool == true ? "true" : "false"
        case .null: ""
        case .array, .object: node.value.text
        }
    }
}
