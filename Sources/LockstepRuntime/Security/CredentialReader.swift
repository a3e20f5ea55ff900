import LockstepJSON

/// Finds credentials in requests. What is not there is `nil`; what is there in a form that cannot be right is refused.
enum CredentialReader {
    /// The token of `Authorization: Bearer token` (RFC 6750 §2.1). A raw token without the scheme is no bearer token.
    static func bearer(_ request: Request) throws -> String? {
        guard let rest = try credentials(request, scheme: "bearer") else { return nil }
        // The buffer is only lent; going through it costs a third of going through the slice.
        let isToken = rest.withUnsafeBufferPointer { bytes in
            var end = bytes.count
            while end > 0, bytes[end - 1] == 0x3D { end -= 1 }
            var index = 0
            let raw = UnsafeRawBufferPointer(bytes)
            // In bounds by the condition; all but the last bytes of a usual token pass here, eight at once.
            while index <= end - 8, isPlainToken(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) {
                index += 8
            }
            while index < end, isTokenCharacter(bytes[index]) { index += 1 }
            return end > 0 && index == end
        }
        guard isToken else { throw AuthenticationError(.malformed) }
        return String(decoding: rest, as: UTF8.self)
    }

    /// User name and password of `Authorization: Basic …` (RFC 7617), in UTF-8.
    static func basic(_ request: Request) throws -> BasicCredential? {
        guard let rest = try credentials(request, scheme: "basic") else { return nil }
        guard let bytes = Base64(encoded: String(decoding: rest, as: UTF8.self))?.bytes,
            let text = String(validating: bytes, as: UTF8.self), let colon = text.firstIndex(of: ":")
        else { throw AuthenticationError(.malformed) }
        return BasicCredential(
            username: String(text[..<colon]), password: String(text[text.index(after: colon)...]))
    }

    /// What follows another scheme in `Authorization`.
    static func http(_ request: Request, scheme: String) throws -> HTTPCredential? {
        guard let rest = try credentials(request, scheme: scheme) else { return nil }
        guard let text = String(validating: rest, as: UTF8.self) else { throw AuthenticationError(.malformed) }
        return HTTPCredential(scheme: scheme, credentials: text)
    }

    /// The key of an API key scheme. A key that is sent twice is refused.
    static func apiKey(_ request: Request, _ kind: SecurityScheme.Kind) throws -> String? {
        let values: [String]
        switch kind {
        case .apiKeyInHeader(let name): values = request.headers.values(name)
        case .apiKeyInQuery(let name): values = QueryItems(request.query).values(name)
        case .apiKeyInCookie(let name): values = CookieItems(request.headers).values(name)
        case .bearer, .basic, .http, .mutualTLS: return nil
        }
        guard values.count <= 1 else { throw AuthenticationError(.malformed) }
        return values.first.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What follows the scheme; `nil` without the field, for another scheme, or with nothing behind the scheme.
    private static func credentials(_ request: Request, scheme: StaticString) throws -> ArraySlice<UInt8>? {
        try credentials(request) { word in
            scheme.withUTF8Buffer { FieldSyntax.equalIgnoringCase(word, $0) }
        }
    }

    private static func credentials(_ request: Request, scheme: String) throws -> ArraySlice<UInt8>? {
        var scheme = scheme
        return try credentials(request) { word in
            scheme.withUTF8 { FieldSyntax.equalIgnoringCase(word, $0) }
        }
    }

    private static func credentials(
        _ request: Request, where isScheme: (ArraySlice<UInt8>) -> Bool
    ) throws -> ArraySlice<UInt8>? {
        guard let value = request.headers.bytes(of: "Authorization") else { return nil }
        guard request.headers.count(of: "Authorization") == 1 else { throw AuthenticationError(.malformed) }
        let end = value.firstIndex(of: 0x20) ?? value.endIndex
        guard isScheme(value[..<end]) else { return nil }
        let rest = value[end...].drop { $0 == 0x20 }
        return rest.isEmpty ? nil : rest
    }

    /// Whether eight bytes are letters, digits and `-._/`, which base64url and the dots of a JWT are made of; never true when
    /// one is something else.
    private static func isPlainToken(_ word: UInt64) -> Bool {
        let high: UInt64 = 0x8080_8080_8080_8080
        if word & high != 0 { return false }
        /// The high bit of each byte that is at least `limit`: no carry, because all bytes are below 0x80.
        func isAtLeast(_ limit: UInt8, _ word: UInt64) -> UInt64 {
            word &+ UInt64(0x80 - limit) &* 0x0101_0101_0101_0101
        }
        let lower = word | 0x2020_2020_2020_2020
        let letters = isAtLeast(UInt8(ascii: "a"), lower) & ~isAtLeast(UInt8(ascii: "z") + 1, lower)
        let digits = isAtLeast(UInt8(ascii: "-"), word) & ~isAtLeast(UInt8(ascii: "9") + 1, word)
        let underscores = isAtLeast(UInt8(ascii: "_"), word) & ~isAtLeast(UInt8(ascii: "_") + 1, word)
        return (letters | digits | underscores) & high == high
    }

    /// `token68` characters (RFC 9110 §11.2) without padding: letters, digits and `-._~+/`, as bits.
    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        if byte < 64 { return 0x03FF_E800_0000_0000 >> UInt64(byte) & 1 == 1 }
        return byte < 128 && 0x47FF_FFFE_87FF_FFFE >> UInt64(byte - 64) & 1 == 1
    }
}
