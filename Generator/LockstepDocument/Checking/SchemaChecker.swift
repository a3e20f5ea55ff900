import LockstepSchema

/// Checks one schema and those inside it, makes their `$ref`s absolute, and normalises them to JSON Schema 2020-12.
struct SchemaChecker {
    private let document: DocumentChecker
    private var diagnostics: DiagnosticList { document.diagnostics }

    init(_ document: DocumentChecker) {
        self.document = document
    }

    /// What holds at a schema: the nearest `$id`, and whether `$schema` names plain JSON Schema.
    private struct Scope {
        var base: String?
        var isPlain = false

        mutating func enter(_ node: Node, _ file: SourceFile) {
            if let id = node["$id"]?.string { base = ReferenceURI.resolve(id, against: base ?? file.uri) }
            if let dialect = (node["$schema"] ?? node["jsonSchemaDialect"])?.string {
                isPlain = SchemaCompiler.isPlainDialect(dialect)
            }
        }
    }

    /// Checks the schema at `place`, which may be reached from anywhere.
    func check(_ place: Place) { check(place, scope(of: place)) }

    /// What holds just outside a place.
    private func scope(of place: Place) -> Scope {
        var scope = Scope()
        var node = place.file.root
        for segment in place.segments {
            scope.enter(node, place.file)
            guard
                let next = node[segment]
                    ?? Int(segment).flatMap({ index in
                        node.items.flatMap { $0.indices.contains(index) ? $0[index] : nil }
                    })
            else { return scope }
            node = next
        }
        return scope
    }

    private func check(_ place: Place, _ scope: Scope) {
        guard document.claim(place, as: .schema) else { return }
        if place.node.bool != nil { return }
        guard place.node.mapping != nil else {
            let isMapSlip = place.path?.segment == "$ref"
            diagnostics.error(
                "a schema is an object or a boolean, and this is \(place.node.typeName)", at: place,
                hint: isMapSlip ? "a $ref cannot stand for a whole map of schemas" : nil)
            return
        }
        SchemaNormaliser(diagnostics: diagnostics, resolver: document.resolver).normalise(place)
        var scope = scope
        scope.enter(place.node, place.file)
        place.node.isPlainSchema = scope.isPlain
        for (keyword, value) in place.members { check(value, keyword: keyword, of: place, scope) }
        if place.node["$ref"] != nil { document.resolveReference(at: place, to: .schema, base: scope.base) }
        if let dynamic = place["$dynamicRef"] { checkDynamicReference(dynamic, base: scope.base) }
        if let discriminator = place["discriminator"] { resolveMapping(of: discriminator, base: scope.base) }
    }

    private func check(_ value: Place, keyword: String, of schema: Place, _ scope: Scope) {
        guard let shape = SchemaKeywords.shapes[keyword] else { return checkUnknown(keyword, at: value) }
        if schema.file.version == .v3_0, SchemaKeywords.since3_1.contains(keyword) {
            diagnostics.note(
                "'\(keyword)' belongs to OpenAPI 3.1, and the document says 3.0; it is honoured", at: value)
        }
        switch shape {
        case .any: break
        case .string: document.checkString(value)
        case .boolean: if value.node.bool == nil { document.reportType(of: value, expected: "true or false") }
        case .number: checkNumber(value)
        case .count: checkCount(value)
        case .strings: checkStrings(value)
        case .array: if value.node.items == nil { document.reportType(of: value, expected: "an array") }
        case .map: if value.node.mapping == nil { document.reportType(of: value, expected: "an object") }
        case .type: checkType(value)
        case .object(let kind): document.check(value, as: kind)
        case .schema: check(value, scope)
        case .schemas:
            guard value.node.items != nil else {
                return document.reportType(of: value, expected: "an array of schemas")
            }
            if value.elements.isEmpty { diagnostics.warning("'\(keyword)' is empty and has no effect", at: value) }
            for element in value.elements { check(element, scope) }
        case .schemaMap:
            guard value.node.mapping != nil else {
                return document.reportType(of: value, expected: "an object of schemas")
            }
            for (_, member) in value.members { check(member, scope) }
        }
        if keyword == "$schema", let dialect = value.node.string, !Dialect.isKnown(dialect) {
            diagnostics.warning(
                "the dialect '\(dialect)' is not supported; the schema is read as JSON Schema 2020-12", at: value)
        }
    }

    private func checkUnknown(_ keyword: String, at value: Place) {
        if keyword.hasPrefix("x-") { return }
        if let instead = SchemaKeywords.foreign[keyword] {
            diagnostics.warning(
                "'\(keyword)' is a keyword of another draft and has no effect", at: value, hint: instead)
            return
        }
        let known = SchemaKeywords.shapes.keys.sorted() + ["nullable"]
        if let hint = NearMiss.hint(keyword, among: known) {
            diagnostics.warning("'\(keyword)' is not a keyword of schemas and has no effect", at: value, hint: hint)
        } else if value.file.version == .v3_0 {
            diagnostics.warning(
                "'\(keyword)' is not a keyword of schemas and has no effect", at: value,
                hint: "a field of your own begins with 'x-'")
        } else {
            diagnostics.note("'\(keyword)' is not a known keyword and has no effect", at: value)
        }
    }

    // MARK: Values of keywords

    private func checkNumber(_ value: Place) {
        if value.node.number != nil { return }
        guard let text = value.node.string, let number = YAMLScalar.number(text) else {
            return document.reportType(of: value, expected: "a number")
        }
        diagnostics.warning("this is a string, and a number is needed", at: value, hint: "remove the quotes")
        value.node.content = .number(number)
    }

    private func checkCount(_ value: Place) {
        checkNumber(value)
        guard value.node.number != nil else { return }
        guard let count = value.node.integer, count >= 0 else {
            diagnostics.error("this must be a whole number, 0 or more", at: value)
            return
        }
        value.node.content = .number(String(count))
    }

    private func checkStrings(_ value: Place) {
        guard value.node.items != nil else {
            let isFlag = value.node.bool != nil
            diagnostics.error(
                "this is \(value.node.typeName), and an array of strings is needed", at: value,
                hint: isFlag ? "list the property's name in the 'required' array of the object around it" : nil)
            return
        }
        for element in value.elements { document.checkString(element) }
    }

    private func checkType(_ value: Place) {
        let names = value.node.items == nil ? [value] : value.elements
        if names.isEmpty { diagnostics.error("'type' lists no type", at: value) }
        for name in names {
            guard let text = name.node.string else {
                document.reportType(of: name, expected: "the name of a type")
                continue
            }
            guard !SchemaKeywords.typeNames.contains(text) else { continue }
            if let meant = SchemaKeywords.typeAliases[text.lowercased()]
                ?? NearMiss.of(text, among: SchemaKeywords.typeNames)
            {
                diagnostics.warning(
                    "'\(text)' is not a type; it is read as '\(meant)'", at: name, hint: "write 'type: \(meant)'")
                name.node.content = .string(meant)
            } else {
                diagnostics.error(
                    "'\(text)' is not a type", at: name,
                    hint: "one of \(SchemaKeywords.typeNames.joined(separator: ", "))")
            }
        }
    }

    // MARK: References

    private func checkDynamicReference(_ value: Place, base: String?) {
        guard let reference = value.node.string, !SchemaCompiler.isBuiltIn(reference) else { return }
        do throws(Resolver.Failure) {
            let target = try document.resolver.resolve(reference, at: value, base: base)
            document.resolver.dynamicTargets[ObjectIdentifier(value.node)] = target.place
            _ = document.enqueue(target.place, as: .schema, referredFrom: value)
        } catch {
            if let message = error.message { diagnostics.error(message, at: value, hint: error.hint) }
        }
    }

    /// Makes the schemas that a discriminator's mapping names absolute: a component's name, or else a reference.
    private func resolveMapping(of discriminator: Place, base: String?) {
        for (_, value) in discriminator["mapping"]?.members ?? [] { resolveMappedSchema(value, base: base) }
        if let value = discriminator["defaultMapping"] { resolveMappedSchema(value, base: base) }
    }

    private func resolveMappedSchema(_ value: Place, base: String?) {
        guard let text = value.node.string else { return }
        for file in [value.file, document.entry] {
            guard let schema = file.place["components"]?["schemas"]?[text] else { continue }
            value.node.content = .string(document.resolver.register(schema))
            _ = document.enqueue(schema, as: .schema, referredFrom: value)
            return
        }
        guard text.contains(where: { "#/.".contains($0) }) else {
            diagnostics.warning(
                "the mapping names no schema: there is no component '\(text)'", at: value,
                hint: NearMiss.hint(
                    text, among: document.entry.place["components"]?["schemas"]?.node.mapping?.keys ?? []))
            return
        }
        do throws(Resolver.Failure) {
            let target = try document.resolver.resolve(text, at: value, base: base, isOptional: true)
            value.node.content = .string(target.uri)
            _ = document.enqueue(target.place, as: .schema, referredFrom: value)
        } catch {
            guard let message = error.message else { return }
            diagnostics.warning("the mapping names no schema: \(message)", at: value, hint: error.hint)
        }
    }
}
