extension DeclarationEmitter {
    /// Writes the elements of a tuple as an array. Those that may be left out count the gap before the next one that is there.
    func tupleWriter(_ fields: [Field], _ rest: AdditionalField?) -> SourceText {
        var lines: [String] = []
        var hasGap = false
        for field in fields {
            if case .required = field.presence {} else if case .nullable = field.presence {} else { hasGap = true }
            lines.append(element(field, afterGap: hasGap))
        }
        if let rest {
            let name = assigned(rest.name)
            lines.append(hasGap ? "json.elements(\(name), after: &gap)" : "\(name).writeElements(to: &json)")
        }
        return """
            public func write(to json: inout JSONWriter) {
                \(hasGap ? "var gap = 0" : "")
                json.beginArray()
                \(lines.joined(separator: "\n"))
                json.endArray()
            }
            """
    }

    private func element(_ field: Field, afterGap: Bool) -> String {
        if let constant = field.constant { return writeConstant(constant, of: field.type) }
        let name = ["json", "gap"].contains(field.storage) ? "self.\(field.storage)" : SwiftName.escaped(field.storage)
        let value = coding.written(field, name)
        guard afterGap else { return "\(value).write(to: &json)" }
        if case .nullableDefaulted = field.presence { return "json.nullableElement(\(value), after: &gap)" }
        return "json.element(\(value), after: &gap)"
    }
}
