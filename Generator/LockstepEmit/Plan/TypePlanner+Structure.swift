import LockstepDocument
import LockstepJSON

extension TypePlanner {
    /// The properties of an object as stored properties, in document order.
    func structure(_ object: ObjectSchema, in scope: TypeScope, view: View) -> Declaration.Kind {
        let properties = object.properties(in: view)
        var names = NameScope()
        let swiftNames = names.claimAll(properties.map(\.name), as: SwiftName.member)
        var fields: [Field] = []
        for (slot, property) in properties.enumerated() {
            fields.append(field(property, named: swiftNames[slot], slot: slot, in: scope, view: view))
        }
        var additional: AdditionalField?
        if case .schema(let values) = object.additional {
            let name = names.claim("additionalProperties")
            let type = element(values, named: "AdditionalProperty", in: scope, view: view)
            additional = AdditionalField(name: name, value: type)
        }
        return .structure(fields, additional: additional)
    }

    func field(
        _ property: ObjectSchema.Property, named name: String, slot: Int, in scope: TypeScope, view: View
    ) -> Field {
        let schema = property.schema
        var field = Field(
            name: name, key: property.name, type: .scalar(.json), presence: .required,
            documentation: DocumentationText.of(schema), isDeprecated: schema.isDeprecated, slot: slot)
        if property.isRequired, let constant = ScalarRules.constant(schema) {
            field.type = constant.type
            field.constant = constant.source
            return field
        }
        field.type = type(of: schema, named: property.name, in: scope, view: view)
        field.presence = presence(of: schema, type: field.type, isRequired: property.isRequired, in: scope)
        field.pendingDefault = pendingDefault(of: schema, field.presence)
        return field
    }

    /// How a value may be missing, and what an absent one stands for, unless that has to wait: see `pendingDefault`.
    func presence(of schema: Schema, type: SwiftType, isRequired: Bool, in scope: TypeScope) -> Field.Presence {
        let isJSON = type == .scalar(.json)
        if isRequired { return schema.isNullable && !isJSON ? .nullable : .required }
        if let value = schema.defaultValue {
            if value.isNull, schema.isNullable { return .nullableDefaulted("nil") }
            guard DefaultCheck(description: description).allows(value, by: schema) else {
                report(
                    .warning, "this value's default is not allowed by its own schema, and is not applied",
                    at: schema.origin)
                return schema.isNullable && !isJSON ? .distinguished : .optional
            }
            // A value without null has no other sign for it than being absent.
            if value.isNull { return .optional }
            if let source = defaultSource(value, of: type, schema: schema, in: scope) {
                return schema.isNullable && !isJSON ? .nullableDefaulted(source) : .defaulted(source)
            }
        }
        return schema.isNullable && !isJSON ? .distinguished : .optional
    }
}
