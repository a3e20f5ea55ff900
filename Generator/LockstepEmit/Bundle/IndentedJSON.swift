import LockstepJSON

/// JSON for people: one member a line.
enum IndentedJSON {
    static func text(_ value: JSONValue) -> String {
        var output = ""
        write(value, to: &output, indent: 0)
        return output + "\n"
    }

    private static func write(_ value: JSONValue, to output: inout String, indent: Int) {
        switch value {
        case .null, .bool, .number, .string: output += value.text
        case .array(let elements):
            if elements.isEmpty {
                output += "[]"
                return
            }
            output += "["
            for (index, element) in elements.enumerated() {
                breakLine(&output, indent + 1, isFirst: index == 0)
                write(element, to: &output, indent: indent + 1)
            }
            output += "\n" + String(repeating: "  ", count: indent) + "]"
        case .object(let members):
            if members.isEmpty {
                output += "{}"
                return
            }
            output += "{"
            for (index, member) in members.enumerated() {
                breakLine(&output, indent + 1, isFirst: index == 0)
                output += JSONValue.string(member.key).text + ": "
                write(member.value, to: &output, indent: indent + 1)
            }
            output += "\n" + String(repeating: "  ", count: indent) + "}"
        }
    }

    private static func breakLine(_ output: inout String, _ indent: Int, isFirst: Bool) {
        output += isFirst ? "\n" : ",\n"
        output += String(repeating: "  ", count: indent)
    }
}
