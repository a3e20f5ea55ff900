import LockstepJSON

/// Makes JSON of the text of a parameter, by the kinds of value that the table names.
enum ValueResolver {
    /// Decodes all pieces of a value.
    static func resolve(
        _ value: RawValue, _ type: ParameterType, _ coding: TextCoding
    ) throws(RawValueError) -> JSONValue {
        switch value {
        case .text(let text):
            if type.structure(valueCount: 1) == .array { return try list([text], type, coding) }
            return try scalar(text, type, coding)
        case .list(let items): return try list(items, type, coding)
        case .members(let members):
            var object: [JSONMember] = []
            for (name, texts) in members {
                let member = type.memberType(name) ?? .string
                object.append(JSONMember(key: name, value: try list(texts, member, coding)))
            }
            return .object(object)
        case .nested(let members):
            if let elements = numbered(members, type) {
                var array: [JSONValue] = []
                for element in elements { array.append(try resolve(element, type.itemType, coding)) }
                return .array(array)
            }
            var object: [JSONMember] = []
            for (name, value) in members {
                let member = type.memberType(name) ?? .string
                object.append(JSONMember(key: name, value: try resolve(value, member, coding)))
            }
            return .object(object)
        }
    }

    /// The elements of a list that clients number: `items[0][price]=5&items[1][price]=7`; `nil` where the document has
    /// no list there, or numbers are missing.
    private static func numbered(_ members: [(name: String, value: RawValue)], _ type: ParameterType) -> [RawValue]? {
        guard type.structure(valueCount: 2) == .array, members.count <= StyleParser.maximumItems else { return nil }
        var elements = [RawValue?](repeating: nil, count: members.count)
        for (name, value) in members {
            guard let index = Int(name), elements.indices.contains(index), name == String(index) else { return nil }
            elements[index] = value
        }
        return elements.compactMap { $0 }
    }

    private static func list(
        _ items: [ArraySlice<UInt8>], _ type: ParameterType, _ coding: TextCoding
    ) throws(RawValueError) -> JSONValue {
        if type.structure(valueCount: items.count) != .array {
            guard let only = items.first, items.count == 1 else { throw .repeated }
            return try scalar(only, type, coding)
        }
        if type.takesNull, items.count == 1, let text = coding.decode(items[0]), interpret(text, as: .null) != nil {
            return .null
        }
        guard items.count <= StyleParser.maximumItems else { throw .tooLarge }
        var elements: [JSONValue] = []
        elements.reserveCapacity(items.count)
        for item in items { elements.append(try scalar(item, type.itemType, coding)) }
        return .array(elements)
    }

    private static func scalar(
        _ raw: ArraySlice<UInt8>, _ type: ParameterType, _ coding: TextCoding
    ) throws(RawValueError) -> JSONValue {
        guard let text = coding.decode(raw) else { throw .encoding }
        return interpret(text, as: type) ?? .string(text)
    }

    /// The text as a value of this kind; `nil` if it does not look like one.
    static func interpret(_ text: String, as type: ParameterType) -> JSONValue? {
        switch type {
        case .string, .file: return .string(text)
        case .boolean: return text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
        case .null: return text.isEmpty || text == "null" ? .null : nil
        case .number: return isNumber(text.utf8) ? .number(text) : nil
        case .json: return try? JSONValue.parse(text)
        case .anyOf(let types):
            for type in types {
                if let value = interpret(text, as: type) { return value }
            }
            return nil
        case .array, .object: return nil
        }
    }

    /// The grammar of RFC 8259 §6: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
    static func isNumber(_ text: String.UTF8View) -> Bool {
        var rest = text[text.startIndex...]
        if rest.first == 0x2D { rest = rest.dropFirst() }
        let startsWithZero = rest.first == 0x30
        let digits = skipDigits(&rest)
        guard digits > 0, digits == 1 || !startsWithZero else { return false }
        if rest.first == 0x2E {
            rest = rest.dropFirst()
            guard skipDigits(&rest) > 0 else { return false }
        }
        if rest.first == 0x65 || rest.first == 0x45 {
            rest = rest.dropFirst()
            if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
            guard skipDigits(&rest) > 0 else { return false }
        }
        return rest.isEmpty
    }

    private static func skipDigits(_ text: inout Substring.UTF8View) -> Int {
        var count = 0
        while let byte = text.first, byte >= 0x30, byte <= 0x39 {
            text = text.dropFirst()
            count += 1
        }
        return count
    }
}
