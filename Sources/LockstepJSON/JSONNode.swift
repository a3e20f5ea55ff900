/// What a JSON value is.
public enum JSONKind: Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool
    /// A number; its text is kept.
    case number
    /// A string.
    case string
    /// An array.
    case array
    /// An object.
    case object
}

/// One value of a document: a cursor, cheap to make and to pass.
public struct JSONNode: Sendable {
    /// The document that holds the value.
    public let document: JSONDocument
    @usableFromInline package let index: Int

    @inlinable
    package init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    @inlinable package var word: TapeWord { document.word(index) }

    /// What the value is.
    public var kind: JSONKind {
        let word = word
        if word.isString { return .string }
        if word.isNumber { return .number }
        if word.isObject { return .object }
        if word.isArray { return .array }
        return word.isNull ? .null : .bool
    }

    /// Whether the value is `null`.
    public var isNull: Bool { word.isNull }

    /// The value of `true` and `false`, else nil.
    public var bool: Bool? {
        switch word.kindBits {
        case TapeKind.trueValue.rawValue: true
        case TapeKind.falseValue.rawValue: false
        default: nil
        }
    }

    /// The text of a string, else nil.
    public var string: String? { word.isString ? document.text(of: word) : nil }

    /// The text of a number as it was sent, else nil.
    public var numberText: String? { word.isNumber ? document.text(of: word) : nil }

    /// A number that is an integer in range, else nil.
    public var int64: Int64? {
        word.isNumber ? document.withText(of: word) { Number($0, $1, $2).int64 } : nil
    }

    /// Elements of an array or members of an object; 0 for scalars.
    public var count: Int { word.isContainer ? word.count : 0 }

    /// The elements of an array; nothing for other values.
    public var elements: JSONElements { JSONElements(self) }

    /// The members of an object in the order of the text; nothing for other values.
    public var members: JSONMembers { JSONMembers(self) }

    /// The value of an object's member, nil when there is none. Linear in the number of members.
    public subscript(_ key: String) -> JSONNode? {
        for member in members where member.key == key { return member.value }
        return nil
    }

    /// The value as a tree.
    public var value: JSONValue {
        switch kind {
        case .null: .null
        case .bool: .bool(bool == true)
        case .number: .number(numberText ?? "0")
        case .string: .string(string ?? "")
        case .array: .array(elements.map(\.value))
        case .object: .object(members.map { JSONMember(key: $0.key, value: $0.value.value) })
        }
    }
}

/// The elements of an array.
public struct JSONElements: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    init(_ node: JSONNode) {
        document = node.document
        position = node.index + 1
        end = node.word.isArray ? node.word.end : node.index + 1
    }

    /// The next element.
    public mutating func next() -> JSONNode? {
        guard position < end else { return nil }
        defer { position = document.indexAfter(position) }
        return JSONNode(document: document, index: position)
    }
}

/// The members of an object.
public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var position: Int
    private let end: Int

    init(_ node: JSONNode) {
        document = node.document
        position = node.index + 1
        end = node.word.isObject ? node.word.end : node.index + 1
    }

    /// The next member.
    public mutating func next() -> (key: String, value: JSONNode)? {
        guard position < end else { return nil }
        defer { position = document.indexAfter(position + 1) }
        return (document.text(of: document.word(position)), JSONNode(document: document, index: position + 1))
    }
}

extension JSONDocument {
    /// The text of a scalar's word.
    @inlinable
    @inline(__always)  // a chain of calls for each string would cost as much as the string
    package func text(of word: TapeWord) -> String {
        bytes.withUnsafeBufferPointer { ByteView($0).string(word.offset, word.length, isKnownASCII: word.isKnownASCII) }
    }

    /// Lends the bytes of a scalar's word.
    @inlinable
    package func withText<Result>(of word: TapeWord, _ body: (ByteView, Int, Int) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(ByteView($0), word.offset, word.length) }
    }
}
