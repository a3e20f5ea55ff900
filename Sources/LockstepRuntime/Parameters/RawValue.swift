/// The text of a parameter after its style has been taken apart, before its pieces are decoded.
enum RawValue: Sendable {
    /// One text.
    case text(ArraySlice<UInt8>)
    /// The items of a list.
    case list([ArraySlice<UInt8>])
    /// The members of an object; a name comes once, with one text or several.
    case members([(name: String, texts: [ArraySlice<UInt8>])])
    /// Members of members, from `deepObject`.
    case nested([(name: String, value: RawValue)])
}

/// What is wrong with the text of a parameter.
enum RawValueError: Error, Equatable {
    /// A single value was sent more than once.
    case repeated
    /// A malformed percent escape, or not UTF-8.
    case encoding
    /// Not in the parameter's style.
    case style
    /// More nesting or items than allowed.
    case tooLarge

    var keyword: String {
        switch self {
        case .repeated: "duplicate"
        case .encoding: "encoding"
        case .style: "style"
        case .tooLarge: "size"
        }
    }

    var message: String {
        switch self {
        case .repeated: "must be given only once"
        case .encoding: "must be percent-encoded UTF-8"
        case .style: "is not written in the parameter's style"
        case .tooLarge: "has too many parts"
        }
    }
}

extension ParameterType {
    /// What a text may have to be taken apart into.
    enum Structure: Sendable {
        case scalar
        case array
        case object
    }

    /// The structure; a union of list and scalar takes several values as a list and one as a scalar. That there may be
    /// null beside them does not make a list or object a scalar.
    func structure(valueCount: Int) -> Structure {
        switch self {
        case .string, .number, .boolean, .null, .json, .file: return .scalar
        case .array: return .array
        case .object: return .object
        case .anyOf(let types):
            let structures = types.filter { !$0.isNull }.map { $0.structure(valueCount: valueCount) }
            if valueCount == 1, structures.contains(.scalar) { return .scalar }
            if structures.contains(.array) { return .array }
            return structures.contains(.object) && !structures.contains(.scalar) ? .object : .scalar
        }
    }

    private var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// Whether null may stand in place of other values; it is written as no text or as `null`.
    var takesNull: Bool {
        if case .anyOf(let types) = self { types.contains(where: \.isNull) } else { isNull }
    }

    /// The type of a list's items.
    var itemType: ParameterType {
        switch self {
        case .array(let item): return item
        case .anyOf(let types):
            for case .array(let item) in types { return item }
            return self
        default: return self
        }
    }

    /// The type of a member of an object; `nil` if the object has no such member.
    func memberType(_ name: String) -> ParameterType? {
        switch self {
        case .object(let members, let additional): members.first { $0.name == name }?.type ?? additional
        case .anyOf(let types): types.lazy.compactMap { $0.memberType(name) }.first
        default: nil
        }
    }

    /// Whether an object takes members that it does not name.
    var takesAdditionalMembers: Bool {
        switch self {
        case .object(_, let additional): additional != nil
        case .anyOf(let types): types.contains { $0.takesAdditionalMembers }
        default: false
        }
    }

    /// Whether the text may contain anything, so that an encoded delimiter may be part of it.
    var isFreeText: Bool {
        switch self {
        case .string, .json, .file: true
        case .anyOf(let types): types.contains { $0.isFreeText }
        case .number, .boolean, .null, .array, .object: false
        }
    }
}
