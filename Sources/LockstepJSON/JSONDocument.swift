/// A parsed JSON text: the bytes and a flat tape of where each value lies. Immutable and cheap to share.
///
/// Numbers keep their text. Strings with escapes are decoded once, behind the received bytes.
///
/// `@unchecked Sendable`: the tape's memory belongs to the document alone, and nobody writes to it after `init`.
public final class JSONDocument: @unchecked Sendable {
    /// The text, followed by the decoded form of the strings that had escapes.
    @usableFromInline package let bytes: [UInt8]
    @usableFromInline let words: UnsafePointer<TapeWord>
    @usableFromInline let wordCount: Int

    /// Takes the tape's memory over.
    init(bytes: [UInt8], tape: TapeMemory) {
        self.bytes = bytes
        words = UnsafePointer(tape.base)
        wordCount = tape.count
    }

    deinit { PlainMemory.free(UnsafeMutablePointer(mutating: words)) }

    /// The tape. Only for use while the document is kept alive: see `withExtendedLifetime`.
    @inlinable package var tape: TapeView { TapeView(base: words, count: wordCount) }

    /// A word of the tape.
    @inlinable
    package func word(_ index: Int) -> TapeWord { withExtendedLifetime(self) { tape[index] } }

    /// The index of the word after a value.
    @inlinable
    package func indexAfter(_ index: Int) -> Int { withExtendedLifetime(self) { tape.indexAfter(index) } }

    /// Reads one JSON value: RFC 8259 to the letter, UTF-8 checked, names unique within an object.
    public static func parse(
        _ bytes: consuming [UInt8], limits: JSONLimits = .default
    ) throws(JSONParseError) -> JSONDocument {
        guard bytes.count <= min(limits.maximumSize, TapeWord.maximum) else { throw JSONParseError(.tooLarge, at: 0) }
        var whole: [UInt8]?
        let tape = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONParseError) in
            var parser = JSONParser(ByteView(buffer), maximumDepth: limits.maximumDepth)
            do throws(JSONParseError) {
                try parser.parseDocument()
            } catch {
                parser.tape.deallocate()
                throw error
            }
            if let decoded = parser.decoded?.bytes { whole = join(buffer, decoded) }
            return parser.tape
        }
        if let whole { return JSONDocument(bytes: whole, tape: tape) }
        return JSONDocument(bytes: bytes, tape: tape)
    }

    /// The text with the decoded strings behind it, in memory of just that size.
    private static func join(
        _ text: UnsafeBufferPointer<UInt8>, _ decoded: UnsafeBufferPointer<UInt8>
    ) -> [UInt8] {
        // There is room for both, one behind the other, and the count is what has been written.
        [UInt8](unsafeUninitializedCapacity: text.count + decoded.count) { buffer, count in
            let place = buffer.initialize(fromContentsOf: text)
            count = buffer[place...].initialize(fromContentsOf: decoded)
        }
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
