import LockstepDocument
import LockstepJSON

/// Which scalar type holds which schema.
enum ScalarRules {
    /// `int32` is `Int32`; every other whole number is `Int`, which has 64 bits on all platforms that are served.
    static func integer(_ format: String?) -> SwiftType.Scalar {
        format == "int32" ? .int32 : .int
    }

    /// A number is exact unless the document says that it is a binary float.
    static func number(_ format: String?) -> SwiftType.Scalar {
        switch format {
        case "double", "float", "half", "single": .double
        case "int32": .int32
        case "int64": .int
        default: .decimal
        }
    }

    static func string(_ format: String?) -> SwiftType.Scalar {
        switch format {
        case "date-time": .timestamp
        case "date": .date
        case "uuid": .uuid
        case "byte": .bytes
        case "decimal": .decimalString
        default: .string
        }
    }

    /// How many cases the compiler can follow in one `switch`: it gives up between 600 and 700.
    static let switchLimit = 500

    /// The scalar that stands for an enumeration whose cases would say nothing, booleans, or that is too long for a
    /// `switch`. Strings need none.
    static func plain(_ enumeration: Enumeration) -> SwiftType.Scalar? {
        if case .boolean = enumeration.type { return .bool }
        if enumeration.values.isEmpty { return .json }
        guard enumeration.values.count > switchLimit, enumeration.type != .string else { return nil }
        return enumeration.type == .integer ? .int : .json
    }

    /// The value type of an object that is a dictionary: no property of its own, values of one kind.
    static func dictionaryValues(_ object: ObjectSchema, _ view: View) -> Schema? {
        guard object.properties(in: view).isEmpty, case .schema(let values) = object.additional else { return nil }
        return values
    }

    /// The scalar that stands for a union which only says how one value may be written: a decimal as number or string.
    static func plain(_ union: UnionSchema) -> SwiftType.Scalar? {
        let scalars = union.alternatives.map { alternative -> SwiftType.Scalar? in
            switch alternative.schema.kind {
            case .number(let format): number(format)
            case .string(let format): string(format)
            default: nil
            }
        }
        guard let first = scalars.first, scalars.count > 1 else { return nil }
        return scalars.allSatisfy { $0 == .decimal || $0 == .decimalString } ? first : nil
    }

    /// The source of a value that a schema fixes (`const`, `enum` of one), with its type: true, a number or a string.
    static func constant(_ schema: Schema) -> (type: SwiftType, source: String)? {
        guard case .enumeration(let enumeration) = schema.kind, enumeration.values.count == 1, !enumeration.isOpen,
            !schema.isNullable
        else { return nil }
        switch enumeration.values[0].value {
        case .bool(let value): return (.scalar(.bool), value ? "true" : "false")
        case .string(let value): return (.scalar(.string), SwiftLiteral.string(value))
        case .number(let text): return Int(text).map { (.scalar(.int), String($0)) }
        case .null, .array, .object: return nil
        }
    }
}
