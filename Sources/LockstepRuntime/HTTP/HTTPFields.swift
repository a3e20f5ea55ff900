/// Header or trailer fields, in order, names compared without regard to case.
///
/// All names and values lie in one byte buffer, and a table of 16-byte entries says where:
///
/// ```
/// buffer   Content-Type: application/json\r\nLocation: /api/payments/1\r\n
///          ^nameStart    ^valueStart        ^valueEnd
/// ```
///
/// Fields that were appended lie in the buffer as they go on the wire, so that writing a response's head is one copy.
/// Fields that a parser found are entries over the received bytes. Looking a field up allocates nothing; only asking
/// for its value as a `String` does.
public struct HTTPFields: Sendable {
    struct Entry: Sendable {
        var nameStart: UInt32
        var valueStart: UInt32
        var valueEnd: UInt32
        var nameLength: UInt16
        /// First and last byte of the name in lower case: most names differ in length or here.
        var key: UInt16

        var nameRange: Range<Int> { Int(nameStart)..<Int(nameStart) + Int(nameLength) }
        var valueRange: Range<Int> { Int(valueStart)..<Int(valueEnd) }
    }

    /// The names and values; for a parsed head, the bytes as received.
    var buffer: [UInt8]
    var entries: [Entry]
    /// Whether `buffer` is exactly the fields as they go on the wire.
    var isWireFormat: Bool

    /// No fields.
    public init() {
        buffer = []
        entries = []
        isWireFormat = true
    }

    /// No fields, with room for some.
    public init(reservingBytes bytes: Int, fields: Int) {
        self.init()
        buffer.reserveCapacity(bytes)
        entries.reserveCapacity(fields)
    }

    /// Takes over a received head, whose fields a parser then names with ``appendParsed(name:value:)``.
    public init(adopting received: [UInt8], reservingFields fields: Int = 16) {
        buffer = received
        entries = []
        entries.reserveCapacity(fields)
        isWireFormat = received.isEmpty
    }

    /// The number of field lines.
    public var count: Int { entries.count }

    /// Whether there are no fields.
    public var isEmpty: Bool { entries.isEmpty }

    /// Names a field inside the adopted buffer. The parser has checked the bytes; the ranges must lie in the buffer.
    public mutating func appendParsed(name: Range<Int>, value: Range<Int>) {
        precondition(
            !name.isEmpty && name.upperBound <= buffer.count && value.upperBound <= buffer.count,
            "a parsed field must lie inside the adopted buffer")
        isWireFormat = false
        entries.append(
            Entry(
                nameStart: UInt32(name.lowerBound), valueStart: UInt32(value.lowerBound),
                valueEnd: UInt32(value.upperBound), nameLength: UInt16(clamping: name.count),
                key: HTTPFields.key(first: buffer[name.lowerBound], last: buffer[name.upperBound - 1])))
    }

    /// Appends a field line.
    ///
    /// Whatever a handler passes, one call gives one field: control characters in the value (CR and LF among them)
    /// become spaces, and a name that is not a token (RFC 9110 §5.1) is refused.
    ///
    /// - Returns: `false` if the name is not a token, in which case nothing is appended.
    @discardableResult
    public mutating func append(_ name: String, _ value: String) -> Bool {
        // Every native string lends its bytes, which are copied at once instead of one by one.
        let isAppended = value.utf8.withContiguousStorageIfAvailable { append(name, bytes: $0) }
        return isAppended ?? append(name, bytes: value.utf8)
    }

    /// Appends a field line whose value is given as bytes; see ``append(_:_:)``.
    @discardableResult
    public mutating func append(_ name: String, bytes value: some Collection<UInt8>) -> Bool {
        makeWireFormat()
        let start = buffer.count
        guard appendName(name) else { return false }
        let key = HTTPFields.key(first: buffer[start], last: buffer[buffer.count - 1])
        let nameLength = UInt16(buffer.count - start)
        buffer.append(0x3A)
        buffer.append(0x20)
        let valueStart = buffer.count
        buffer.append(contentsOf: value)
        FieldSyntax.blankControls(in: &buffer, from: valueStart)
        let valueEnd = buffer.count
        buffer.append(0x0D)
        buffer.append(0x0A)
        entries.append(
            Entry(
                nameStart: UInt32(start), valueStart: UInt32(valueStart), valueEnd: UInt32(valueEnd),
                nameLength: nameLength, key: key))
        return true
    }

    /// Appends a name if it is one.
    private mutating func appendName(_ name: String) -> Bool {
        let isName = name.utf8.withContiguousStorageIfAvailable { name in
            guard FieldSyntax.isToken(name), name.count <= Int(UInt16.max) else { return false }
            buffer.append(contentsOf: name)
            return true
        }
        return isName ?? appendName(String(decoding: Array(name.utf8), as: UTF8.self))
    }

    /// Replaces all fields of this name by one.
    public mutating func set(_ name: String, _ value: String) {
        remove(name)
        append(name, value)
    }

    /// Removes all fields of this name.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    public mutating func remove(_ name: String) -> Bool {
        guard contains(name) else { return false }
        let kept = entries.indices.filter { !matches(entries[$0], name.utf8) }
        rebuild(keeping: kept.map { entries[$0] })
        return true
    }

    /// Removes the fields that the predicate names.
    public mutating func removeAll(where shouldRemove: (_ name: String, _ value: String) -> Bool) {
        let kept = entries.filter { !shouldRemove(text($0.nameRange), text($0.valueRange)) }
        guard kept.count < entries.count else { return }
        rebuild(keeping: kept)
    }

    /// Appends the field lines to `output` in wire format, each with its CRLF, without the empty line that ends a head.
    public func appendWireFormat(to output: inout [UInt8]) {
        if isWireFormat {
            output.append(contentsOf: buffer)
        } else {
            for entry in entries { HTTPFields.appendLine(buffer, entry, to: &output) }
        }
    }

    private mutating func makeWireFormat() {
        if !isWireFormat { rebuild(keeping: entries) }
    }

    private mutating func rebuild(keeping kept: [Entry]) {
        var rebuilt: [UInt8] = []
        rebuilt.reserveCapacity(buffer.count)
        var moved: [Entry] = []
        moved.reserveCapacity(kept.count + 4)
        for entry in kept {
            let start = rebuilt.count
            HTTPFields.appendLine(buffer, entry, to: &rebuilt)
            var copy = entry
            copy.nameStart = UInt32(start)
            copy.valueStart = UInt32(start + Int(entry.nameLength) + 2)
            copy.valueEnd = UInt32(rebuilt.count - 2)
            moved.append(copy)
        }
        buffer = rebuilt
        entries = moved
        isWireFormat = true
    }

    private static func appendLine(_ buffer: [UInt8], _ entry: Entry, to output: inout [UInt8]) {
        output.append(contentsOf: buffer[entry.nameRange])
        output.append(0x3A)
        output.append(0x20)
        output.append(contentsOf: buffer[entry.valueRange])
        output.append(0x0D)
        output.append(0x0A)
    }

    static func key(first: UInt8, last: UInt8) -> UInt16 {
        UInt16(FieldSyntax.lowercased(first)) << 8 | UInt16(FieldSyntax.lowercased(last))
    }
}
