/// A `Content-Type` field: a media type with its parameters (RFC 9110 §8.3).
struct ContentType: Sendable {
    let mediaType: MediaType
    /// Names in lower case.
    let parameters: [(name: String, value: String)]

    init?(_ value: ArraySlice<UInt8>) {
        guard let mediaType = MediaType(bytes: value) else { return nil }
        var parameters: [(name: String, value: String)] = []
        var isWellFormed = true
        var isFirst = true
        FieldList.split(value, at: 0x3B) { piece in
            defer { isFirst = false }
            if isFirst { return }
            guard let parameter = ContentType.parameter(piece) else {
                isWellFormed = false
                return
            }
            parameters.append(parameter)
        }
        guard isWellFormed else { return nil }
        self.mediaType = mediaType
        self.parameters = parameters
    }

    /// The value of a parameter, named in lower case.
    subscript(_ name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// Whether the content is in UTF-8, as far as the field says: no `charset`, or UTF-8, or its subset US-ASCII.
    var isUTF8: Bool {
        guard let charset = self["charset"]?.lowercased() else { return true }
        return charset == "utf-8" || charset == "utf8" || charset == "us-ascii"
    }

    /// `name=token` or `name="quoted string"`.
    static func parameter(_ piece: ArraySlice<UInt8>) -> (name: String, value: String)? {
        guard let equals = piece.firstIndex(of: 0x3D) else { return nil }
        let name = FieldSyntax.trimmed(piece[..<equals])
        let value = FieldSyntax.trimmed(piece[(equals + 1)...])
        guard FieldSyntax.isToken(name), let text = unquoted(value) else { return nil }
        return (String(decoding: name.map(FieldSyntax.lowercased), as: UTF8.self), text)
    }

    private static func unquoted(_ value: ArraySlice<UInt8>) -> String? {
        guard value.first == 0x22 else {
            return FieldSyntax.isToken(value) ? String(decoding: value, as: UTF8.self) : nil
        }
        guard value.count >= 2, value.last == 0x22 else { return nil }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in value.dropFirst().dropLast() {
            if !isEscaped, byte == 0x5C {
                isEscaped = true
            } else {
                bytes.append(byte)
                isEscaped = false
            }
        }
        return isEscaped ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
