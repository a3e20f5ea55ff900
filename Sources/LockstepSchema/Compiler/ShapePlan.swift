import LockstepJSON

/// How a node records a shape while it validates.
enum ShapePlan {
    /// Nothing to record and nothing to check.
    case nothing
    case scalar(ScalarKind)
    case enumeration([JSONValue])
    /// `properties` lists every property of the shape.
    case object([ShapeProperty], additional: Shape?)
    case array(Shape)
    case map(Shape)
    /// The branches of `anyOf` or `oneOf` are the alternatives; nil for a branch that only takes `null`.
    case union(keyword: String, branches: [Int?], [ShapeAlternative])
    /// `$ref` stands for the whole schema.
    case reference
    /// An element of `allOf`, `anyOf` or `oneOf` does; others take nothing but `null` or only check.
    case element(keyword: String, Int)
    /// No single schema lists what the shape needs: it is walked afterwards.
    case separate
}

/// Finds out whether a schema and a shape can be walked together.
struct ShapePlanner {
    let index: SchemaIndex
    let shapes: [String: Shape]
    let assertsFormats: Bool
    let followsDialects: Bool
    private static let maximumDepth = 16

    /// Whether the `format` of a schema is checked.
    func checksFormats(_ location: SchemaLocation) -> Bool {
        assertsFormats && !(followsDialects && index.isPlain(location))
    }

    /// The shape behind names and optionals.
    func resolve(_ shape: Shape) -> (shape: Shape, isNullable: Bool) {
        var shape = shape
        var isNullable = false
        for _ in 0..<64 {
            switch shape {
            case .nullable(let inner):
                isNullable = true
                shape = inner
            case .named(let name):
                guard let named = shapes[name] else { return (.any, true) }
                shape = named
            default: return (shape, isNullable)
            }
        }
        return (.any, true)
    }

    func plan(_ location: SchemaLocation, _ shape: Shape, _ depth: Int = 0) -> ShapePlan {
        guard depth < Self.maximumDepth, let schema = index.value(location) else { return .separate }
        let (base, isNullable) = resolve(shape)
        switch base {
        case .any, .nullable, .named: return .nothing
        case .scalar(let kind): return guarantees(location, schema, kind, isNullable) ? .nothing : .scalar(kind)
        case .enumeration(let values): return .enumeration(values)
        case .object(let properties, let additional):
            if lists(schema, properties, additional) { return .object(properties, additional: additional) }
        case .array(let element):
            if schema["items"] != nil, schema["prefixItems"] == nil { return .array(element) }
        case .map(let element):
            if schema["additionalProperties"] != nil, schema["properties"] == nil, schema["patternProperties"] == nil {
                return .map(element)
            }
        case .union(let alternatives, _):
            if let plan = union(location, schema, alternatives, isNullable) { return plan }
        case .tuple: break
        }
        return delegate(location, schema, shape, isNullable, depth) ?? .separate
    }

    /// Whether the schema alone lets only what a scalar type holds.
    private func guarantees(
        _ location: SchemaLocation, _ schema: JSONValue, _ kind: ScalarKind, _ isNullable: Bool
    ) -> Bool {
        var types = schema["type"]?.array?.compactMap(\.string) ?? [schema["type"]?.string ?? ""]
        if isNullable { types.removeAll { $0 == "null" } }
        guard types.count == 1 else { return false }
        let format = checksFormats(location) ? schema["format"]?.string : nil
        switch (kind, types[0], format) {
        case (.string, "string", _), (.bool, "boolean", _): return true
        case (.timestamp, "string", "date-time"), (.date, "string", "date"), (.uuid, "string", "uuid"),
            (.base64, "string", "byte"), (.decimal, "string", "decimal"):
            return true
        case (.int, "integer", "int64"), (.int, "integer", "int32"), (.int64, "integer", "int64"),
            (.int64, "integer", "int32"), (.int32, "integer", "int32"):
            return true
        default: return false
        }
    }

    private func lists(_ schema: JSONValue, _ properties: [ShapeProperty], _ additional: Shape?) -> Bool {
        guard let members = schema["properties"]?.object, schema["type"]?.string == "object" || !properties.isEmpty
        else { return false }
        let names = Set(members.map(\.key))
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        guard
            properties.allSatisfy({
                !$0.isLenient && names.contains($0.name) && (!$0.isRequired || required.contains($0.name))
            })
        else { return false }
        guard let additional else { return true }
        // The schema of the other members is what records them.
        return schema["patternProperties"] == nil && names.count == properties.count
            && (schema["additionalProperties"] != nil || additional == .any)
    }

    private func union(
        _ location: SchemaLocation, _ schema: JSONValue, _ alternatives: [ShapeAlternative], _ isNullable: Bool
    ) -> ShapePlan? {
        let keywords = ["oneOf", "anyOf"].filter { schema[$0] != nil }
        guard keywords.count == 1, let keyword = keywords.first, let elements = schema[keyword]?.array else {
            return nil
        }
        var branches: [Int?] = []
        var next = 0
        for (position, element) in elements.enumerated() {
            if isNullable, takesOnlyNull(element) {
                branches.append(nil)
                continue
            }
            let place = location.child(keyword, String(position))
            guard next < alternatives.count, let wanted = index.resolve(alternatives[next].schema, from: ""),
                wanted == place || wanted == target(place) || target(wanted) == target(place)
            else { return nil }
            branches.append(next)
            next += 1
        }
        return next == alternatives.count ? .union(keyword: keyword, branches: branches, alternatives) : nil
    }

    /// One inner schema that records the whole shape.
    private func delegate(
        _ location: SchemaLocation, _ schema: JSONValue, _ shape: Shape, _ isNullable: Bool, _ depth: Int
    ) -> ShapePlan? {
        if let reference = schema["$ref"]?.string {
            guard let target = index.resolve(reference, from: index.base(of: location)),
                records(target, shape, depth)
            else { return nil }
            return .reference
        }
        if let parts = schema["allOf"]?.array {
            for position in parts.indices where records(location.child("allOf", String(position)), shape, depth) {
                return .element(keyword: "allOf", position)
            }
        }
        for keyword in ["anyOf", "oneOf"] {
            guard isNullable, let branches = schema[keyword]?.array else { continue }
            let others = branches.indices.filter { !takesOnlyNull(branches[$0]) }
            if others.count == 1, records(location.child(keyword, String(others[0])), shape, depth) {
                return .element(keyword: keyword, others[0])
            }
        }
        return nil
    }

    private func records(_ location: SchemaLocation, _ shape: Shape, _ depth: Int) -> Bool {
        if case .separate = plan(location, shape, depth + 1) { return false }
        return true
    }

    private func takesOnlyNull(_ schema: JSONValue) -> Bool {
        schema["type"]?.string == "null" || schema["const"]?.isNull == true || schema["enum"] == .array([.null])
    }

    /// Whether a schema leaves room for null, by what it says of the kinds of values and by what its keywords imply.
    func mayTakeNull(_ location: SchemaLocation, _ depth: Int = 0) -> Bool {
        guard depth < Self.maximumDepth, let schema = index.value(location), schema != false else { return false }
        if let type = schema["type"] { return type.string == "null" || type.array?.contains("null") ?? false }
        if impliesKind(location, schema) { return false }
        if let reference = schema["$ref"]?.string,
            let target = index.resolve(reference, from: index.base(of: location)), !mayTakeNull(target, depth + 1)
        {
            return false
        }
        func parts(_ keyword: String) -> [SchemaLocation] {
            (schema[keyword]?.array ?? []).indices.map { location.child(keyword, String($0)) }
        }
        return parts("allOf").allSatisfy { mayTakeNull($0, depth + 1) }
            && ["anyOf", "oneOf"].allSatisfy { keyword in
                schema[keyword] == nil || parts(keyword).contains { mayTakeNull($0, depth + 1) }
            }
    }

    /// Whether a schema without `type` means objects or arrays, which plain JSON Schema does not say.
    private func impliesKind(_ location: SchemaLocation, _ schema: JSONValue) -> Bool {
        let keywords = [
            "properties", "patternProperties", "additionalProperties", "required", "dependentRequired", "items",
            "prefixItems",
        ]
        return !(followsDialects && index.isPlain(location)) && keywords.contains { schema[$0] != nil }
    }

    /// The schema behind a chain of plain references.
    func target(_ location: SchemaLocation) -> SchemaLocation {
        var location = location
        for _ in 0..<Self.maximumDepth {
            guard case .object(let members) = index.value(location) ?? .null, members.count == 1,
                let reference = members.first, reference.key == "$ref", let text = reference.value.string,
                let next = index.resolve(text, from: index.base(of: location))
            else { break }
            location = next
        }
        return location
    }
}
