import LockstepJSON

/// `oneOf` and `anyOf` as unions.
extension SchemaBuilder {
    private static let alternativeLimit = 256
    private static let widthLimit = 2000

    /// The union that a keyword makes, or `nil` where it says nothing about the type.
    func union(at place: Place, keyword: String) -> Schema? {
        guard let list = place[keyword], !list.elements.isEmpty else { return nil }
        guard list.elements.count <= Self.widthLimit else {
            diagnostics.error("'\(keyword)' has more than \(Self.widthLimit) alternatives", at: list)
            return nil
        }
        let rule: UnionSchema.Rule = keyword == "oneOf" ? .oneOf : .anyOf
        var isNullable = false
        var alternatives: [UnionSchema.Alternative] = []
        var elements: [Node] = []
        for element in list.elements {
            var schema = schema(at: element)
            isNullable = isNullable || schema.isNullable
            switch schema.kind {
            case .null: isNullable = true
            case .never: break
            case .any: return nil
            case .union(let inner) where isFlat(inner, schema, at: element) && place["discriminator"] == nil:
                // An alternative of a oneOf fits only where no other one does.
                alternatives += inner.rule == .oneOf ? inner.alternatives(alsoFitting: schema) : inner.alternatives
                elements += inner.alternatives.map { _ in element.node }
            default:
                if !isReference(schema) { schema.isNullable = false }
                alternatives.append(UnionSchema.Alternative(nameHint: nameHint(for: schema), schema: schema))
                elements.append(element.node)
            }
        }
        guard !alternatives.isEmpty else { return bare(isNullable ? .null : .never, at: place) }
        let discriminator = discriminator(at: place, alternatives: &alternatives)
        nameByDifference(&alternatives)
        if let discriminator { bind(discriminator, alternatives, at: elements) }
        guard let discriminator else {
            return self.union(of: alternatives, rule: rule, isNullable: isNullable, at: place)
        }
        return bare(
            .union(UnionSchema(rule: rule, alternatives: alternatives, discriminator: discriminator)),
            isNullable: isNullable, at: place)
    }

    /// A union without a discriminator, or the simpler type that stands for it.
    func union(
        of alternatives: [UnionSchema.Alternative], rule: UnionSchema.Rule, isNullable: Bool, at place: Place
    ) -> Schema {
        let alternatives = withoutRepeats(alternatives, at: place)
        if let constants = constants(of: alternatives) {
            return bare(.enumeration(constants), isNullable: isNullable, at: place)
        }
        if rule == .anyOf, let open = openEnumeration(of: alternatives, at: place) {
            return bare(.enumeration(open), isNullable: isNullable, at: place)
        }
        if alternatives.count == 1 {
            var only = alternatives[0].schema
            only.isNullable = only.isNullable || isNullable
            return only
        }
        return bare(
            .union(UnionSchema(rule: rule, alternatives: alternatives)), isNullable: isNullable, at: place)
    }

    /// Whether a union that is written directly inside of another one says nothing that its alternatives do not say.
    private func isFlat(_ union: UnionSchema, _ schema: Schema, at place: Place) -> Bool {
        guard union.discriminator == nil, schema.title == nil else { return false }
        if union.rule == .types { return true }
        let annotations = ["description", "deprecated", "examples", "example", "readOnly", "writeOnly", "nullable"]
        return place.node.mapping?.keys.allSatisfy { key in
            ["oneOf", "anyOf"].contains(key) || annotations.contains(key) || key.hasPrefix("x-")
        } ?? false
    }

    private func isReference(_ schema: Schema) -> Bool {
        if case .reference = schema.kind { true } else { false }
    }

    func nameHint(for schema: Schema) -> String? {
        if case .reference(let name) = schema.kind { return name }
        return schema.title
    }

    /// Objects that have no name are called by what tells them apart: a property's constant, or a property that only they require.
    private func nameByDifference(_ alternatives: inout [UnionSchema.Alternative]) {
        var objects: [Int: ObjectSchema] = [:]
        for index in alternatives.indices {
            if case .object(let object) = resolved(alternatives[index].schema).kind { objects[index] = object }
        }
        guard objects.count > 1 else { return }
        func constant(_ property: ObjectSchema.Property) -> String? {
            guard property.isRequired, case .enumeration(let enumeration) = property.schema.kind,
                enumeration.values.count == 1, !enumeration.isOpen
            else { return nil }
            return enumeration.values[0].value.string
        }
        var uses: [String: Int] = [:]
        for object in objects.values {
            for property in object.properties { uses[constant(property) ?? property.name, default: 0] += 1 }
        }
        for (index, object) in objects where alternatives[index].nameHint == nil {
            let constants = object.properties.compactMap(constant)
            let required = object.properties.filter(\.isRequired).map(\.name)
            alternatives[index].nameHint = (constants + required).first { uses[$0] == 1 && !$0.isEmpty }
        }
    }

    /// Alternatives of one type are one. It then takes what any of them takes, which only the whole union says.
    private func withoutRepeats(
        _ alternatives: [UnionSchema.Alternative], at place: Place
    ) -> [UnionSchema.Alternative] {
        var result: [UnionSchema.Alternative] = []
        for alternative in alternatives {
            if let index = result.firstIndex(where: { $0.schema.hasSameShape(as: alternative.schema) }) {
                if !isReference(alternative.schema) { result[index].schema.uri = place.uri }
            } else {
                result.append(alternative)
            }
        }
        return result
    }

    /// `oneOf: [{const: 1, title: One}, …]`: an enumeration whose values have names.
    private func constants(of alternatives: [UnionSchema.Alternative]) -> Enumeration? {
        guard alternatives.count > 1 else { return nil }
        var values: [Enumeration.Value] = []
        for alternative in alternatives {
            guard case .enumeration(let enumeration) = alternative.schema.kind, !enumeration.isOpen,
                enumeration.type != nil
            else { return nil }
            for value in enumeration.values {
                let isNamed = enumeration.values.count == 1
                values.append(
                    Enumeration.Value(
                        value.value, name: value.name ?? (isNamed ? alternative.schema.title : nil),
                        description: value.description ?? (isNamed ? alternative.schema.description : nil)))
            }
        }
        guard let type = Self.type(of: values) else { return nil }
        var seen: Set<String> = []
        return Enumeration(values: values.filter { seen.insert($0.value.text).inserted }, type: type)
    }

    /// `anyOf: [enum of strings, string]`: known values, others allowed.
    private func openEnumeration(of alternatives: [UnionSchema.Alternative], at place: Place) -> Enumeration? {
        var isPlain = false
        var values: [Enumeration.Value] = []
        for alternative in alternatives {
            let schema = resolved(alternative.schema)
            switch schema.kind {
            case .string(let format) where format == nil && schema.constraints.isEmpty: isPlain = true
            case .enumeration(let enumeration) where enumeration.type == .string: values += enumeration.values
            default: return nil
            }
        }
        guard isPlain, !values.isEmpty else { return nil }
        var seen: Set<String> = []
        return Enumeration(values: values.filter { seen.insert($0.value.text).inserted }, type: .string, isOpen: true)
    }

    // MARK: Discriminators

    private func discriminator(
        at place: Place, alternatives: inout [UnionSchema.Alternative]
    ) -> UnionSchema.Discriminator? {
        guard let field = place["discriminator"], let property = field.node["propertyName"]?.string else { return nil }
        var mapped: [String: [String]] = [:]
        for (value, target) in field["mapping"]?.members ?? [] {
            guard let uri = target.node.string, let place = resolver.targets[uri] else { continue }
            mapped[names.name(of: place), default: []].append(value)
        }
        for index in alternatives.indices {
            let schema = alternatives[index].schema
            if case .reference(let name) = schema.kind {
                let values = mapped[name] ?? declaredValues(of: property, in: schema)
                alternatives[index].discriminatorValues = values.isEmpty ? [implicitName(of: name)] : values
            } else {
                alternatives[index].discriminatorValues = declaredValues(of: property, in: schema)
                alternatives[index].nameHint =
                    alternatives[index].nameHint ?? alternatives[index].discriminatorValues.first
            }
        }
        guard alternatives.contains(where: { !$0.discriminatorValues.isEmpty }) else { return nil }
        let fallback = field.node["defaultMapping"]?.string.flatMap { resolver.targets[$0] }.map { names.name(of: $0) }
        return UnionSchema.Discriminator(
            property: property, isMapped: !mapped.isEmpty,
            defaultAlternative: alternatives.firstIndex { $0.nameHint != nil && $0.nameHint == fallback })
    }

    /// The values that an alternative itself allows for the discriminator's property.
    private func declaredValues(of property: String, in schema: Schema) -> [String] {
        guard case .object(let object) = resolved(schema).kind,
            let found = object.properties.first(where: { $0.name == property }),
            case .enumeration(let enumeration) = resolved(found.schema).kind
        else { return [] }
        return enumeration.values.compactMap(\.value.string)
    }

    /// Says which values of the discriminator's property are each alternative's own, unless two have the same.
    private func bind(
        _ discriminator: UnionSchema.Discriminator, _ alternatives: [UnionSchema.Alternative], at elements: [Node]
    ) {
        var owners: [String: Int] = [:]
        for (index, alternative) in alternatives.enumerated() {
            for value in alternative.discriminatorValues {
                guard owners[value, default: index] == index else { return }
                owners[value] = index
            }
        }
        // What an alternative itself allows, and its name, are its values too where no other claims them.
        var further: [String: Set<Int>] = [:]
        for (index, alternative) in alternatives.enumerated() {
            var values = declaredValues(of: discriminator.property, in: alternative.schema)
            if case .reference(let name) = alternative.schema.kind { values.append(implicitName(of: name)) }
            for value in values where owners[value] == nil { further[value, default: []].insert(index) }
        }
        for (value, claims) in further where claims.count == 1 { owners[value] = claims.first }
        for (index, element) in elements.enumerated() where !alternatives[index].discriminatorValues.isEmpty {
            let isDefault = discriminator.defaultAlternative == index
            let own = alternatives[index].discriminatorValues
            let others = owners.filter { ($0.value == index) != isDefault && !own.contains($0.key) }
            let values = (isDefault ? [] : own) + others.map(\.key).sorted()
            bindings[ObjectIdentifier(element)] = DiscriminatorBinding(
                property: discriminator.property, values: values, areExcluded: isDefault)
        }
    }

    private func implicitName(of name: String) -> String { names.place(of: name)?.segments.last ?? name }

    // MARK: What stands beside a union

    /// What `other` and one of the alternatives both allow. Where the alternatives only refine `other` (which properties are
    /// required, patterns), the result is no union.
    func distribute(_ other: Schema, over union: UnionSchema, of schema: Schema, at place: Place) -> Schema {
        if case .union(let second) = other.kind,
            union.alternatives.count * second.alternatives.count > Self.alternativeLimit
        {
            diagnostics.warning(
                "the unions that are merged here have too many combinations; the type follows the first", at: place)
            return schema
        }
        var alternatives: [UnionSchema.Alternative] = []
        distributions += 1
        defer { distributions -= 1 }
        for alternative in union.alternatives {
            var merged = alternative
            merged.schema = intersect(other, alternative.schema, at: place)
            merged.schema.isNullable = false
            if isReference(alternative.schema), merged.schema.hasSameShape(as: resolved(alternative.schema).notNullable)
            {
                merged.schema = alternative.schema
            } else if !isReference(merged.schema) {
                merged.schema.uri = alternative.schema.uri
                merged.schema.origin = alternative.schema.origin
            }
            switch merged.schema.kind {
            case .never: continue
            case .union(let inner) where union.discriminator == nil && inner.discriminator == nil:
                // A value has to fit an alternative of either union.
                alternatives += inner.alternatives(alsoFitting: alternative.schema)
            default: alternatives.append(merged)
            }
        }
        var result = schema
        result.isNullable = schema.isNullable && (other.isNullable || isAny(other))
        guard let first = alternatives.first else {
            if distributions == 1 {
                diagnostics.warning("no value can be both: what is merged here excludes every alternative", at: place)
            }
            result.kind = .never
            return result
        }
        if union.discriminator == nil, let common = commonRefinement(of: alternatives.map(\.schema)) {
            result.kind = common
        } else if alternatives.count == 1, union.discriminator == nil {
            result.kind = first.schema.kind
        } else {
            result.kind = .union(
                UnionSchema(rule: union.rule, alternatives: alternatives, discriminator: union.discriminator))
        }
        return result
    }

    private func isAny(_ schema: Schema) -> Bool {
        if case .any = schema.kind { true } else { false }
    }

    /// The one type that all alternatives have but for required properties and formats, if there is one.
    private func commonRefinement(of schemas: [Schema]) -> SchemaKind? {
        guard let first = schemas.first, schemas.count > 1 else { return nil }
        switch first.kind {
        case .object(var object):
            for schema in schemas.dropFirst() {
                guard case .object(let next) = schema.kind, next.hasSameShape(as: object, ignoringRequired: true) else {
                    return nil
                }
                let required = Set(next.properties.filter(\.isRequired).map(\.name))
                for index in object.properties.indices where !required.contains(object.properties[index].name) {
                    object.properties[index].isRequired = false
                }
            }
            return .object(object)
        case .string:
            let areStrings = schemas.allSatisfy { schema in
                if case .string = schema.kind { true } else { false }
            }
            return areStrings ? .string(format: nil) : nil
        default: return schemas.allSatisfy { $0.hasSameShape(as: first) } ? first.kind : nil
        }
    }
}

extension UnionSchema {
    /// The alternatives, of values that another schema takes as well.
    fileprivate func alternatives(alsoFitting schema: Schema) -> [Alternative] {
        alternatives.map { alternative in
            var both = alternative
            both.schema.uri += " " + schema.uri
            return both
        }
    }
}

extension Schema {
    /// The same without null.
    fileprivate var notNullable: Schema {
        var result = self
        result.isNullable = false
        return result
    }
}
