/// Keys of `content`: media types as RFC 9110, section 8.3.1, writes them, or ranges of them.
extension DocumentChecker {
    /// Reads keys that are no media types as those that they mean, before anything refers to what is inside.
    func nameMediaTypes(of place: Place) {
        guard let content = place["content"], let mapping = content.node.mapping,
            !mapping.keys.allSatisfy(Self.isMediaType)
        else { return }
        var entries: [Mapping.Entry] = []
        var taken = Set(mapping.keys.filter(Self.isMediaType))
        for (key, member) in content.members {
            guard !Self.isMediaType(key), !key.hasPrefix("x-"), key != "$ref" else {
                entries.append(Mapping.Entry(key: key, value: member.node))
                continue
            }
            let meant = Self.meantType(key) ?? (Self.isBinary(member) ? "application/octet-stream" : "application/json")
            let isNew = taken.insert(meant).inserted
            diagnostics.warning(
                "'\(key)' is not a media type; "
                    + (isNew ? "it is read as '\(meant)'" : "it was left out, because '\(meant)' stands beside it"),
                at: member, hint: "a media type is written 'type/subtype'")
            if isNew { entries.append(Mapping.Entry(key: meant, value: member.node)) }
        }
        content.node.content = .mapping(Mapping(entries))
    }

    private static func isMediaType(_ text: String) -> Bool {
        let parts = text.prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        let subtype = parts[1].reversed().drop { $0 == " " }
        return isToken(parts[0]) && isToken(subtype)
    }

    /// A comma for the semicolon before parameters, a missing slash, or a subtype alone.
    private static func meantType(_ text: String) -> String? {
        let comma = text.replacing(",", with: ";", maxReplacements: 1)
        if isMediaType(comma) { return comma }
        let name = text.prefix { $0 != ";" }
        if name.hasPrefix("application"), isToken(name.dropFirst(11)) {
            return "application/\(text.dropFirst(11))"
        }
        return byName[text.lowercased()]
    }

    private static let byName = [
        "*": "*/*", "json": "application/json", "xml": "application/xml", "pdf": "application/pdf",
        "gzip": "application/gzip", "zip": "application/zip", "form-data": "multipart/form-data",
        "multipart": "multipart/form-data", "x-www-form-urlencoded": "application/x-www-form-urlencoded",
        "text": "text/plain", "plain": "text/plain", "html": "text/html", "csv": "text/csv",
    ]

    private static func isBinary(_ media: Place) -> Bool {
        media.node["schema"]?["format"]?.string == "binary"
    }
}
