import LockstepDocument

extension TypePlanner {
    /// The elements of a tuple as stored properties, by their place.
    func tuple(_ tuple: TupleSchema, in scope: TypeScope, view: View) -> Declaration.Kind {
        let wishes = elementNames(tuple.prefix)
        var names = NameScope()
        let swiftNames = names.claimAll(wishes, as: SwiftName.member)
        var fields: [Field] = []
        var hasGap = false
        for (place, schema) in tuple.prefix.enumerated() {
            var element = ObjectSchema.Property(
                name: wishes[place], schema: schema, isRequired: place < tuple.minimumCount)
            // A default would be written behind an element that is not there.
            if hasGap { element.schema.defaultValue = nil }
            if hasGap, schema.defaultValue != nil {
                report(
                    .note, "the default of this value is not applied when it is absent", at: schema.origin,
                    hint: "an element before it may be absent without a default")
            }
            var field = field(element, named: swiftNames[place], slot: place, in: scope, view: view)
            hasGap = hasGap || field.presence == .optional || field.presence == .distinguished
            if field.documentation == schema.title { field.documentation = nil }
            fields.append(field)
        }
        let rest = tuple.rest.map { rest in
            AdditionalField(
                name: names.claim("rest"), value: element(rest, named: "RestElement", in: scope, view: view),
                isList: true)
        }
        return .structure(fields, additional: rest)
    }

    /// An element is called by its title, or by the schema that it refers to where no other element does; else by its place.
    private func elementNames(_ elements: [Schema]) -> [String] {
        var uses: [String: Int] = [:]
        let wishes = elements.map { schema -> String? in
            guard let wish = schema.title ?? referenceName(schema) else { return nil }
            let name = SwiftName.member(wish)
            uses[name, default: 0] += 1
            return name
        }
        return wishes.enumerated().map { place, wish in
            if let wish, uses[wish] == 1, wish.count <= 40 { return wish }
            return Self.ordinals.indices.contains(place) ? Self.ordinals[place] : "element\(place + 1)"
        }
    }

    private func referenceName(_ schema: Schema) -> String? {
        if case .reference(let name) = schema.kind { name } else { nil }
    }

    private static let ordinals = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ]
}
