import LockstepDocument
import LockstepJSON
import LockstepSchema

/// The shape that the validator records for each type: the same choices as `TypePlanner` makes, slot by slot.
struct ShapeBuilder {
    let description: APIDescription
    let planner: TypePlanner

    /// The shapes of the named schemas, by their Swift name.
    func namedShapes() -> [String: Shape] {
        var shapes: [String: Shape] = [:]
        let reach = planner.reach
        for schema in description.schemas {
            for view in reach.views(of: schema) {
                shapes[planner.path(ofNamed: schema.name, in: view)] = bare(schema.schema, view)
            }
        }
        return shapes
    }

    /// The shape of a schema's values, null included where the type is optional.
    func shape(of schema: Schema, _ view: View) -> Shape {
        let shape = bare(schema, view)
        return schema.isNullable && shape != .any ? .nullable(shape) : shape
    }

    private func bare(_ schema: Schema, _ view: View) -> Shape {
        switch schema.kind {
        case .any, .never, .null: .any
        case .boolean: .scalar(.bool)
        case .integer(let format): .scalar(kind(ScalarRules.integer(format)))
        case .number(let format): .scalar(kind(ScalarRules.number(format)))
        case .string(let format): .scalar(kind(ScalarRules.string(format)))
        case .array(let items): .array(shape(of: items, view))
        case .tuple(let tuple): self.tuple(tuple, view)
        case .map(let values): .map(shape(of: values, view))
        case .reference(let name): .named(planner.path(ofNamed: name, in: view))
        case .enumeration(let enumeration): self.enumeration(enumeration)
        case .object(let object): self.object(object, view)
        case .union(let union): self.union(union, view)
        }
    }

    private func kind(_ scalar: SwiftType.Scalar) -> ScalarKind {
        switch scalar {
        case .string, .json: .string
        case .bool: .bool
        case .int32: .int32
        case .int: .int
        case .double: .double
        case .decimal, .decimalString: .decimal
        case .timestamp: .timestamp
        case .date: .date
        case .uuid: .uuid
        case .bytes: .base64
        }
    }

    private func enumeration(_ enumeration: Enumeration) -> Shape {
        if let plain = ScalarRules.plain(enumeration) { return plain == .json ? .any : .scalar(kind(plain)) }
        guard enumeration.isOpen else { return .enumeration(enumeration.values.map(\.value)) }
        switch enumeration.type {
        case .string: return .scalar(.string)
        case .integer: return .scalar(.int)
        case .number, .boolean, nil: return .any
        }
    }

    private func tuple(_ tuple: TupleSchema, _ view: View) -> Shape {
        let required = min(tuple.minimumCount, tuple.prefix.count)
        let elements = tuple.prefix.enumerated().map { place, schema in
            place < required && ScalarRules.constant(schema) != nil ? .any : shape(of: schema, view)
        }
        return .tuple(elements, required: required, rest: tuple.rest.map { shape(of: $0, view) })
    }

    private func object(_ object: ObjectSchema, _ view: View) -> Shape {
        if let values = ScalarRules.dictionaryValues(object, view) { return .map(shape(of: values, view)) }
        let properties = object.properties(in: view)
        if properties.isEmpty, object.additional.isUnmentioned { return .map(.any) }
        var additional: Shape?
        if case .schema(let values) = object.additional { additional = shape(of: values, view) }
        return .object(
            properties.map { property in
                let isConstant = property.isRequired && ScalarRules.constant(property.schema) != nil
                let shape = isConstant ? .any : shape(of: property.schema, view)
                return ShapeProperty(
                    property.name, shape, isRequired: property.isRequired, isLenient: property.isConditional)
            }, additional: additional)
    }

    private func union(_ union: UnionSchema, _ view: View) -> Shape {
        if ScalarRules.plain(union) != nil { return .scalar(.decimal) }
        return .union(
            union.alternatives.map { alternative in
                let isConstant = ScalarRules.constant(alternative.schema) != nil
                return ShapeAlternative(
                    schema: alternative.schema.uri, shape: isConstant ? .any : shape(of: alternative.schema, view),
                    values: alternative.discriminatorValues)
            }, discriminator: union.discriminator?.property)
    }
}
