import LockstepJSON

/// Writes values in the styles of parameters (OpenAPI 3.1 §4.8.12.3 – 4.8.12.6, RFC 6570): the other direction of ``StyleParser``.
enum StyleWriter {
    /// Why a value has no text in a style.
    enum Failure: Error {
        /// Lists or objects inside, which the style has no way to write.
        case nested
        /// A part holds what separates the parts, and the style has no escapes.
        case delimiter
        /// A header field cannot hold control characters.
        case control

        var message: String {
            switch self {
            case .nested: "has lists or objects inside that its style cannot write"
            case .delimiter: "has a part with the sign that separates parts"
            case .control: "has control characters"
            }
        }
    }

    /// A field that the document does not name: lists are written as several fields.
    static func plainField(_ name: String) -> ParameterDefinition {
        ParameterDefinition(
            name: name, location: .form, style: .form, explodes: true, isRequired: false, allowsReserved: false,
            type: .string)
    }

    // MARK: Query, cookies, forms

    /// The encoded pairs that stand for a value.
    static func pairs(
        _ value: JSONValue, _ definition: ParameterDefinition
    ) throws(Failure) -> [(name: String, value: String)] {
        let name = PercentCoding.encode(definition.name)
        let keepsReserved = definition.allowsReserved
        if definition.style == .deepObject, isContainer(value) { return try deep(value, name, depth: 0) }
        if case .json = definition.type { return [(name, encode(value.text, keepsReserved))] }
        switch value {
        case .array(let elements) where definition.explodes:
            var pairs: [(name: String, value: String)] = []
            for element in elements { pairs.append((name, encode(try text(element), keepsReserved))) }
            return pairs
        case .object(let members) where definition.explodes:
            var pairs: [(name: String, value: String)] = []
            for member in members {
                let key = PercentCoding.encode(member.key)
                if case .array(let elements) = member.value {
                    for element in elements { pairs.append((key, encode(try text(element), keepsReserved))) }
                } else {
                    pairs.append((key, encode(try text(member.value), keepsReserved)))
                }
            }
            return pairs
        default:
            let joined = try joined(value, by: separator(of: definition.style), explodesMembers: false, keepsReserved)
            return [(name, joined)]
        }
    }

    private static func separator(of style: ParameterDefinition.Style) -> String {
        switch style {
        case .spaceDelimited: "%20"
        case .pipeDelimited: "%7C"
        default: ","
        }
    }

    private static func deep(_ value: JSONValue, _ name: String, depth: Int) throws(Failure) -> [(
        name: String, value: String
    )] {
        guard depth <= DeepObjectParser.maximumDepth else { throw .nested }
        var pairs: [(name: String, value: String)] = []
        switch value {
        case .object(let members):
            for member in members {
                pairs += try deep(member.value, "\(name)%5B\(PercentCoding.encode(member.key))%5D", depth: depth + 1)
            }
        case .array(let elements):
            let areFlat = !elements.contains(where: isContainer)
            for (index, element) in elements.enumerated() {
                pairs += try deep(element, areFlat ? name : "\(name)%5B\(index)%5D", depth: depth + 1)
            }
        default: pairs.append((name, PercentCoding.encode(try text(value))))
        }
        return pairs
    }

    // MARK: Paths and headers

    /// The text of a path parameter.
    static func pathText(_ value: JSONValue, _ definition: ParameterDefinition) throws(Failure) -> String {
        let explodes = definition.explodes
        if case .json = definition.type { return PercentCoding.encode(value.text) }
        switch definition.style {
        case .label:
            let isDotted = explodes && isContainer(value)
            let text = try joined(
                value, by: isDotted ? "." : ",", explodesMembers: explodes, false, dotsAreText: !isDotted)
            return "." + text
        case .matrix:
            let name = PercentCoding.encode(definition.name)
            if explodes, isContainer(value) {
                return try pairs(value, definition).map { ";\($0.name)=\($0.value)" }.joined()
            }
            return ";\(name)=" + (try joined(value, by: ",", explodesMembers: false, false))
        default: return try joined(value, by: ",", explodesMembers: explodes, false)
        }
    }

    /// The value of a header field, which has no escapes.
    static func headerText(_ value: JSONValue, _ definition: ParameterDefinition) throws(Failure) -> String {
        var parts: [String] = []
        if case .json = definition.type {
            parts = [value.text]
        } else {
            switch value {
            case .array(let elements): for element in elements { parts.append(try text(element)) }
            case .object(let members):
                for member in members {
                    let text = try text(member.value)
                    parts += definition.explodes ? ["\(member.key)=\(text)"] : [member.key, text]
                }
            default: parts = [try text(value)]
            }
        }
        guard parts.allSatisfy({ $0.utf8.allSatisfy(FieldSyntax.isValue) }) else { throw .control }
        guard !isContainer(value) || !parts.contains(where: { $0.contains(",") }) else { throw .delimiter }
        return parts.joined(separator: ",")
    }

    // MARK: Parts

    private static func joined(
        _ value: JSONValue, by separator: String, explodesMembers: Bool, _ keepsReserved: Bool, dotsAreText: Bool = true
    ) throws(Failure) -> String {
        var parts: [String] = []
        switch value {
        case .array(let elements):
            for element in elements { parts.append(encode(try text(element), keepsReserved)) }
        case .object(let members):
            for member in members {
                let key = PercentCoding.encode(member.key)
                let text = encode(try text(member.value), keepsReserved)
                parts += explodesMembers ? ["\(key)=\(text)"] : [key, text]
            }
        default: return encode(try text(value), keepsReserved)
        }
        // An escaped separator of these styles is read as one, and a dot needs no escape elsewhere.
        let isAmbiguous = separator.hasPrefix("%") || !dotsAreText
        guard !isAmbiguous || !parts.contains(where: { $0.contains(separator) }) else { throw .delimiter }
        return parts.joined(separator: separator)
    }

    private static func text(_ value: JSONValue) throws(Failure) -> String {
        switch value {
        case .null: ""
        case .bool(let flag): flag ? "true" : "false"
        case .number(let text), .string(let text): text
        case .array, .object: throw .nested
        }
    }

    private static func encode(_ text: String, _ keepsReserved: Bool) -> String {
        PercentCoding.encode(text, keepsReserved: keepsReserved)
    }

    private static func isContainer(_ value: JSONValue) -> Bool {
        switch value {
        case .array, .object: true
        case .null, .bool, .number, .string: false
        }
    }
}
