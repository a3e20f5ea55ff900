/// One value of a source file, with the place of its text.
///
/// A class, because the stages between reading and the IR annotate and normalise the tree in place; it never leaves them.
final class Node {
    /// What a value is. Numbers keep their text, in JSON's form.
    enum Content {
        case null
        case bool(Bool)
        case number(String)
        case string(String)
        case sequence([Node])
        case mapping(Mapping)
    }

    /// The value.
    var content: Content
    /// Where the value's text begins.
    let mark: Mark
    /// Where the key begins, for a member of a mapping.
    var keyMark: Mark?
    /// What the value was checked as; `nil` until a check reaches it.
    var role: ObjectKind?
    /// What a `$ref` led to that has no place here by the specification: what is inside stands there.
    var included: Place?
    /// Whether this was written under the key that an older version has for it.
    var isRenamed = false
    /// Whether nobody wrote this: it says what is meant, and is not published.
    var isImplicit = false
    /// Whether normalising put this `anyOf` of null around what stood here, so that pointers into it lead one step further.
    var isNullWrapper = false
    /// Whether the schema's dialect is plain JSON Schema: then it implies no type, and formats only describe.
    var isPlainSchema = false

    init(_ content: Content, mark: Mark) {
        self.content = content
        self.mark = mark
    }

    /// A copy of the whole tree, with the same marks.
    func copy() -> Node {
        let copied = Node(content, mark: mark)
        copied.keyMark = keyMark
        switch content {
        case .null, .bool, .number, .string: break
        case .sequence(let items): copied.content = .sequence(items.map { $0.copy() })
        case .mapping(let mapping): copied.content = .mapping(mapping.mapValues { $0.copy() })
        }
        return copied
    }
}

/// A place in a file: line and column, both from 1, the column in code points.
struct Mark: Hashable, Comparable {
    var line: Int32
    var column: Int32

    init(line: Int, column: Int) {
        self.line = Int32(clamping: line)
        self.column = Int32(clamping: column)
    }

    static func < (left: Mark, right: Mark) -> Bool { (left.line, left.column) < (right.line, right.column) }
}

// MARK: - Reading

extension Node {
    /// The text, where this is a string.
    var string: String? {
        if case .string(let text) = content { text } else { nil }
    }

    /// The text of a string or number.
    var scalarText: String? {
        switch content {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .sequence, .mapping: nil
        }
    }

    /// The flag, where this is one.
    var bool: Bool? {
        if case .bool(let flag) = content { flag } else { nil }
    }

    /// The number's text, where this is one.
    var number: String? {
        if case .number(let text) = content { text } else { nil }
    }

    /// A whole number that fits.
    var integer: Int? {
        guard let number else { return nil }
        if let value = Int(number) { return value }
        guard let value = Double(number), value == value.rounded(), abs(value) < 9e15 else { return nil }
        return Int(value)
    }

    /// The elements, where this is a sequence.
    var items: [Node]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// The members, where this is a mapping.
    var mapping: Mapping? {
        if case .mapping(let mapping) = content { mapping } else { nil }
    }

    /// Whether this is null.
    var isNull: Bool {
        if case .null = content { true } else { false }
    }

    /// The member of this key, where this is a mapping that has it.
    subscript(key: String) -> Node? { mapping?[key] }

    /// What the value is, for messages: `a string`, `an object`.
    var typeName: String {
        switch content {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .sequence: "an array"
        case .mapping: "an object"
        }
    }
}

// MARK: - Changing

extension Node {
    /// Sets a member; a new key goes to the end. Nothing happens where this is no mapping.
    func set(_ key: String, _ value: Node) {
        guard var mapping else { return }
        mapping[key] = value
        content = .mapping(mapping)
    }

    /// Makes this a list of what it was.
    func wrapInList() { content = .sequence([Node(content, mark: mark)]) }

    /// Removes members.
    func remove(_ keys: Set<String>) {
        guard !keys.isEmpty, let mapping else { return }
        content = .mapping(Mapping(mapping.entries.filter { !keys.contains($0.key) }))
    }

    /// Removes a member.
    func remove(_ key: String) {
        guard var mapping, mapping[key] != nil else { return }
        mapping[key] = nil
        content = .mapping(mapping)
    }
}
