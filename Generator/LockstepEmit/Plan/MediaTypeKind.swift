/// What generated code does with a body of a media type; the runtime decides by the same rules.
enum MediaTypeKind: Sendable {
    case json
    case form
    case multipart
    case text
    case binary

    init(_ mediaType: String) {
        let essence = mediaType.prefix { $0 != ";" }.trimmingSpaces().lowercased()
        let parts = essence.split(separator: "/", maxSplits: 1)
        let type = parts.first.map(String.init) ?? ""
        let subtype = parts.count > 1 ? String(parts[1]) : ""
        if subtype == "json" && (type == "application" || type == "text") || subtype.hasSuffix("+json") {
            self = .json
        } else if essence == "application/x-www-form-urlencoded" {
            self = .form
        } else if type == "multipart" {
            self = .multipart
        } else if type == "text" {
            self = .text
        } else {
            self = .binary
        }
    }

    /// What a media type adds to a name: `JSON`, `Text`, `CSV`.
    static func suffix(_ mediaType: String) -> String {
        let name = caseName(mediaType)
        return acronyms.contains(name) ? name.uppercased() : name.capitalizedFirst
    }

    private static let acronyms: Set<String> = [
        "json", "csv", "pdf", "html", "xml", "png", "jpeg", "gif", "svg", "zip", "yaml", "css",
    ]

    /// The name of a case for a media type: `json`, `form`, `text`, `png`, `problemJSON`.
    static func caseName(_ mediaType: String) -> String {
        let essence = String(mediaType.prefix { $0 != ";" }.trimmingSpaces().lowercased())
        switch essence {
        case "application/json": return "json"
        case "application/x-www-form-urlencoded": return "form"
        case "multipart/form-data": return "multipart"
        case "text/plain": return "text"
        case "application/octet-stream": return "binary"
        case "*/*": return "any"
        default:
            let parts = essence.split(separator: "/", maxSplits: 1)
            let subtype = parts.count > 1 ? String(parts[1]) : essence
            let name = subtype == "*" ? String(parts[0]) : subtype
            if name.hasPrefix("*+") { return "any" + suffix(String(name.dropFirst(2))) }
            if name.hasSuffix("+json") { return SwiftName.member(String(name.dropLast(5))) + "JSON" }
            return SwiftName.member(name)
        }
    }
}

extension Substring {
    func trimmingSpaces() -> Substring {
        var result = self
        while result.first == " " { result.removeFirst() }
        while result.last == " " { result.removeLast() }
        return result
    }
}
