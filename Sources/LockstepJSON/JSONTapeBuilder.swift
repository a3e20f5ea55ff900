/// Builds a document from decoded values, so that parameters and forms go through the same validator as JSON.
///
/// Calls follow the order of a text: `beginObject`, `key`, a value, …, `endObject`. A misuse (a value without a key, an
/// unclosed container) is a programmer's error and stops the process.
public struct JSONTapeBuilder: Sendable {
    fileprivate var bytes: [UInt8] = []
    fileprivate var tape: [TapeWord] = []
    private var open: [(start: Int, count: Int, isObject: Bool)] = []

    /// An empty builder with room for some bytes of text.
    public init(capacity: Int = 64) {
        bytes.reserveCapacity(capacity)
        tape.reserveCapacity(8)
    }

    /// Opens an object.
    public mutating func beginObject() { begin(isObject: true) }
    /// Closes an object.
    public mutating func endObject() { end(isObject: true) }
    /// Opens an array.
    public mutating func beginArray() { begin(isObject: false) }
    /// Closes an array.
    public mutating func endArray() { end(isObject: false) }

    /// The name of the next member. Names must be unique: the caller merges what came twice.
    public mutating func key(_ name: String) {
        precondition(open.last?.isObject == true, "a key outside an object")
        appendText(.string, name.utf8)
    }

    /// A string.
    public mutating func string(_ value: String) {
        count()
        appendText(.string, value.utf8)
    }

    /// A number from text; false, with nothing added, when the text is no JSON number.
    public mutating func number(text: String) -> Bool {
        let utf8 = Array(text.utf8)
        let isFraction = utf8.withUnsafeBufferPointer { buffer -> Bool? in
            var parser = JSONParser(ByteView(buffer), maximumDepth: 0)
            defer { parser.tape.deallocate() }
            guard let first = buffer.first, first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10,
                let word = try? parser.parseNumber(0), word.length == buffer.count
            else { return nil }
            return word.kindBits == TapeKind.fraction.rawValue
        }
        guard let isFraction else { return false }
        count()
        appendText(isFraction ? .fraction : .integer, utf8)
        return true
    }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) {
        count()
        appendText(value ? .trueValue : .falseValue, (value ? "true" : "false").utf8)
    }

    /// `null`
    public mutating func null() {
        count()
        appendText(.null, "null".utf8)
    }

    /// Any value.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let value): bool(value)
        case .string(let value): string(value)
        case .number(let text): precondition(number(text: text), "a number that is not JSON")
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

    /// The document. Exactly one value must have been added.
    public consuming func finish() -> JSONDocument {
        precondition(open.isEmpty && !tape.isEmpty, "an unfinished value")
        return JSONDocument(bytes: bytes, tape: TapeMemory(tape))
    }

    private mutating func begin(isObject: Bool) {
        count()
        open.append((tape.count, 0, isObject))
        tape.append(TapeWord(.null, 0, 0))
    }

    private mutating func end(isObject: Bool) {
        guard let container = open.popLast(), container.isObject == isObject else {
            preconditionFailure("the end of a container that is not open")
        }
        tape[container.start] = TapeWord(isObject ? .object : .array, container.count, tape.count)
    }

    private mutating func count() {
        if open.isEmpty {
            precondition(tape.isEmpty, "a second value at the top")
        } else {
            open[open.count - 1].count += 1
        }
    }

    private mutating func appendText(_ kind: TapeKind, _ text: some Sequence<UInt8>) {
        let start = bytes.count
        bytes.append(contentsOf: text)
        tape.append(TapeWord(kind, start, bytes.count - start))
    }
}

extension JSONDocument {
    /// The document of a tree of values.
    public convenience init(_ value: JSONValue) {
        var builder = JSONTapeBuilder()
        builder.value(value)
        self.init(bytes: builder.bytes, tape: TapeMemory(builder.tape))
    }
}

extension JSONTapeBuilder {
    /// A document that is `null`.
    package static let nullDocument = JSONDocument(.null)
}
