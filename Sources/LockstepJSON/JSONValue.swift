/// One member of an object.
public struct JSONMember: Sendable, Equatable {
    /// The member's name.
    public var key: String
    /// The member's value.
    public var value: JSONValue

    /// A member.
    public init(key: String, value: JSONValue) {
        self.key = key
        self.value = value
    }
}

/// A JSON value as a tree, for free-form data. Numbers keep their text; objects keep their order.
///
/// Two values are equal when JSON says so: `1` equals `1.0`, and the order of members does not count.
public enum JSONValue: Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number, as text of RFC 8259's grammar.
    case number(String)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object; names are unique.
    case object([JSONMember])

    /// Reads one JSON value.
    public static func parse(_ text: String, limits: JSONLimits = .default) throws(JSONParseError) -> JSONValue {
        try JSONDocument.parse(text, limits: limits).value
    }

    /// An integer.
    public static func int(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }

    /// A member's value; nil when this is no object or has no such member.
    public subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        for member in members where member.key == key { return member.value }
        return nil
    }

    /// An element; nil when this is no array or too short.
    public subscript(_ index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The text of a string, else nil.
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The value of `true` and `false`, else nil.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// An integer in range, else nil.
    public var int: Int? {
        if case .number(let text) = self { Number.with(text) { $0.int64 }.map(Int.init) } else { nil }
    }
    /// The elements of an array, else nil.
    public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    /// The members of an object, else nil.
    public var object: [JSONMember]? { if case .object(let members) = self { members } else { nil } }
    /// Whether this is `null`.
    public var isNull: Bool { if case .null = self { true } else { false } }

    /// The value as JSON text, compact, members in order.
    public var text: String {
        var writer = JSONWriter()
        writer.value(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension JSONValue: Equatable {
    /// Equality of JSON values.
    public static func == (a: JSONValue, b: JSONValue) -> Bool {
        switch (a, b) {
        case (.null, .null): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.string(let a), .string(let b)): return a.utf8.elementsEqual(b.utf8)
        case (.number(let a), .number(let b)):
            return a == b || Number.with(a) { a in Number.with(b) { b in Number.compare(a, b) == 0 } }
        case (.array(let a), .array(let b)): return a == b
        case (.object(let a), .object(let b)): return equal(a, b)
        default: return false
        }
    }

    private static func equal(_ a: [JSONMember], _ b: [JSONMember]) -> Bool {
        guard a.count == b.count else { return false }
        if zip(a, b).allSatisfy({ $0.key == $1.key }) { return zip(a, b).allSatisfy { $0.value == $1.value } }
        let values = Dictionary(b.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        return a.allSatisfy { values[$0.key] == $0.value }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `nil` is `null`.
    public init(nilLiteral: ()) { self = .null }
    /// A literal `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A literal integer.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// A literal string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A literal array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// A literal object, in order.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember(key: $0.0, value: $0.1) })
    }
}
