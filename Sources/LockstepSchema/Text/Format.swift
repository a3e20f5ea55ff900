import LockstepJSON

/// The formats that are checked. Others are annotations.
enum Format: Int32, CaseIterable {
    case dateTime = 1
    case date, time, duration, email, idnEmail, hostname, idnHostname, ipv4, ipv6, uri, uriReference, iri, iriReference
    case uriTemplate, jsonPointer, relativeJSONPointer, uuid, regex, byte, base64url, decimal, char, mediaRange
    case int8, int16, int32, int64, uint8, uint16, uint32, uint64, float, double
    case doubleInt, decimal128, structuredInteger, structuredDecimal
    case structuredBoolean, structuredString, structuredToken, structuredBinary
    case httpDate, dateTimeLocal, timeLocal

    init?(name: String) {
        guard let format = Self.named[name] else { return nil }
        self = format
    }

    private static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

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
        case .doubleInt: "double-int"
        case .structuredInteger: "sf-integer"
        case .structuredDecimal: "sf-decimal"
        case .structuredBoolean: "sf-boolean"
        case .structuredString: "sf-string"
        case .structuredToken: "sf-token"
        case .structuredBinary: "sf-binary"
        case .httpDate: "http-date"
        case .dateTimeLocal: "date-time-local"
        case .timeLocal: "time-local"
        default: "\(self)"
        }
    }

    var appliesToNumbers: Bool {
        self == .decimal || (Format.int8.rawValue...Format.structuredDecimal.rawValue).contains(rawValue)
    }

    /// 64 bits and decimals stand in strings as well, which no reader rounds.
    var appliesToStrings: Bool { !appliesToNumbers || [.decimal, .decimal128, .int64, .uint64].contains(self) }

    /// Whether a string has the format.
    func accepts(_ bytes: ByteView, _ start: Int, _ length: Int) -> Bool {
        switch self {
        case .dateTime: return Timestamp(bytes, start, length) != nil
        case .date: return CalendarDate(bytes, start, length) != nil
        case .time: return ClockTime(bytes, start, start + length) != nil
        case .uuid: return UUID.halves(bytes, start, length) != nil
        case .byte: return Base64.decode(bytes, start, length) != nil
        case .decimal: return Decimal(bytes, start, length) != nil
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
        case .base64url: return TextFormats.isBase64URL(text)
        case .char: return bytes.string(start, length).unicodeScalars.count == 1
        case .mediaRange: return HTTPFormats.isMediaRange(text)
        case .int64, .uint64: return NumberFormats.isInteger(text, self)
        case .decimal128: return NumberFormats.isDecimal128(text)
        case .structuredBoolean: return text == Array("?0".utf8) || text == Array("?1".utf8)
        case .structuredString: return HTTPFormats.isStructuredString(text)
        case .structuredToken: return HTTPFormats.isStructuredToken(text)
        case .structuredBinary: return HTTPFormats.isStructuredBinary(text)
        case .httpDate: return HTTPFormats.isDate(text)
        case .dateTimeLocal: return Timestamp(String(decoding: text, as: UTF8.self) + "Z") != nil
        case .timeLocal: return TextFormats.isLocalTime(text)
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
        // Half a step above the largest value, where rounding would leave the range.
        case .float: return NumberFormats.isFinite(number, magnitude: 38, "3.40282356779733661637539395458142568448e38")
        case .double:
            let largest = "1.797693134862315807937289714053034150799341327100378269361737789804449682927647509466490179"
            return NumberFormats.isFinite(number, magnitude: 308, largest + "775872070963302864166928879109465555e308")
        case .doubleInt: return number.int64.map { $0.magnitude < 1 << 53 } ?? false
        case .decimal128: return NumberFormats.isDecimal128(number)
        case .structuredInteger: return number.isInteger && number.magnitude < 15
        case .structuredDecimal: return NumberFormats.isStructuredDecimal(number)
        default: return true
        }
    }
}
