import LockstepRuntime

/// A union inside itself: a condition of a search, as deep as its author likes.
enum Filter: JSONCoded {
    case all(AllFilter)
    case field(FieldFilter)

    init(_ json: ValidJSON) {
        switch json.branch {
        case 0: self = .all(AllFilter(json.payload))
        default: self = .field(FieldFilter(json.payload))
        }
    }

    func write(to json: inout JSONWriter) {
        switch self {
        case .all(let all): all.write(to: &json)
        case .field(let field): field.write(to: &json)
        }
    }

    static let shape: Shape = .union(
        [
            ShapeAlternative(schema: "bench#/$defs/AllFilter", shape: AllFilter.shape, values: ["all"]),
            ShapeAlternative(schema: "bench#/$defs/FieldFilter", shape: FieldFilter.shape, values: ["field"]),
        ], discriminator: "kind")
}

struct AllFilter: JSONCoded {
    var of: [Filter]

    init(_ json: ValidJSON) { of = [Filter](json[0]) }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.field("kind", "all")
        json.field("of", of)
        json.endObject()
    }

    static let shape: Shape = .object([ShapeProperty("of", .array(.named("Filter")), isRequired: true)])
}

struct FieldFilter: JSONCoded {
    var name: String
    var least: Int

    init(_ json: ValidJSON) {
        name = json[0].string
        least = json[1].int
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.field("kind", "field")
        json.field("name", name)
        json.field("least", least)
        json.endObject()
    }

    static let shape: Shape = .object([
        ShapeProperty("name", .scalar(.string), isRequired: true),
        ShapeProperty("least", .scalar(.int), isRequired: true),
    ])
}

/// The same for `JSONDecoder`.
enum CodableFilter: Codable {
    case all([CodableFilter])
    case field(name: String, least: Int)

    private enum Key: String, CodingKey {
        case kind, of, name, least
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if try container.decode(String.self, forKey: .kind) == "all" {
            self = .all(try container.decode([CodableFilter].self, forKey: .of))
        } else {
            self = .field(
                name: try container.decode(String.self, forKey: .name),
                least: try container.decode(Int.self, forKey: .least))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .all(let filters):
            try container.encode("all", forKey: .kind)
            try container.encode(filters, forKey: .of)
        case .field(let name, let least):
            try container.encode("field", forKey: .kind)
            try container.encode(name, forKey: .name)
            try container.encode(least, forKey: .least)
        }
    }
}
