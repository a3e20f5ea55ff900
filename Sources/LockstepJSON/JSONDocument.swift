/// A parsed JSON text: the bytes and a flat tape of where each value lies. Immutable and cheap to share.
///
/// Numbers keep their text. Strings with escapes are decoded once, behind the received bytes.
public final class JSONDocument: Sendable {
    /// The text, followed by the decoded form of the strings that had escapes.
    @usableFromInline package let bytes: [UInt8]
    @usableFromInline package let tape: [TapeWord]

    @inlinable
    package init(bytes: [UInt8], tape: [TapeWord]) {
        self.bytes = bytes
        self.tape = tape
    }

    /// Reads one JSON value: RFC 8259 to the letter, UTF-8 checked, names unique within an object.
    public static func parse(
        _ bytes: consuming [UInt8], limits: JSONLimits = .default
    ) throws(JSONParseError) -> JSONDocument {
        guard bytes.count <= min(limits.maximumSize, TapeWord.maximum) else { throw JSONParseError(.tooLarge, at: 0) }
        let (tape, decoded) = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONParseError) in
            var parser = JSONParser(ByteView(buffer), maximumDepth: limits.maximumDepth)
            try parser.parseDocument()
            return (parser.tape, parser.decoded)
        }
        if !decoded.isEmpty { bytes.append(contentsOf: decoded) }
        return JSONDocument(bytes: bytes, tape: tape)
    }

    /// Reads one JSON value from text.
    public static func parse(_ text: String, limits: JSONLimits = .default) throws(JSONParseError) -> JSONDocument {
        try parse(Array(text.utf8), limits: limits)
    }

    /// The document's value.
    @inlinable public var root: JSONNode { JSONNode(document: self, index: 0) }

    /// The document as a tree of values.
    public var value: JSONValue { root.value }
}
