import LockstepJSON

/// The type of values that two schemas both allow: what `allOf` means for types.
extension SchemaBuilder {
    /// The common type of `left` and `right`; annotations of the left where both have them.
    func intersect(_ left: Schema, _ right: Schema, at place: Place) -> Schema {
        if case .any = left.kind { return merged(right, annotationsFrom: left) }
        if case .any = right.kind { return merged(left, annotationsFrom: right) }
        if case .reference(let first) = left.kind, case .reference(let second) = right.kind, first == second {
            return merged(left, annotationsFrom: right)
        }
        guard isReference(left) || isReference(right) else { return intersectOpened(left, right, at: place) }
        return merges.enter(left, right) {
            intersectOpened(left, right, at: place)
        } orElse: { reason in
            warn(reason, at: place)
            return isReference(left) || !isReference(right) ? left : right
        }
    }

    /// The same, where looking into references has been allowed.
    private func intersectOpened(_ left: Schema, _ right: Schema, at place: Place) -> Schema {
        if case .union(let union) = right.kind, !isReference(right) {
            return distribute(left, over: union, of: right, at: place)
        }
        if case .union(let union) = left.kind { return distribute(right, over: union, of: left, at: place) }
        let (first, second) = (resolved(left), resolved(right))
        // What a reference says nothing about lets null through as well.
        if case .any = first.kind { return merged(right, annotationsFrom: first) }
        if case .any = second.kind { return merged(left, annotationsFrom: second) }
        if isUnion(first) || isUnion(second) { return intersectResolved(first, second, left, right, at: place) }
        var result = first
        result.kind = intersect(first, second, at: place)
        result.isNullable = first.isNullable && second.isNullable
        if case .never = result.kind, first.isNullable && second.isNullable { result.kind = .null }
        return merged(result, annotationsFrom: second)
    }

    private func isUnion(_ schema: Schema) -> Bool {
        if case .union = schema.kind { true } else { false }
    }

    private func isReference(_ schema: Schema) -> Bool {
        if case .reference = schema.kind { true } else { false }
    }

    /// A reference turned out to be a union. Where the other side adds nothing to it, the reference stays.
    private func intersectResolved(
        _ first: Schema, _ second: Schema, _ left: Schema, _ right: Schema, at place: Place
    ) -> Schema {
        if case .union(let union) = first.kind {
            let result = distribute(isUnion(second) ? right : second, over: union, of: first, at: place)
            return isReference(left) && result.hasSameShape(as: first) ? left : result
        }
        guard case .union(let union) = second.kind else { return first }
        let result = distribute(first, over: union, of: second, at: place)
        return isReference(right) && result.hasSameShape(as: second) ? right : result
    }

    /// `merged` keeps its own annotations and takes the missing ones from `other`; flags add up.
    private func merged(_ schema: Schema, annotationsFrom other: Schema) -> Schema {
        var result = schema
        result.title = schema.title ?? other.title
        result.description = schema.description ?? other.description
        result.defaultValue = schema.defaultValue ?? other.defaultValue
        if result.examples.isEmpty { result.examples = other.examples }
        result.isDeprecated = schema.isDeprecated || other.isDeprecated
        result.isReadOnly = schema.isReadOnly || other.isReadOnly
        result.isWriteOnly = schema.isWriteOnly || other.isWriteOnly
        result.constraints = schema.constraints.merged(with: other.constraints)
        result.extensions = other.extensions.merging(schema.extensions) { _, own in own }
        return result
    }

    // MARK: Kinds

    private func intersect(_ left: Schema, _ right: Schema, at place: Place) -> SchemaKind {
        switch (left.kind, right.kind) {
        case (.any, let kind), (let kind, .any): return kind
        case (.never, _), (_, .never): return .never
        case (.null, .null): return .null
        case (.boolean, .boolean): return .boolean
        case (.integer(let first), .integer(let second)): return .integer(format: first ?? second)
        case (.number(let first), .number(let second)): return .number(format: first ?? second)
        case (.integer(let format), .number), (.number, .integer(let format)): return .integer(format: format)
        case (.string(let first), .string(let second)): return .string(format: first ?? second)
        case (.enumeration(let first), .enumeration(let second)): return common(first, second, at: place)
        case (.enumeration(let values), let kind), (let kind, .enumeration(let values)):
            return restrict(values, to: kind, at: place)
        case (.array(let first), .array(let second)): return .array(intersect(first, second, at: place))
        case (.tuple(let tuple), .array(let items)), (.array(let items), .tuple(let tuple)):
            return .tuple(restrict(tuple, to: items, at: place))
        case (.tuple(let first), .tuple(let second)):
            return .tuple(intersect(first, second, at: place))
        case (.object(let first), .object(let second)): return .object(intersect(first, second, at: place))
        case (.object(let object), .map(let values)), (.map(let values), .object(let object)):
            return .object(object.allowing(values))
        case (.map(let first), .map(let second)): return .map(intersect(first, second, at: place))
        default:
            warn("no value can be both: the schemas that are merged here exclude each other", at: place)
            return .never
        }
    }

    private func warn(_ message: String, at place: Place) {
        if distributions == 0 { diagnostics.warning(message, at: place) }
    }

    private func common(_ first: Enumeration, _ second: Enumeration, at place: Place) -> SchemaKind {
        let other = Set(second.values.map(\.value.text))
        let values = first.values.filter { other.contains($0.value.text) }
        if values.isEmpty { warn("no value is in both enums that are merged here", at: place) }
        return values.isEmpty
            ? .never
            : .enumeration(
                Enumeration(values: values, type: Self.type(of: values), isOpen: first.isOpen && second.isOpen))
    }

    private func restrict(_ enumeration: Enumeration, to kind: SchemaKind, at place: Place) -> SchemaKind {
        let values = enumeration.values.filter { value in
            switch (value.value, kind) {
            case (.string, .string), (.bool, .boolean), (.number, .number), (.object, .object), (.object, .map),
                (.array, .array), (.array, .tuple):
                true
            case (.number, .integer): value.value.int != nil
            default: false
            }
        }
        if values.isEmpty { warn("no value of the enum has the type that is merged with it", at: place) }
        return values.isEmpty
            ? .never
            : .enumeration(Enumeration(values: values, type: Self.type(of: values), isOpen: enumeration.isOpen))
    }

    private func restrict(_ tuple: TupleSchema, to items: Schema, at place: Place) -> TupleSchema {
        TupleSchema(
            prefix: tuple.prefix.map { intersect($0, items, at: place) },
            rest: tuple.rest.map { intersect($0, items, at: place) }, minimumCount: tuple.minimumCount)
    }

    private func intersect(_ first: TupleSchema, _ second: TupleSchema, at place: Place) -> TupleSchema {
        var prefix: [Schema] = []
        while prefix.count < max(first.prefix.count, second.prefix.count),
            let left = first.element(prefix.count), let right = second.element(prefix.count)
        {
            prefix.append(intersect(left, right, at: place))
        }
        var rest: Schema?
        if let left = first.rest, let right = second.rest { rest = intersect(left, right, at: place) }
        return TupleSchema(
            prefix: prefix, rest: rest, minimumCount: max(first.minimumCount, second.minimumCount))
    }

    // MARK: Objects

    private func intersect(_ first: ObjectSchema, _ second: ObjectSchema, at place: Place) -> ObjectSchema {
        var result = first
        var positions = Dictionary(
            first.properties.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        for property in second.properties {
            guard let position = positions[property.name] else {
                positions[property.name] = result.properties.count
                result.properties.append(property)
                continue
            }
            let existing = result.properties[position]
            if existing.isConditional || property.isConditional {
                result.properties[position] = common(existing, property, at: place)
                continue
            }
            result.properties[position] = ObjectSchema.Property(
                name: property.name, schema: intersect(existing.schema, property.schema, at: place),
                isRequired: existing.isRequired || property.isRequired)
        }
        switch (first.additional, second.additional) {
        case (.forbidden, _), (_, .forbidden): result.additional = .forbidden
        case (.unmentioned, let other), (let other, .unmentioned): result.additional = other
        case (.schema(let left), .schema(let right)): result.additional = .schema(intersect(left, right, at: place))
        }
        return result
    }
}

extension SchemaBuilder {
    /// One of two properties that has its type only under a condition gives way to one that always has it.
    fileprivate func common(
        _ first: ObjectSchema.Property, _ second: ObjectSchema.Property, at place: Place
    ) -> ObjectSchema.Property {
        guard first.isConditional else { return first }
        guard second.isConditional else { return second }
        var result = first
        result.schema = either(first.schema, second.schema, at: place)
        return result
    }
}

extension TupleSchema {
    /// What stands at a place; `nil` where nothing may.
    fileprivate func element(_ place: Int) -> Schema? { place < prefix.count ? prefix[place] : rest }
}

extension ObjectSchema {
    /// The object with the values of a map allowed beside its properties, where nothing was said about them.
    fileprivate func allowing(_ values: Schema) -> ObjectSchema {
        guard case .unmentioned = additional else { return self }
        let keywords = ["additionalProperties", "unevaluatedProperties", "patternProperties"]
        if case .any = values.kind, !keywords.contains(where: values.uri.hasSuffix) { return self }
        return ObjectSchema(properties: properties, additional: .schema(values))
    }
}

extension Constraints {
    /// These, and where they say nothing the others.
    func merged(with other: Constraints) -> Constraints {
        guard !other.isEmpty else { return self }
        var result = self
        result.minimum = minimum ?? other.minimum
        result.maximum = maximum ?? other.maximum
        result.exclusiveMinimum = exclusiveMinimum ?? other.exclusiveMinimum
        result.exclusiveMaximum = exclusiveMaximum ?? other.exclusiveMaximum
        result.multipleOf = multipleOf ?? other.multipleOf
        result.minLength = minLength ?? other.minLength
        result.maxLength = maxLength ?? other.maxLength
        result.pattern = pattern ?? other.pattern
        result.minItems = minItems ?? other.minItems
        result.maxItems = maxItems ?? other.maxItems
        result.uniqueItems = uniqueItems || other.uniqueItems
        result.minProperties = minProperties ?? other.minProperties
        result.maxProperties = maxProperties ?? other.maxProperties
        result.contentMediaType = contentMediaType ?? other.contentMediaType
        return result
    }
}
