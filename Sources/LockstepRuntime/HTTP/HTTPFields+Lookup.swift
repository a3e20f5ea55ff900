extension HTTPFields {
    /// The value of the only or first field of this name, as text.
    public subscript(_ name: String) -> String? {
        guard let index = firstIndex(of: name) else { return nil }
        return text(entries[index].valueRange)
    }

    /// The value of the only or first field of this name, as bytes over the shared buffer.
    public func bytes(of name: String) -> ArraySlice<UInt8>? {
        guard let index = firstIndex(of: name) else { return nil }
        return buffer[entries[index].valueRange]
    }

    /// Whether there is a field of this name.
    public func contains(_ name: String) -> Bool {
        firstIndex(of: name) != nil
    }

    /// The values of all fields of this name, in order.
    public func values(_ name: String) -> [String] {
        entries.filter { matches($0, name.utf8) }.map { text($0.valueRange) }
    }

    /// The number of field lines with this name.
    public func count(of name: String) -> Int {
        var count = 0
        let utf8 = name.utf8
        for entry in entries where matches(entry, utf8) { count += 1 }
        return count
    }

    /// All values of a name as one, joined by a comma and a space (RFC 9110 §5.3); `nil` if there is none.
    public func combined(_ name: String) -> String? {
        guard let first = firstIndex(of: name) else { return nil }
        if count(of: name) == 1 { return text(entries[first].valueRange) }
        return values(name).joined(separator: ", ")
    }

    /// The members of a comma-separated list field (RFC 9110 §5.6.1) over all its lines: commas inside quoted strings
    /// do not separate, empty members are left out.
    public func list(_ name: String) -> [String] {
        var members: [String] = []
        let utf8 = name.utf8
        for entry in entries where matches(entry, utf8) {
            FieldList.forEachMember(of: buffer[entry.valueRange]) {
                members.append(String(decoding: $0, as: UTF8.self))
            }
        }
        return members
    }

    /// Whether a list field holds this token, compared without regard to case.
    public func list(_ name: String, contains token: String) -> Bool {
        var found = false
        let utf8 = name.utf8
        for entry in entries where matches(entry, utf8) {
            FieldList.forEachMember(of: buffer[entry.valueRange]) { member in
                found = found || FieldSyntax.equalIgnoringCase(member, token.utf8)
            }
        }
        return found
    }

    /// The position of the first field of this name.
    func firstIndex(of name: String) -> Int? {
        let utf8 = name.utf8
        guard let first = utf8.first, let last = utf8.last else { return nil }
        let key = HTTPFields.key(first: first, last: last)
        let length = utf8.count
        for index in entries.indices {
            let entry = entries[index]
            if entry.key == key, Int(entry.nameLength) == length, sameName(entry, utf8) { return index }
        }
        return nil
    }

    func matches(_ entry: Entry, _ name: String.UTF8View) -> Bool {
        Int(entry.nameLength) == name.count && sameName(entry, name)
    }

    private func sameName(_ entry: Entry, _ name: String.UTF8View) -> Bool {
        var position = Int(entry.nameStart)
        for byte in name {
            if FieldSyntax.lowercased(buffer[position]) != FieldSyntax.lowercased(byte) { return false }
            position += 1
        }
        return true
    }

    /// Text of a range of the buffer; bytes that are not UTF-8 show as replacement characters.
    func text(_ range: Range<Int>) -> String {
        String(decoding: buffer[range], as: UTF8.self)
    }
}

extension HTTPFields: Sequence {
    /// One field line.
    public struct Field: Sendable, Equatable {
        /// The name as it was written.
        public let name: String
        /// The value without surrounding blanks.
        public let value: String
    }

    /// The field lines in order.
    public func makeIterator() -> AnyIterator<Field> {
        var index = 0
        return AnyIterator {
            guard index < entries.count else { return nil }
            defer { index += 1 }
            return Field(name: text(entries[index].nameRange), value: text(entries[index].valueRange))
        }
    }

    /// The number of field lines.
    public var underestimatedCount: Int { entries.count }
}

extension HTTPFields: Equatable {
    /// Same fields in the same order, names compared without regard to case.
    public static func == (left: HTTPFields, right: HTTPFields) -> Bool {
        left.count == right.count
            && zip(left, right).allSatisfy { $0.name.lowercased() == $1.name.lowercased() && $0.value == $1.value }
    }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
    /// Fields from name and value pairs, in order; names may repeat.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (name, value) in elements { append(name, value) }
    }
}
