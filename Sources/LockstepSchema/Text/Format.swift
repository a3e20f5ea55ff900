import LockstepJSON

/// The formats that are checked. Others are annotations.
enum Format: Int32, CaseIterable {
    case dateTime = 1
    case date, time, duration, email, idnEmail, hostname, idnHostname, ipv4, ipv6, uri, uriReference, iri, iriReference
    case uriTemplate, jsonPointer, relativeJSONPointer, uuid, regex, byte, base64url, decimal, char, mediaRange
    case int8, int16, int32, int64, uint8, uint16, uint32, uint64, float, double

    init?(name: String) {
        guard let format = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = format
    }

    /// The name in schemas.
    var name: String {
        switch self {
        case .dateTime: "date-time"
        case .idnEmail: "idn-email"
        case .idnHostname: "idn-hostname"
        case .uriReference: "uri-reference"
        case .iriReference: "iri-reference"
        case .uriTemplate: "uri-template"
        case .jsonPointer: "json-pointer"
        case .relativeJSONPointer: "relative-json-pointer"
        case .mediaRange: "media-range"
        default: "\(self)"
        }
    }

    var appliesToNumbers: Bool { rawValue >= Format.int8.rawValue || self == .decimal }
    var appliesToStrings: Bool { rawValue < Format.int8.rawValue }

    /// Whether a string has the format.
    func accepts(_ bytes: ByteView, _ start: Int, _ length: Int) -> Bool {
        switch self {
        case .dateTime: return Timestamp(bytes, start, length) != nil
        case .date: return CalendarDate(bytes, start, length) != nil
        case .time: return ClockTime(bytes, start, start + length) != nil
        case .uuid: return UUID.halves(bytes, start, length) != nil
        case .byte: return Base64.decode(bytes, start, length) != nil
        case .decimal: return Decimal(bytes, start, length) != nil
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .float, .double: return true
        default: break
        }
        let text = Array(bytes.string(start, length).utf8)
        switch self {
        case .duration: return TextFormats.isDuration(text)
        case .email: return MailFormats.isEmail(text, allowsUnicode: false)
        case .idnEmail: return MailFormats.isEmail(text, allowsUnicode: true)
        case .hostname: return HostFormats.isHostname(text)
        case .idnHostname: return HostFormats.isInternationalHostname(text)
        case .ipv4: return HostFormats.isIPv4(text[...])
        case .ipv6: return HostFormats.isIPv6(text[...])
        case .uri: return URIFormats.isURI(text, allowsUnicode: false)
        case .uriReference: return URIFormats.isReference(text, allowsUnicode: false)
        case .iri: return URIFormats.isURI(text, allowsUnicode: true)
        case .iriReference: return URIFormats.isReference(text, allowsUnicode: true)
        case .uriTemplate: return URIFormats.isTemplate(text)
        case .jsonPointer: return TextFormats.isJSONPointer(text[...])
        case .relativeJSONPointer: return TextFormats.isRelativeJSONPointer(text)
        case .regex: return TextFormats.isRegex(text)
        case .base64url: return text.allSatisfy { TextFormats.isBase64URL($0) } && text.count % 4 != 1
        case .char: return bytes.string(start, length).unicodeScalars.count == 1
        case .mediaRange: return text.contains(UInt8(ascii: "/"))
        default: return true
        }
    }

    /// Whether a number has the format.
    func accepts(number: Number) -> Bool {
        switch self {
        case .int64: return number.int64 != nil
        case .int8: return number.int64.map { Int8(exactly: $0) != nil } ?? false
        case .int16: return number.int64.map { Int16(exactly: $0) != nil } ?? false
        case .int32: return number.int64.map { Int32(exactly: $0) != nil } ?? false
        case .uint8: return number.int64.map { UInt8(exactly: $0) != nil } ?? false
        case .uint16: return number.int64.map { UInt16(exactly: $0) != nil } ?? false
        case .uint32: return number.int64.map { UInt32(exactly: $0) != nil } ?? false
        case .uint64:
            if number.isNegative || !number.isInteger { return false }
            return Number.with("18446744073709551615") { Number.compare(number, $0) <= 0 }
        case .float: return number.magnitude <= 38
        case .double: return number.magnitude <= 308
        default: return true
        }
    }
}
