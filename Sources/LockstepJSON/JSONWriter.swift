/// Writes JSON straight to bytes: compact, in the order of the calls.
///
/// The caller keeps the nesting right; commas and escapes are the writer's. A writer has one owner, so that its memory
/// grows without asking who else holds it.
public struct JSONWriter: ~Copyable, Sendable {
    private var output: GrowingBytes
    /// Whether something was to be written that JSON cannot hold (a number that is not finite). `null` stands in its
    /// place, and `finish` throws.
    public private(set) var isFaulty = false
    private var needsComma = false

    /// A writer with room for some bytes.
    public init(capacity: Int = 256) {
        output = GrowingBytes(capacity: capacity)
    }

    /// What has been written.
    public var bytes: [UInt8] { output.array }

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
        name.withUTF8Buffer { appendQuoted($0, isKey: true) }
        needsComma = false
    }

    /// A member's name.
    public mutating func key(_ name: String) {
        quote(name, isKey: true)
        needsComma = false
    }

    // MARK: Scalars

    /// A string.
    public mutating func string(_ value: String) {
        quote(value, isKey: false)
        needsComma = true
    }

    /// An integer.
    public mutating func int(_ value: Int64) {
        let needsComma = needsComma
        output.fill(21) { filler in
            if needsComma { filler.append(UInt8(ascii: ",")) }
            filler.append(decimal: value)
        }
        self.needsComma = true
    }

    /// An integer.
    @inlinable public mutating func int(_ value: Int) { int(Int64(value)) }
    /// An integer.
    @inlinable public mutating func int(_ value: Int32) { int(Int64(value)) }

    /// An integer.
    public mutating func int(_ value: some FixedWidthInteger) {
        if let value = Int64(exactly: value) { int(value) } else { raw(String(value).utf8) }
    }

    /// A binary floating-point number, as its shortest text that reads back the same.
    public mutating func double(_ value: Double) {
        guard value.isFinite else { return refuse() }
        raw(value.description.utf8)
    }

    /// A binary floating-point number, as its shortest text that reads back the same.
    public mutating func float(_ value: Float) {
        guard value.isFinite else { return refuse() }
        raw(value.description.utf8)
    }

    /// An exact decimal, with its scale.
    public mutating func decimal(_ value: Decimal) {
        comma()
        output.fill(Decimal.maximumLength) { value.append(to: &$0) }
    }

    /// An exact decimal, with its scale, as a string.
    public mutating func decimalString(_ value: Decimal) { plain(Decimal.maximumLength) { value.append(to: &$0) } }

    /// A string of at most so many bytes that needs no escapes.
    private mutating func plain(_ most: Int, _ write: (inout ByteFiller) -> Void) {
        let needsComma = needsComma
        output.fill(most + 3) { filler in
            if needsComma { filler.append(UInt8(ascii: ",")) }
            filler.append(UInt8(ascii: "\""))
            write(&filler)
            filler.append(UInt8(ascii: "\""))
        }
        self.needsComma = true
    }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) {
        literal(value ? "true" : "false")
    }

    /// `null`
    public mutating func null() { literal("null") }

    /// An instant, RFC 3339 in UTC.
    public mutating func timestamp(_ value: Timestamp) { plain(Timestamp.maximumLength) { value.append(to: &$0) } }
    /// A date.
    public mutating func date(_ value: CalendarDate) { plain(10) { value.append(to: &$0) } }
    /// A UUID in lower case.
    public mutating func uuid(_ value: UUID) { plain(36) { value.append(to: &$0) } }
    /// Bytes in base64.
    public mutating func base64(_ value: [UInt8]) {
        comma()
        output.append(UInt8(ascii: "\""))
        var text: [UInt8] = []
        text.reserveCapacity((value.count + 2) / 3 * 4)
        Base64.encode(value, to: &text)
        output.append(contentsOf: text)
        output.append(UInt8(ascii: "\""))
    }

    /// JSON text, written as it is. It must be one JSON value.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        comma()
        if json.withContiguousStorageIfAvailable({ output.append(contentsOf: $0) }) == nil {
            output.append(contentsOf: Array(json))
        }
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
        if needsComma { output.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func open(_ byte: UInt8) {
        comma()
        output.append(byte)
        needsComma = false
    }

    private mutating func close(_ byte: UInt8) {
        output.append(byte)
        needsComma = true
    }

    private mutating func refuse() {
        isFaulty = true
        null()
    }

    private mutating func literal(_ text: StaticString) {
        let needsComma = needsComma
        output.fill(text.utf8CodeUnitCount + 1) { filler in
            if needsComma { filler.append(UInt8(ascii: ",")) }
            text.withUTF8Buffer { filler.append($0) }
        }
        self.needsComma = true
    }

    private mutating func quote(_ text: String, isKey: Bool) {
        // Every native string lends its bytes; another one is copied first.
        if text.utf8.withContiguousStorageIfAvailable({ appendQuoted($0, isKey: isKey) }) == nil {
            var copy = text
            copy.withUTF8 { appendQuoted($0, isKey: isKey) }
        }
    }

    /// A text in quotation marks, with the comma before it and, behind a name, the colon.
    private mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>, isKey: Bool) {
        let needsComma = needsComma
        if text.count <= 16, let (low, high) = PlainText.words(of: ByteView(text)) {
            output.fill(20) { filler in
                if needsComma { filler.append(UInt8(ascii: ",")) }
                filler.append(UInt8(ascii: "\""))
                filler.append(low, high, keeping: text.count)
                filler.append(UInt8(ascii: "\""))
                if isKey { filler.append(UInt8(ascii: ":")) }
            }
            return
        }
        guard PlainText.isPlain(text) else { return appendEscaped(text, isKey: isKey) }
        output.fill(text.count + 4) { filler in
            if needsComma { filler.append(UInt8(ascii: ",")) }
            filler.append(UInt8(ascii: "\""))
            filler.append(text)
            filler.append(UInt8(ascii: "\""))
            if isKey { filler.append(UInt8(ascii: ":")) }
        }
    }

    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, isKey: Bool) {
        comma()
        output.append(UInt8(ascii: "\""))
        var start = 0
        while start < text.count {
            let piece = UnsafeBufferPointer(rebasing: text[start..<min(start + Self.piece, text.count)])
            output.fill(Self.piece * 6) { filler in PlainText.append(piece, to: &filler) }
            start += Self.piece
        }
        output.append(UInt8(ascii: "\""))
        if isKey { output.append(UInt8(ascii: ":")) }
    }

    /// Bytes that are escaped at once: each of them becomes six at most.
    private static let piece = 64
}

/// Why a text could not be written.
public enum JSONWriteError: Error, Equatable, Sendable {
    /// A number was infinite or not a number.
    case numberNotFinite
}
