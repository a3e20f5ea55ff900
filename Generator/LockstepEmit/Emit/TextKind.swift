import LockstepDocument
import LockstepJSON

/// What kind of JSON the text of a parameter stands for: the runtime's `ParameterType`, made from a schema.
indirect enum TextKind: Equatable {
    case string
    case number
    case boolean
    case null
    case json
    case file
    case anyOf([TextKind])
    case array(TextKind)
    case object([Member], additional: TextKind?)

    /// A named member of an object.
    struct Member: Equatable {
        var name: String
        var kind: TextKind
    }

    /// Parameters are flat text: deeper than this nothing can be written in any style.
    private static let depthLimit = 6

    init(_ schema: Schema, in description: APIDescription) {
        self = Self.kind(schema, description, depth: 0)
    }

    private static func kind(_ schema: Schema, _ description: APIDescription, depth: Int) -> TextKind {
        guard depth < depthLimit else { return .string }
        let target = description.resolved(schema)
        let bare = bareKind(target, description, depth: depth)
        guard schema.isNullable, bare != .null else { return bare }
        if case .anyOf(let kinds) = bare { return .anyOf(kinds + [.null]) }
        // Text first: an empty text is a string where the schema takes one.
        return bare == .string ? .string : .anyOf([.null, bare])
    }

    private static func bareKind(_ schema: Schema, _ description: APIDescription, depth: Int) -> TextKind {
        switch schema.kind {
        case .any, .never: .anyOf([.number, .boolean, .string])
        case .null: .null
        case .boolean: .boolean
        case .integer, .number: .number
        case .string: .string
        case .enumeration(let enumeration): union(enumeration.values.map { kind(of: $0.value) })
        case .array(let items): .array(kind(items, description, depth: depth + 1))
        case .tuple(let tuple):
            .array(
                union((tuple.prefix + [tuple.rest].compactMap { $0 }).map { kind($0, description, depth: depth + 1) }))
        case .map(let values): .object([], additional: kind(values, description, depth: depth + 1))
        case .object(let object): self.object(object, description, depth: depth)
        case .union(let union): self.union(union.alternatives.map { kind($0.schema, description, depth: depth + 1) })
        case .reference: .string
        }
    }

    private static func object(_ object: ObjectSchema, _ description: APIDescription, depth: Int) -> TextKind {
        let members = object.properties.map { property in
            Member(name: property.name, kind: kind(property.schema, description, depth: depth + 1))
        }
        switch object.additional {
        case .schema(let values): return .object(members, additional: kind(values, description, depth: depth + 1))
        // An object that is written as parameters of their own takes no name that it does not declare: those belong
        // to others, or to nobody.
        case .unmentioned: return .object(members, additional: members.isEmpty ? .string : nil)
        case .forbidden: return .object(members, additional: nil)
        }
    }

    private static func kind(of value: JSONValue) -> TextKind {
        switch value {
        case .null: .null
        case .bool: .boolean
        case .number: .number
        case .string: .string
        case .array, .object: .json
        }
    }

    /// The kinds without repetition, the narrow ones before text, which takes everything.
    private static func union(_ kinds: [TextKind]) -> TextKind {
        var flat: [TextKind] = []
        for kind in kinds {
            let parts = if case .anyOf(let inner) = kind { inner } else { [kind] }
            for part in parts where !flat.contains(part) { flat.append(part) }
        }
        if let index = flat.firstIndex(of: .string) { flat.append(flat.remove(at: index)) }
        return flat.count == 1 ? flat[0] : flat.isEmpty ? .string : .anyOf(flat)
    }

    func write(to json: inout JSONWriter) {
        switch self {
        case .string: json.string("string")
        case .number: json.string("number")
        case .boolean: json.string("boolean")
        case .null: json.string("null")
        case .json: json.string("json")
        case .file: json.string("file")
        case .anyOf(let kinds):
            json.beginArray()
            for kind in kinds { kind.write(to: &json) }
            json.endArray()
        case .array(let element):
            json.beginObject()
            json.key("array")
            element.write(to: &json)
            json.endObject()
        case .object(let members, let additional):
            json.beginObject()
            json.key("object")
            json.beginObject()
            for member in members {
                json.key(member.name)
                member.kind.write(to: &json)
            }
            json.endObject()
            if let additional {
                json.key("additional")
                additional.write(to: &json)
            }
            json.endObject()
        }
    }
}
