/// A media type or range without parameters, in lower case: `application/json`, `application/*+json`, `text/*`, `*/*`.
public struct MediaType: Sendable, Hashable, CustomStringConvertible {
    /// The part before the slash, or `*`.
    public let type: String
    /// The part after the slash, `*`, or `*` with a suffix (`*+json`).
    public let subtype: String

    /// A media type of these parts, given in lower case.
    public init(_ type: String, _ subtype: String) {
        self.type = type
        self.subtype = subtype
    }

    /// Reads `type/subtype`, ignoring parameters.
    public init?(_ text: String) {
        self.init(bytes: Array(text.utf8)[...])
    }

    init?(bytes: ArraySlice<UInt8>) {
        let essence = FieldSyntax.trimmed(bytes.prefix { $0 != 0x3B })
        guard let slash = essence.firstIndex(of: 0x2F) else { return nil }
        let type = essence[..<slash]
        let subtype = essence[(slash + 1)...]
        guard FieldSyntax.isToken(type), FieldSyntax.isToken(subtype) else { return nil }
        self.type = String(decoding: type.map(FieldSyntax.lowercased), as: UTF8.self)
        self.subtype = String(decoding: subtype.map(FieldSyntax.lowercased), as: UTF8.self)
    }

    /// `type/subtype`
    public var description: String { "\(type)/\(subtype)" }

    /// `application/json`, `text/json`, or anything with the suffix `+json`.
    public var isJSON: Bool {
        subtype == "json" && (type == "application" || type == "text") || subtype.hasSuffix("+json")
    }

    /// `application/x-www-form-urlencoded`
    public var isForm: Bool { type == "application" && subtype == "x-www-form-urlencoded" }
    /// `multipart/form-data` and its siblings
    public var isMultipart: Bool { type == "multipart" }
    /// `text/…`
    public var isText: Bool { type == "text" }

    /// Whether `other` lies in this range.
    public func includes(_ other: MediaType) -> Bool {
        guard type == "*" || type == other.type else { return false }
        if subtype == "*" || subtype == other.subtype { return true }
        return subtype.hasPrefix("*+") && other.subtype.hasSuffix(subtype.dropFirst())
    }

    /// Whether some type lies in both ranges.
    func overlaps(_ other: MediaType) -> Bool { includes(other) || other.includes(self) }

    /// Whether this is a full name and no range.
    var isExact: Bool { specificity == 3 }

    /// How exactly a range names a type: 3 for a full name, 2 for `type/*+suffix`, 1 for `type/*`, 0 for `*/*`.
    var specificity: Int {
        if type == "*" { return 0 }
        return subtype == "*" ? 1 : subtype.hasPrefix("*+") ? 2 : 3
    }
}
