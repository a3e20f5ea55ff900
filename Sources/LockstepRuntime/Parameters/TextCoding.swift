/// How the raw text of a parameter becomes characters.
enum TextCoding: Sendable {
    /// Percent-encoded: a path.
    case path
    /// Percent-encoded, with `+` for a space: a query or a form.
    case query
    /// As it is: a header. Bytes that are not UTF-8 are ISO 8859-1, as header fields once were (RFC 9110 §5.5).
    case header
    /// Percent-encoded where that is well-formed, else as it is: cookies are written both ways.
    case cookie
    /// As it is, in UTF-8: a part of a multipart form.
    case plain

    /// The characters; `nil` if the text is malformed.
    func decode(_ raw: ArraySlice<UInt8>) -> String? {
        switch self {
        case .path: PercentCoding.decode(raw)
        case .query: PercentCoding.decode(raw, plusIsSpace: true)
        case .header: String(validating: raw, as: UTF8.self) ?? TextCoding.latin1(raw)
        case .cookie: PercentCoding.decode(raw) ?? String(validating: raw, as: UTF8.self)
        case .plain: String(validating: raw, as: UTF8.self)
        }
    }

    private static func latin1(_ raw: ArraySlice<UInt8>) -> String {
        String(String.UnicodeScalarView(raw.map { Unicode.Scalar($0) }))
    }
}
