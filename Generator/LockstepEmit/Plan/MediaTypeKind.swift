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

    /// Whether the content of a media type is never text.
    static func isBytes(_ mediaType: String) -> Bool {
        let essence = mediaType.prefix { $0 != ";" }.trimmingSpaces().lowercased()
        let type = essence.prefix { $0 != "/" }
        if ["image", "audio", "video", "font"].contains(type) { return !essence.hasSuffix("+xml") }
        return ["octet-stream", "pdf", "zip", "gzip"].contains { essence == "application/\($0)" }
    }

    /// Whether the content of a media type is XML or YAML, and stands for a value that is not its text.
    static func isMarkedUp(_ mediaType: String) -> Bool {
        let essence = mediaType.prefix { $0 != ";" }.trimmingSpaces().lowercased()
        return ["/xml", "+xml", "/yaml", "/x-yaml", "+yaml"].contains { essence.hasSuffix($0) }
    }

    /// How the items of a media type follow each other.
    enum Sequence: Sendable {
        /// `application/jsonl` and its names, `application/json-seq`.
        case json
        /// `text/event-stream`
        case events

        /// `nil` for a media type that is no sequence, or none that the runtime reads item by item.
        init?(_ mediaType: String) {
            let essence = mediaType.prefix { $0 != ";" }.trimmingSpaces().lowercased()
            let parts = essence.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return nil }
            let lines = ["jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "ndjson", "x-ndjson"]
            if essence == "text/event-stream" {
                self = .events
            } else if parts[1] == "json-seq" || parts[1].hasSuffix("+json-seq") {
                self = .json
            } else if ["application", "text"].contains(parts[0]), lines.contains(parts[1]) {
                self = .json
            } else {
                return nil
            }
        }
    }

    /// What a media type adds to a name: `JSON`, `Text`, `CSV`.
    static func suffix(_ mediaType: String) -> String {
        let name = caseName(mediaType)
        return acronyms.contains(name) ? name.uppercased() : name.capitalizedFirst
    }

    private static let acronyms: Set<String> = [
        "json", "jsonl", "csv", "pdf", "html", "xml", "png", "jpeg", "gif", "svg", "zip", "yaml", "css",
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
