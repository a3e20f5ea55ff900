import LockstepJSON

extension Schema {
    /// Whether two schemas give the same type. Descriptions, constraints and, if asked, which properties are required, do not
    /// count; references are the same only where they name the same schema.
    func hasSameShape(as other: Schema, ignoringRequired: Bool = false) -> Bool {
        isNullable == other.isNullable && kind.hasSameShape(as: other.kind, ignoringRequired: ignoringRequired)
    }
}

extension SchemaKind {
    func hasSameShape(as other: SchemaKind, ignoringRequired: Bool) -> Bool {
        switch (self, other) {
        case (.any, .any), (.never, .never), (.null, .null), (.boolean, .boolean): true
        case (.integer(let left), .integer(let right)), (.number(let left), .number(let right)),
            (.string(let left), .string(let right)):
            left == right
        case (.enumeration(let left), .enumeration(let right)):
            left.isOpen == right.isOpen && left.values.map(\.value) == right.values.map(\.value)
        case (.array(let left), .array(let right)), (.map(let left), .map(let right)): left.hasSameShape(as: right)
        case (.reference(let left), .reference(let right)): left == right
        case (.tuple(let left), .tuple(let right)): left.hasSameShape(as: right)
        case (.object(let left), .object(let right)): left.hasSameShape(as: right, ignoringRequired: ignoringRequired)
        case (.union(let left), .union(let right)):
            left.alternatives.count == right.alternatives.count
                && zip(left.alternatives, right.alternatives).allSatisfy { $0.schema.hasSameShape(as: $1.schema) }
        default: false
        }
    }
}

extension TupleSchema {
    func hasSameShape(as other: TupleSchema) -> Bool {
        guard prefix.count == other.prefix.count, minimumCount == other.minimumCount else { return false }
        guard zip(prefix, other.prefix).allSatisfy({ $0.hasSameShape(as: $1) }) else { return false }
        switch (rest, other.rest) {
        case (nil, nil): return true
        case (let left?, let right?): return left.hasSameShape(as: right)
        default: return false
        }
    }
}

extension ObjectSchema {
    func hasSameShape(as other: ObjectSchema, ignoringRequired: Bool) -> Bool {
        guard properties.count == other.properties.count, additional.hasSameShape(as: other.additional) else {
            return false
        }
        let others = Dictionary(other.properties.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return properties.allSatisfy { property in
            guard let match = others[property.name] else { return false }
            return (ignoringRequired || property.isRequired == match.isRequired)
                && property.schema.hasSameShape(as: match.schema)
        }
    }
}

extension ObjectSchema.AdditionalProperties {
    func hasSameShape(as other: Self) -> Bool {
        switch (self, other) {
        case (.schema(let left), .schema(let right)): left.hasSameShape(as: right)
        case (.schema, _), (_, .schema): false
        case (.unmentioned, _), (.forbidden, _): true
        }
    }
}
