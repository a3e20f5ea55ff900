/// The head of a part of a multipart form.
public struct MultipartPart: Sendable, Equatable {
    /// The field's name.
    public let name: String
    /// The name that the client gave a file. Never a path to write to.
    public let filename: String?
    /// The part's media type, if it names one.
    public let contentType: MediaType?
    /// The part's other header fields.
    public let headers: HTTPFields

    /// Reads header lines (RFC 7578 §4). `Content-Disposition: form-data` with a name is required.
    init(lines: [ArraySlice<UInt8>]) throws(MultipartError) {
        var disposition: [String: String]?
        var contentType: MediaType?
        var headers = HTTPFields()
        for line in lines {
            guard let colon = line.firstIndex(of: 0x3A), FieldSyntax.isToken(line[..<colon]) else { throw .malformed }
            let name = line[..<colon].map(FieldSyntax.lowercased)
            let value = FieldSyntax.trimmed(line[(colon + 1)...])
            if name.elementsEqual("content-disposition".utf8) {
                guard disposition == nil else { throw .malformed }
                disposition = try MultipartPart.disposition(value)
            } else if name.elementsEqual("content-type".utf8) {
                guard contentType == nil, let type = MediaType(bytes: value) else { throw .malformed }
                contentType = type
            } else {
                guard headers.append(String(decoding: name, as: UTF8.self), bytes: value) else { throw .malformed }
            }
        }
        guard let disposition, let name = disposition["name"] else { throw .malformed }
        self.name = MultipartPart.unescaped(name)
        filename = disposition["filename"].map(MultipartPart.unescaped)
        self.contentType = contentType
        self.headers = headers
    }

    private static func disposition(_ value: ArraySlice<UInt8>) throws(MultipartError) -> [String: String] {
        var parameters: [String: String] = [:]
        var pieces: [ArraySlice<UInt8>] = []
        FieldList.split(value, at: 0x3B) { pieces.append($0) }
        guard let type = pieces.first, FieldSyntax.equalIgnoringCase(type, "form-data".utf8) else { throw .malformed }
        for piece in pieces.dropFirst() {
            guard let (name, value) = ContentType.parameter(piece), parameters[name] == nil else { throw .malformed }
            parameters[name] = value
        }
        return parameters
    }

    /// Browsers write `"`, CR and LF in names as `%22`, `%0D` and `%0A`, and nothing else encoded (HTML §4.10.21.8).
    private static func unescaped(_ text: String) -> String {
        guard text.contains("%") else { return text }
        return text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }
}
