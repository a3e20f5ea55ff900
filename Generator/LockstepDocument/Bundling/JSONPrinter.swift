import LockstepJSON

/// Indented JSON, two spaces a level.
enum JSONPrinter {
    static func print(_ value: JSONValue) -> String {
        var text = ""
        write(value, indent: 0, to: &text)
        text += "\n"
        return text
    }

    private static func write(_ value: JSONValue, indent: Int, to text: inout String) {
        let inner = String(repeating: "  ", count: indent + 1)
        let outer = String(repeating: "  ", count: indent)
        switch value {
        case .array(let elements) where !elements.isEmpty:
            text += "[\n"
            for (index, element) in elements.enumerated() {
                text += inner
                write(element, indent: indent + 1, to: &text)
                text += index + 1 < elements.count ? ",\n" : "\n"
            }
            text += outer + "]"
        case .object(let members) where !members.isEmpty:
            text += "{\n"
            for (index, member) in members.enumerated() {
                text += inner + JSONValue.string(member.key).text + ": "
                write(member.value, indent: indent + 1, to: &text)
                text += index + 1 < members.count ? ",\n" : "\n"
            }
            text += outer + "}"
        case .array, .object, .null, .bool, .number, .string: text += value.text
        }
    }
}
