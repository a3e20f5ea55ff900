/// Writes JSON straight to bytes: compact, in the order of the calls.
///
/// The caller keeps the nesting right; commas and escapes are the writer's.
public struct JSONWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8]
    /// Whether something was to be written that JSON cannot hold (a number that is not finite). `null` stands in its
    /// place, and `finish` throws.
    public private(set) var isFaulty = false
    private var needsComma = false

    /// A writer with room for some bytes.
    public init(capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// The finished text.
    public consuming func finish() throws(JSONWriteError) -> [UInt8] {
        if isFaulty { throw JSONWriteError.numberNotFinite }
        return bytes
    }

    // MARK: Containers

    /// Opens an object.
    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    /// Closes an object.
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    /// Opens an array.
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    /// Closes an array.
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// A member's name.
    public mutating func key(_ name: StaticString) {
        comma()
        name.withUTF8Buffer { appendQuoted($0) }
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A member's name.
    public mutating func key(_ name: String) {
        comma()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    // MARK: Scalars

    /// A string.
    public mutating func string(_ value: String) {
        comma()
        quote(value)
    }

    /// A string that is known to need no escapes.
    mutating func plainString(_ write: (inout [UInt8]) -> Void) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        write(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// An integer.
    public mutating func int(_ value: some FixedWidthInteger) {
        comma()
        if let value = Int64(exactly: value) {
            appendDecimal(value, to: &bytes)
        } else {
            bytes.append(contentsOf: String(value).utf8)
        }
    }

    /// A binary floating-point number, as its shortest text that reads back the same.
    public mutating func double(_ value: Double) {
        guard value.isFinite else { return refuse() }
        comma()
        bytes.append(contentsOf: value.description.utf8)
    }

    /// A binary floating-point number, as its shortest text that reads back the same.
    public mutating func float(_ value: Float) {
        guard value.isFinite else { return refuse() }
        comma()
        bytes.append(contentsOf: value.description.utf8)
    }

    /// An exact decimal, with its scale.
    public mutating func decimal(_ value: Decimal) {
        comma()
        value.append(to: &bytes)
    }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) {
        literal(value ? "true" : "false")
    }

    /// `null`
    public mutating func null() { literal("null") }

    /// An instant, RFC 3339 in UTC.
    public mutating func timestamp(_ value: Timestamp) { plainString { value.append(to: &$0) } }
    /// A date.
    public mutating func date(_ value: CalendarDate) { plainString { value.append(to: &$0) } }
    /// A UUID in lower case.
    public mutating func uuid(_ value: UUID) { plainString { value.append(to: &$0) } }
    /// Bytes in base64.
    public mutating func base64(_ value: [UInt8]) { plainString { Base64.encode(value, to: &$0) } }

    /// JSON text, written as it is. It must be one JSON value.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        comma()
        bytes.append(contentsOf: json)
    }

    /// Any value.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .string(let value): string(value)
        case .number(let text): raw(text.utf8)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let members):
            beginObject()
            for member in members {
                key(member.key)
                self.value(member.value)
            }
            endObject()
        }
    }

    // MARK: Parts

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func open(_ byte: UInt8) {
        comma()
        bytes.append(byte)
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    private mutating func refuse() {
        isFaulty = true
        null()
    }

    private mutating func literal(_ text: StaticString) {
        comma()
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func quote(_ text: String) {
        var text = text
        text.withUTF8 { appendQuoted($0) }
    }

    private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var plain = 0
        for index in text.indices where Self.needsEscape(text[index]) {
            bytes.append(contentsOf: text[plain..<index])
            appendEscape(text[index])
            plain = index + 1
        }
        bytes.append(contentsOf: text[plain...])
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func appendEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0a: bytes.append(UInt8(ascii: "n"))
        case 0x0c: bytes.append(UInt8(ascii: "f"))
        case 0x0d: bytes.append(UInt8(ascii: "r"))
        default:
            let digits: StaticString = "0123456789abcdef"
            bytes.append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")])
            // A control character: both indices are below 16.
            bytes.append(digits.utf8Start[Int(byte >> 4)])
            bytes.append(digits.utf8Start[Int(byte & 15)])
        }
    }
}

/// Why a text could not be written.
public enum JSONWriteError: Error, Equatable, Sendable {
    /// A number was infinite or not a number.
    case numberNotFinite
}
