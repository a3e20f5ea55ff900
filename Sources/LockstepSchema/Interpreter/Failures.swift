import LockstepJSON

/// What failed, before pointers are made.
struct RawFailure {
    var at: Int
    var keyword: Keyword
    var expected: String
}

/// What a failed check expected: where to find it, so that the way of valid documents makes no text.
enum Expected {
    case nothing
    case words(String)
    case number(Int)
    case text(Int)
    case pattern(Int)
    case constants(Int)
    case kinds(Int32)
}

/// The keywords that can fail.
enum Keyword: String {
    case type, `enum`, const, multipleOf, maximum, exclusiveMaximum, minimum, exclusiveMinimum
    case maxLength, minLength, pattern, format
    case maxItems, minItems, uniqueItems, items, contains, minContains, maxContains, unevaluatedItems
    case maxProperties, minProperties, required, properties, patternProperties, additionalProperties, propertyNames
    case dependentRequired, dependentSchemas, unevaluatedProperties
    case anyOf, oneOf, not, then, `else`
    /// The schema `false`.
    case never = "false"
    /// Not a keyword: the work or the nesting went beyond the limit.
    case tooComplex = "limit"

    /// A sentence for people, without anything of the value.
    func message(_ expected: String) -> String {
        switch self {
        case .type: "must be of type \(expected)"
        case .enum: "must be one of: \(expected)"
        case .const: "must be \(expected)"
        case .multipleOf: "must be a multiple of \(expected)"
        case .maximum: "must be at most \(expected)"
        case .exclusiveMaximum: "must be less than \(expected)"
        case .minimum: "must be at least \(expected)"
        case .exclusiveMinimum: "must be greater than \(expected)"
        case .maxLength: "must be at most \(expected) \(expected == "1" ? "character" : "characters") long"
        case .minLength: "must be at least \(expected) \(expected == "1" ? "character" : "characters") long"
        case .pattern: "must match the pattern \(expected)"
        case .format: "must be a valid \(expected)"
        case .maxItems: "must have at most \(expected) \(expected == "1" ? "item" : "items")"
        case .minItems: "must have at least \(expected) \(expected == "1" ? "item" : "items")"
        case .uniqueItems: "must not repeat item \(expected)"
        case .items: "is an item too many"
        case .contains, .minContains: "must have at least \(expected) matching \(expected == "1" ? "item" : "items")"
        case .maxContains: "must have at most \(expected) matching \(expected == "1" ? "item" : "items")"
        case .unevaluatedItems: "is an item that is not allowed here"
        case .maxProperties: "must have at most \(expected) \(expected == "1" ? "property" : "properties")"
        case .minProperties: "must have at least \(expected) \(expected == "1" ? "property" : "properties")"
        case .required: "must have the property \"\(expected)\""
        case .properties, .patternProperties, .additionalProperties, .unevaluatedProperties:
            "is a property that is not allowed here"
        case .propertyNames: "has a name that " + (expected.isEmpty ? "is not allowed here" : expected)
        case .dependentRequired: "must also have the property \"\(expected)\""
        case .anyOf: "must match at least one of \(expected)"
        case .oneOf:
            expected.hasPrefix("exactly") ? "must match \(expected), not several" : "must match one of \(expected)"
        case .not, .then, .else, .dependentSchemas, .never: "is not allowed here"
        case .tooComplex: "is too complex to be checked"
        }
    }
}

extension Interpreter {
    /// The failures in document order, with their pointers: one walk over the tape for all of them.
    func pointed(_ failures: [RawFailure], atMost maximum: Int) -> [ValidationFailure] {
        var seen: Set<String> = []
        let ordered = failures.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        return ordered.map(\.element).filter { seen.insert("\($0.at) \($0.keyword) \($0.expected)").inserted }
            .prefix(maximum).map { raw in
                ValidationFailure(
                    pointer: pointer(to: raw.at), keyword: raw.keyword.rawValue, expected: raw.expected,
                    message: raw.keyword.message(raw.expected))
            }
    }

    /// The JSON Pointer of a tape index. A member's name longer than 128 characters is cut.
    private func pointer(to target: Int) -> String {
        var pointer = ""
        var position = 0
        while position != target, instance.words[position].isContainer {
            let container = instance.words[position]
            var child = position + 1
            var ordinal = 0
            while child < container.end {
                let value = container.isObject ? child + 1 : child
                let after = instance.indexAfter(value)
                if target < after { break }
                child = after
                ordinal += 1
            }
            guard child < container.end else { return pointer }
            if container.isObject {
                let key = instance.words[child]
                let name = instance.bytes.string(key.offset, key.length)
                pointer = JSONPointer.appending(name.count > 128 ? name.prefix(128) + "…" : name, to: pointer)
                if target == child { return pointer }
                position = child + 1
            } else {
                pointer = JSONPointer.appending(String(ordinal), to: pointer)
                position = child
            }
        }
        return pointer
    }
}
