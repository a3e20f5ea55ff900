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
        readSlips(of: place)
        if place.node.bool != nil { return }
        guard place.node.mapping != nil else {
            diagnostics.error(
                "a schema is an object or a boolean, and this is \(place.node.typeName)", at: place)
            return
        }
        SchemaNormaliser(diagnostics: diagnostics, resolver: document.resolver).normalise(place)
        var scope = scope
        scope.enter(place.node, place.file)
        place.node.isPlainSchema = scope.isPlain
        document.within(place) {
            for (keyword, value) in place.members { check(value, keyword: keyword, of: place, scope) }
        }
        if place.node["$ref"] != nil { document.resolveReference(at: place, to: .schema, base: scope.base) }
        if let dynamic = place["$dynamicRef"] { checkDynamicReference(dynamic, base: scope.base) }
        if let discriminator = place["discriminator"] { resolveMapping(of: discriminator, base: scope.base) }
    }

    /// What stands for a schema and is none, but cannot mean anything else.
    private func readSlips(of place: Place) {
        switch place.node.content {
        case .null:
            diagnostics.warning("a schema without a value; any value is accepted", at: place, hint: "write {}")
            place.node.content = .mapping(Mapping())
        case .string("true"), .string("false"):
            diagnostics.warning(
                "this is a string, and a boolean is needed", at: place, hint: "write true or false without quotes")
            place.node.content = .bool(place.node.string == "true")
        case .bool, .number, .string, .sequence, .mapping: break
        }
    }

    private func check(_ value: Place, keyword: String, of schema: Place, _ scope: Scope) {
        guard let shape = SchemaKeywords.shapes[keyword] else { return checkUnknown(keyword, at: value) }
        if value.node.isNull, !shape.allowsNull {
            diagnostics.warning("'\(keyword)' has no value and has no effect", at: value)
            schema.node.remove(keyword)
            return
        }
        if schema.file.version == .v3_0, SchemaKeywords.since3_1.contains(keyword), !value.node.isRenamed {
            diagnostics.warning(
                "'\(keyword)' belongs to OpenAPI 3.1, and the document says 3.0; it is honoured", at: value,
                hint: "write 'openapi: 3.1.0'")
        }
        switch shape {
        case .any: break
        case .string: checkText(value, keyword: keyword, of: schema)
        case .boolean: document.checkBoolean(value)
        case .number: checkNumber(value)
        case .count: checkCount(value)
        case .strings: checkStrings(value)
        case .array:
            if value.node.items == nil { wrap(value) }
            if keyword == "enum", value.node.items?.isEmpty == true {
                diagnostics.warning("the 'enum' is empty: no value is valid", at: value)
            }
        case .map:
            guard value.node.mapping != nil else { return document.reportType(of: value, expected: "an object") }
            if keyword == "dependentRequired" { for (_, names) in value.members { checkStrings(names) } }
        case .type: checkType(value)
        case .object(let kind): document.check(value, as: kind)
        case .schema: check(value, scope)
        case .schemas:
            if value.node.mapping != nil { wrap(value) }
            guard value.node.items != nil else {
                return document.reportType(of: value, expected: "an array of schemas")
            }
            if value.elements.isEmpty { diagnostics.warning("'\(keyword)' is empty and has no effect", at: value) }
            for element in value.elements { check(element, scope) }
        case .schemaMap: checkMap(value, scope)
        }
        if keyword == "format", scope.isPlain {
            diagnostics.note(
                "'format' only describes here and is not checked: $schema or jsonSchemaDialect names JSON Schema itself",
                at: value, hint: "without it, OpenAPI's dialect holds")
        }
        if keyword == "$schema", let dialect = value.node.string, !Dialect.isKnown(dialect) {
            diagnostics.warning(
                "the dialect '\(dialect)' is not supported; the schema is read as JSON Schema 2020-12", at: value)
        }
    }

    private func checkMap(_ value: Place, _ scope: Scope) {
        guard value.node.mapping != nil else {
            return document.reportType(of: value, expected: "an object of schemas")
        }
        if value.node["$ref"]?.string != nil, let target = document.include(at: value) {
            guard (target.node.role ?? DocumentChecker.kind(byPlaceOf: target)) == nil else {
                diagnostics.error(
                    "the $ref leads to a Schema Object, and a map of schemas is needed", at: value["$ref"] ?? value,
                    hint: "add '/properties' to it, or write allOf: [{$ref: …}] in place of 'properties'")
                return value.node.remove("$ref")
            }
            checkMap(target, self.scope(of: target))
            return document.finishInclude(of: target, at: value)
        }
        document.within(value) { for (_, member) in value.members { check(member, scope) } }
    }

    /// Reads one value as a list of it.
    private func wrap(_ value: Place) {
        diagnostics.warning(
            "this is \(value.node.typeName), and an array is needed; it is read as an array of one", at: value)
        value.node.wrapInList()
    }

    /// A text; where it is one for people and something else stands there, it is left out.
    private func checkText(_ value: Place, keyword: String, of schema: Place) {
        guard ["description", "title", "$comment"].contains(keyword), value.node.scalarText == nil else {
            document.checkString(value)
            return
        }
        diagnostics.warning("this is \(value.node.typeName), and a string is needed; it was left out", at: value)
        schema.node.remove(keyword)
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
        if value.node.string != nil { wrap(value) }
        guard value.node.items != nil else {
            return document.reportType(of: value, expected: "an array of strings")
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
