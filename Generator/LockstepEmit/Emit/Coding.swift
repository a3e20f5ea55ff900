/// How values of each type are read from validated JSON and written: expressions and statements as source.
struct Coding {
    let plan: Plan

    /// The type of a value as a property has it.
    func propertyType(_ field: Field) -> SwiftType {
        if isDirectDecimal(field) { return Field.wrap(.scalar(.decimal), as: field.presence) }
        // A typealias of a decimal is one, but for where it has to write itself.
        if case .named = field.type, field.presence != .distinguished { return field.fullType }
        return Field.wrap(element(field.type), as: field.presence)
    }

    /// The type as it is written inside `[ ]`, `Presence<>` and as a union's payload.
    ///
    /// A typealias of a decimal string stands for `Decimal`, which would be written as a number there.
    func element(_ type: SwiftType) -> SwiftType {
        switch type {
        case .named: plan.resolved(type) == .scalar(.decimalString) ? .scalar(.decimalString) : type
        case .array(let inner): .array(element(inner))
        case .dictionary(let inner): .dictionary(element(inner))
        case .optional(let inner): .optional(element(inner))
        case .presence(let inner): .presence(element(inner))
        case .scalar: type
        }
    }

    /// A decimal that JSON carries as a string and Swift as `Decimal`.
    private func isDirectDecimal(_ field: Field) -> Bool {
        guard field.type == .scalar(.decimalString) else { return false }
        return field.presence != .distinguished
    }

    // MARK: Reading

    /// The value of a field, read from `source`, which is the JSON of its slot.
    func read(_ field: Field, from source: String) -> String {
        let type = element(field.type)
        switch field.presence {
        case .required: return read(type, from: source)
        case .optional, .nullable: return "\(source).optional(\(optionalType(field, type)).self)"
        case .distinguished: return "Presence<\(type.source)>(\(source))"
        case .defaulted(let value): return "\(source).optional(\(optionalType(field, type)).self) ?? \(value)"
        case .nullableDefaulted(let value):
            return "\(source).isPresent ? \(source).optional(\(optionalType(field, type)).self) : \(value)"
        }
    }

    private func optionalType(_ field: Field, _ type: SwiftType) -> String {
        plan.resolved(type) == .scalar(.decimalString) ? "Decimal" : type.source
    }

    /// A value that is there.
    func read(_ type: SwiftType, from source: String) -> String {
        guard case .scalar(let scalar) = plan.resolved(type) else { return "\(type.source)(\(source))" }
        switch scalar {
        case .string: return "\(source).string"
        case .bool: return "\(source).bool"
        case .int32: return "\(source).int32"
        case .int: return "\(source).int"
        case .double: return "\(source).double"
        case .decimal, .decimalString: return "\(source).decimal"
        case .timestamp: return "\(source).timestamp"
        case .date: return "\(source).date"
        case .uuid: return "\(source).uuid"
        case .bytes: return "Base64(\(source))"
        case .json: return "\(source).value"
        }
    }

    /// A value that a union carries: of a type that writes itself.
    func readPayload(_ type: SwiftType, from source: String) -> String {
        let type = element(type)
        return type == .scalar(.decimalString) ? "DecimalString(\(source))" : read(type, from: source)
    }

    // MARK: Writing

    /// The value of a parameter as one that writes itself.
    func written(_ field: Field, named name: String) -> String {
        guard plan.resolved(field.type) == .scalar(.decimalString) else { return name }
        switch field.presence {
        case .required, .defaulted, .distinguished: return "DecimalString(\(name))"
        case .optional, .nullable, .nullableDefaulted: return "\(name).map(DecimalString.init)"
        }
    }

    /// The statement that writes a field of an open object.
    func write(_ field: Field) -> String {
        let key = SwiftLiteral.string(field.key)
        let name = ["json"].contains(field.name) ? "self.\(field.name)" : SwiftName.escaped(field.name)
        if let constant = field.constant { return "json.field(\(key), \(constant))" }
        let function: String
        switch field.presence {
        case .required, .optional, .defaulted, .distinguished: function = "field"
        case .nullable, .nullableDefaulted: function = "nullableField"
        }
        return "json.\(function)(\(key), \(written(field, name)))"
    }

    /// A field's value in a type that writes itself as the document says.
    func written(_ field: Field, _ name: String) -> String {
        guard plan.resolved(field.type) == .scalar(.decimalString) else { return name }
        switch field.presence {
        case .distinguished: return name
        case .required, .defaulted: return "DecimalString(\(name))"
        case .optional, .nullable, .nullableDefaulted: return "\(name).map(DecimalString.init)"
        }
    }
}

extension Field {
    /// A type with what a presence adds to it.
    static func wrap(_ type: SwiftType, as presence: Presence) -> SwiftType {
        switch presence {
        case .required, .defaulted: type
        case .optional, .nullable, .nullableDefaulted: .optional(type)
        case .distinguished: .presence(type)
        }
    }
}
