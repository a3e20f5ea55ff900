import LockstepJSON

extension Node {
    /// The value as JSON, in document order.
    var json: JSONValue {
        switch content {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .number(let text): .number(text)
        case .string(let text): .string(text)
        case .sequence(let items): .array(items.map(\.json))
        case .mapping(let mapping): .object(mapping.entries.map { JSONMember(key: $0.key, value: $0.value.json) })
        }
    }

    /// The `x-` members.
    var extensions: [String: JSONValue] {
        guard let mapping else { return [:] }
        var result: [String: JSONValue] = [:]
        for entry in mapping.entries where entry.key.hasPrefix("x-") { result[entry.key] = entry.value.json }
        return result
    }
}
