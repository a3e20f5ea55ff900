import LockstepJSON

/// An object of the route table, with errors that name the operation.
struct TableObject {
    let value: JSONValue
    let operation: String

    init(_ value: JSONValue, operation: String) {
        self.value = value
        self.operation = operation
    }

    func fault(_ message: String) -> RouteTableError {
        RouteTableError(operation: operation, message: message)
    }

    subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = value else { return nil }
        return members.first { $0.key == key }?.value
    }

    func optionalString(_ key: String) throws(RouteTableError) -> String? {
        switch self[key] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw fault("'\(key)' must be text")
        }
    }

    func string(_ key: String) throws(RouteTableError) -> String {
        guard let text = try optionalString(key) else { throw fault("'\(key)' is missing") }
        return text
    }

    func int(_ key: String) throws(RouteTableError) -> Int? {
        guard let member = self[key], member != .null else { return nil }
        guard case .number(let text) = member, let number = Int(text) else { throw fault("'\(key)' must be a number") }
        return number
    }

    func flag(_ key: String) -> Bool? {
        guard case .bool(let flag)? = self[key] else { return nil }
        return flag
    }

    func elements(_ key: String) -> [JSONValue] {
        guard case .array(let elements)? = self[key] else { return [] }
        return elements
    }

    func objects(_ key: String) -> [TableObject] {
        elements(key).map { TableObject($0, operation: operation) }
    }

    func object(_ key: String) -> TableObject? {
        guard case .object? = self[key] else { return nil }
        return self[key].map { TableObject($0, operation: operation) }
    }

    func strings(_ key: String) -> [String] {
        elements(key).compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    func members(_ key: String) -> [(String, JSONValue)] {
        guard case .object(let members)? = self[key] else { return [] }
        return members.map { ($0.key, $0.value) }
    }

    /// A list of parameters, or of form fields and headers, whose location goes without saying.
    func definitions(
        _ key: String, in implied: ParameterDefinition.Location? = nil
    ) throws(RouteTableError) -> [ParameterDefinition] {
        var definitions: [ParameterDefinition] = []
        for object in objects(key) { definitions.append(try object.definition(in: implied)) }
        return definitions
    }

    private func definition(in implied: ParameterDefinition.Location?) throws(RouteTableError) -> ParameterDefinition {
        let name = try string("name")
        let location = if let implied { implied } else { try location(of: name) }
        let style = try style(of: name, in: location)
        return ParameterDefinition(
            name: name, location: location, style: style, explodes: flag("explode") ?? (style == .form),
            isRequired: flag("required") ?? (location == .path), allowsReserved: flag("allowReserved") ?? false,
            allowsEmpty: flag("allowEmpty") ?? false,
            type: try parameterType(self["type"] ?? .string("string"), of: name))
    }

    private func location(of name: String) throws(RouteTableError) -> ParameterDefinition.Location {
        guard let location = ParameterDefinition.Location(rawValue: try string("in")) else {
            throw fault("parameter '\(name)': unknown location")
        }
        return location
    }

    private func style(
        of name: String, in location: ParameterDefinition.Location
    ) throws(RouteTableError) -> ParameterDefinition.Style {
        guard let text = try optionalString("style") else {
            return location == .path || location == .header ? .simple : .form
        }
        guard let style = ParameterDefinition.Style(rawValue: text) else {
            throw fault("parameter '\(name)': unknown style '\(text)'")
        }
        return style
    }

    private func parameterType(_ value: JSONValue, of name: String) throws(RouteTableError) -> ParameterType {
        switch value {
        case .string("string"): return .string
        case .string("number"), .string("integer"): return .number
        case .string("boolean"): return .boolean
        case .string("null"): return .null
        case .string("json"): return .json
        case .string("file"): return .file
        case .array(let members):
            var types: [ParameterType] = []
            for member in members { types.append(try parameterType(member, of: name)) }
            return .anyOf(types)
        case .object:
            let object = TableObject(value, operation: operation)
            if let items = object["array"] { return .array(try parameterType(items, of: name)) }
            return try objectType(object, of: name)
        default: throw fault("parameter '\(name)': unknown type")
        }
    }

    private func objectType(_ object: TableObject, of name: String) throws(RouteTableError) -> ParameterType {
        var members: [(name: String, type: ParameterType)] = []
        for (member, type) in object.members("object") { members.append((member, try parameterType(type, of: name))) }
        var additional: ParameterType?
        if let type = object["additional"], type != .null, type != .bool(false) {
            additional = try parameterType(type, of: name)
        }
        return .object(members, additional: additional)
    }
}
