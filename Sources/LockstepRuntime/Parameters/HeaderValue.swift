/// The value of a header field in the `simple` style.
enum HeaderValue {
    /// - Parameter joinsLines: whether several fields of a name are one value also where it is no list, as `Set-Cookie` is.
    static func read(
        _ headers: HTTPFields, _ definition: ParameterDefinition, joinsLines: Bool = false
    ) throws(RawValueError) -> RawValue? {
        guard let value = headers.bytes(of: definition.name) else { return nil }
        if headers.count(of: definition.name) > 1 {
            guard joinsLines || definition.type.structure(valueCount: 2) != .scalar else { throw .repeated }
            let combined = headers.combined(definition.name) ?? ""
            return try read(Array(combined.utf8)[...], definition)
        }
        return try read(value, definition)
    }

    private static func read(
        _ text: ArraySlice<UInt8>, _ definition: ParameterDefinition
    ) throws(RawValueError) -> RawValue {
        let value = try StyleParser.delimited(
            text, definition.type, by: 0x2C, explodesMembers: definition.explodes, isEncoded: false)
        switch value {
        case .list(let items): return .list(items.map(FieldSyntax.trimmed))
        case .members(let members): return .members(members.map { ($0.name, $0.texts.map(FieldSyntax.trimmed)) })
        case .text, .nested: return value
        }
    }
}
