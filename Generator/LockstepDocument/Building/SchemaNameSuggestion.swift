/// A name from where a schema stands: `common.yaml#/components/schemas/Money` is `Money`, `types/money.yaml` is `Money`,
/// `#/components/schemas/Order/properties/lines/items` is `OrderLinesItem`.
enum SchemaNameSuggestion {
    static func of(_ place: Place) -> String {
        var words: [String] = []
        var segments = place.segments[...]
        if segments.starts(with: ["components", "schemas"]) {
            segments = segments.dropFirst(2)
            if let key = segments.popFirst() { words.append(key) }
        } else if let first = segments.first, ["$defs", "definitions", "schemas"].contains(first), segments.count > 1 {
            segments = segments.dropFirst()
            if let key = segments.popFirst() { words.append(key) }
        } else if segments.isEmpty {
            words.append(capitalised(stem(of: place.file.name)))
        }
        for segment in segments where !silent.contains(segment) {
            switch segment {
            case "items": words.append("Item")
            case "additionalProperties": words.append("Value")
            default: words += segment.split { !$0.isLetter && !$0.isNumber }.map { capitalised(String($0)) }
            }
        }
        let name = words.joined()
        return name.isEmpty ? "Schema" : name
    }

    /// Segments that say what kind of thing comes next, not which.
    private static let silent: Set<String> = [
        "properties", "schema", "content", "components", "paths", "schemas", "allOf", "oneOf", "anyOf",
        "patternProperties",
        "$defs", "definitions", "prefixItems", "responses", "parameters", "requestBodies", "headers",
    ]

    private static func stem(of file: String) -> String {
        let name = file.split(separator: "/").last ?? ""
        return name.split(separator: ".").first.map(String.init) ?? ""
    }

    private static func capitalised(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }
}
