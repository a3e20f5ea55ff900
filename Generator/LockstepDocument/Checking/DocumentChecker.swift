import LockstepSchema

/// Walks a document by the grammar of OpenAPI, from the entry along every `$ref`.
///
/// It reports what breaks the specification, makes every `$ref` absolute, and brings 3.0 and 3.2 into the 3.1 model, in
/// place. What it has checked carries its `role`; the IR is built from that. `$ref`s are queued, not followed at once, so the
/// walk's depth is that of the files' nesting.
final class DocumentChecker {
    let resolver: Resolver
    let diagnostics: DiagnosticList
    let entry: SourceFile
    private var queue: [(place: Place, kind: ObjectKind)] = []
    /// The values around what is being checked: nothing may be included in itself.
    var open: Set<ObjectIdentifier> = []

    init(entry: SourceFile, resolver: Resolver, diagnostics: DiagnosticList) {
        self.entry = entry
        self.resolver = resolver
        self.diagnostics = diagnostics
    }

    /// Checks the whole document.
    func run() {
        check(entry.place, as: .openAPI)
        var next = 0
        while next < queue.count {
            let (place, kind) = queue[next]
            next += 1
            check(place, as: kind)
        }
        reportCircles()
        ImplicitUnions.add(to: entry, resolver: resolver, diagnostics: diagnostics)
    }

    /// Reports references that lead to each other, or through too many, and never to an object. Circles of schemas are
    /// `SchemaCycles`' business.
    private func reportCircles() {
        /// How many references a value is away from its object; `nil` while it is looked for.
        var distances: [ObjectIdentifier: Int?] = [:]
        for (_, start) in resolver.targets.sorted(by: { $0.key < $1.key }) where start.node.role != .schema {
            var way: [Place] = []
            var current: Place? = start
            while let place = current, distances[ObjectIdentifier(place.node)] == nil {
                distances[ObjectIdentifier(place.node)] = .some(nil)
                way.append(place)
                current = place.node["$ref"]?.string.flatMap { resolver.targets[$0] }
            }
            var distance = 0
            if let place = current, let last = way.last {
                if let known = distances[ObjectIdentifier(place.node)] ?? nil {
                    distance = known + 1
                } else {
                    distance = .min / 2
                    diagnostics.error("the $refs lead in a circle and never to an object", at: last)
                }
            }
            for place in way.reversed() {
                distances[ObjectIdentifier(place.node)] = .some(distance)
                distance += 1
                if distance == Resolver.hopLimit {
                    diagnostics.error("more than \(Resolver.hopLimit) $refs lead from here to an object", at: place)
                }
            }
        }
    }

    /// Checks one object.
    func check(_ place: Place, as kind: ObjectKind) {
        if kind == .schema {
            SchemaChecker(self).check(place)
            return
        }
        guard claim(place, as: kind) else { return }
        if kind != .pathItem, kind != .securityRequirement, let target = include(at: place) {
            check(target, as: kind)
            return finishInclude(of: target, at: place)
        }
        guard place.node.mapping != nil else {
            reportType(of: place, expected: "an object")
            return
        }
        if kind == .pathItem, place.node["$ref"] != nil { resolveReference(at: place, to: kind) }
        nestSchema(of: place, kind)
        nameQueryString(place, kind)
        nameMediaTypes(of: place)
        let grammar = Grammar.of(kind)
        within(place) {
            let unknown = place.members.filter { !check($0.place, key: $0.key, of: kind, grammar) }
            place.node.remove(Set(unknown.map(\.key)))
        }
        addMissing(to: place, kind, grammar)
        checkMeaning(of: place, as: kind)
    }

    /// Reports fields that must be there and are not.
    private func addMissing(to place: Place, _ kind: ObjectKind, _ grammar: Grammar) {
        guard let mapping = place.node.mapping else { return }
        for field in grammar.fields.values.sorted(by: { $0.name < $1.name }) where mapping[field.name] == nil {
            guard let until = field.requiredUntil, place.file.version <= until else { continue }
            let message = "'\(field.name)' is missing in this \(kind.rawValue)"
            if field.isEssential {
                diagnostics.error(message, at: place)
            } else {
                diagnostics.warning(message, at: place)
                if case .string = field.shape { place.node.set(field.name, Node(.string(""), mark: place.node.mark)) }
            }
        }
    }

    /// Marks a value as checked; `false` where it already was, or is something else.
    func claim(_ place: Place, as kind: ObjectKind) -> Bool {
        guard let role = place.node.role else {
            place.node.role = kind
            return true
        }
        if role != kind {
            diagnostics.error("this is used both as \(kind.rawValue) and as \(role.rawValue)", at: place)
        }
        return false
    }

    // MARK: Members

    /// Checks one member; `false` where the object has no such field.
    private func check(_ place: Place, key: String, of kind: ObjectKind, _ grammar: Grammar) -> Bool {
        if let field = grammar.fields[key] {
            checkVersion(of: field, at: place)
            guard fillEmpty(place, field.shape), isReadable(place, as: field) else { return false }
            check(place, field.shape)
            return true
        }
        if key.hasPrefix("x-"), grammar.allowsExtensions { return true }
        if let pattern = grammar.pattern {
            if pattern.matches(key) {
                guard fillEmpty(place, pattern.shape) else { return false }
                check(place, pattern.shape)
                return true
            }
            diagnostics.warning(
                "'\(key)' was left out: a key of this \(kind.rawValue) must \(pattern.form)", at: place)
            return false
        }
        diagnostics.warning(
            "'\(key)' is not a field of the \(kind.rawValue) and was left out", at: place,
            hint: NearMiss.hint(key, among: grammar.fieldNames)
                ?? (grammar.allowsExtensions ? "a field of your own begins with 'x-'" : nil))
        return false
    }

    /// Whether a field has a value of its type, where the object can do without it: texts for people, and choices that have a
    /// default.
    private func isReadable(_ place: Place, as field: Grammar.Field) -> Bool {
        guard field.requiredUntil == nil else { return true }
        switch field.shape {
        case .string where Self.texts.contains(field.name) && place.node.scalarText == nil:
            diagnostics.warning("this is \(place.node.typeName), and a string is needed; it was left out", at: place)
            return false
        case .choice(let allowed):
            if let text = place.node.scalarText, allowed.contains(text) || field.name == "in" { return true }
            let near = place.node.scalarText.flatMap { NearMiss.of($0, among: allowed) }
            diagnostics.warning(
                "'\(place.node.scalarText ?? place.node.typeName)' is not allowed here; "
                    + (near.map { "it is read as '\($0)'" } ?? "the field was left out"), at: place,
                hint: "one of \(allowed.joined(separator: ", "))")
            if let near { place.node.content = .string(near) }
            return near != nil
        case .any, .string, .boolean, .object, .referable, .array, .map: return true
        }
    }

    private static let texts: Set<String> = ["description", "summary", "termsOfService", "externalValue"]

    private func checkVersion(of field: Grammar.Field, at place: Place) {
        let version = place.file.version
        if version < field.since {
            diagnostics.warning(
                "'\(field.name)' belongs to OpenAPI \(field.since.name), and the document says \(version.name)",
                at: place,
                hint: "write 'openapi: \(field.since.name).0'")
        } else if version > field.until {
            diagnostics.warning("'\(field.name)' ended with OpenAPI \(field.until.name)", at: place)
        } else if field.since > .v3_1 {
            diagnostics.note(
                "'\(field.name)' is not in OpenAPI 3.1; the published document has it as an extension", at: place)
        }
    }

    private func check(_ place: Place, _ shape: Grammar.Shape) {
        switch shape {
        case .any: break
        case .string: checkString(place)
        case .boolean: checkBoolean(place)
        case .choice(let allowed):
            guard checkString(place), let text = place.node.string, !allowed.contains(text) else { return }
            diagnostics.error(
                "'\(text)' is not allowed here", at: place,
                hint: NearMiss.hint(text, among: allowed) ?? "one of \(allowed.joined(separator: ", "))")
        case .object(let kind): check(place, as: kind)
        case .referable(let kind):
            if kind != .pathItem, place.node["$ref"] != nil {
                guard claim(place, as: kind) else { return }
                checkReferenceSiblings(of: place)
                resolveReference(at: place, to: kind)
            } else {
                check(place, as: kind)
            }
        case .array, .map: if !checkInclude(place, shape) { within(place) { checkParts(of: place, shape) } }
        }
    }

    /// Checks what stands in place of a `$ref` to a whole list or map; `false` where there is none.
    private func checkInclude(_ place: Place, _ shape: Grammar.Shape) -> Bool {
        guard let target = include(at: place) else { return false }
        check(target, shape)
        finishInclude(of: target, at: place)
        return true
    }

    private func checkParts(of place: Place, _ shape: Grammar.Shape) {
        switch shape {
        case .array(let element):
            if place.node.items == nil { wrapInList(place, of: element) }
            guard place.node.items != nil else { return reportType(of: place, expected: "an array") }
            for item in place.elements { check(item, element) }
        case .map(let value):
            guard place.node.mapping != nil else { return reportType(of: place, expected: "an object") }
            for (_, member) in membersWithValues(of: place, value) { check(member, value) }
        case .any, .string, .boolean, .choice, .object, .referable: break
        }
    }

    /// Whether a string stands here, after turning other scalars into one with a warning.
    @discardableResult
    func checkString(_ place: Place) -> Bool {
        if place.node.string != nil { return true }
        guard let text = place.node.scalarText else {
            reportType(of: place, expected: "a string")
            return false
        }
        diagnostics.warning(
            "this is \(place.node.typeName), and a string is needed", at: place, hint: "put it in quotes")
        place.node.content = .string(text)
        return true
    }

    func checkBoolean(_ place: Place) {
        if place.node.bool != nil { return }
        switch place.node.string?.lowercased() {
        case "true", "yes": place.node.content = .bool(true)
        case "false", "no": place.node.content = .bool(false)
        default: return reportType(of: place, expected: "true or false")
        }
        diagnostics.warning(
            "this is a string, and a boolean is needed", at: place, hint: "write true or false without quotes")
    }

    /// Reports a value of the wrong type.
    func reportType(of place: Place, expected: String) {
        diagnostics.error("this is \(place.node.typeName), and \(expected) is needed", at: place)
    }

    // MARK: References

    /// Resolves the `$ref` of a value, makes it absolute and queues what it refers to.
    @discardableResult
    func resolveReference(at place: Place, to kind: ObjectKind, base: String? = nil) -> Bool {
        guard let link = place["$ref"] else { return false }
        guard let reference = link.node.string else {
            reportType(of: link, expected: "a string")
            return false
        }
        if kind == .schema, SchemaCompiler.isBuiltIn(reference) { return true }
        do throws(Resolver.Failure) {
            let target = try target(of: reference, at: link, kind, base: base)
            guard target.place.node !== place.node else {
                diagnostics.error("the $ref refers to itself", at: link)
                place.node.remove("$ref")
                return false
            }
            if kind == .schema, let holder = schemaHolder(target.place) {
                return refer(from: place, toSchemaOf: target.place, holder)
            }
            link.node.content = .string(target.uri)
            return enqueue(target.place, as: kind, referredFrom: link)
        } catch {
            guard let message = error.message else { return false }
            if kind == .securityScheme {
                diagnostics.warning("\(message); the scheme is read as a bearer token", at: link, hint: error.hint)
            } else {
                diagnostics.error(message, at: link, hint: error.hint)
            }
            return false
        }
    }

    /// Queues what a reference leads to; `false` with an error where it is another kind of object.
    func enqueue(_ target: Place, as kind: ObjectKind, referredFrom place: Place) -> Bool {
        if let found = target.node.role ?? Self.kind(byPlaceOf: target), found != kind {
            diagnostics.error(
                "the $ref leads to a \(found.rawValue), and a \(kind.rawValue) is needed", at: place)
            return false
        }
        queue.append((target, kind))
        return true
    }

    /// The kind that a value must have because of where it stands.
    static func kind(byPlaceOf target: Place) -> ObjectKind? {
        let segments = target.segments
        if segments.count == 3, segments[0] == "components" { return sections[segments[1]] }
        // #/paths/{path}/parameters/0, #/paths/{path}/{method}/responses/200 and their like.
        guard segments.count >= 4, segments.count <= 5, segments[0] == "paths" else { return nil }
        switch (segments[segments.count - 2], segments.count) {
        case ("parameters", _): return .parameter
        case ("responses", 5): return .response
        default: return segments.count == 4 && segments[3] == "requestBody" ? .requestBody : nil
        }
    }

    private static let sections: [String: ObjectKind] = {
        let kinds: [ObjectKind] = [
            .schema, .response, .parameter, .example, .requestBody, .header, .securityScheme, .link, .callback,
            .pathItem,
            .mediaType,
        ]
        return Dictionary(kinds.map { ($0.componentSection ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }()

    private func checkReferenceSiblings(of place: Place) {
        let allowed: Set<String> = place.file.version >= .v3_1 ? ["$ref", "summary", "description"] : ["$ref"]
        for (key, member) in place.members where !allowed.contains(key) && !key.hasPrefix("x-") {
            guard !["summary", "description"].contains(key) else {
                diagnostics.note("'\(key)' beside $ref has no effect in OpenAPI 3.0", at: member)
                continue
            }
            diagnostics.warning(
                "'\(key)' beside $ref has no effect", at: member, hint: "move it to what the $ref refers to")
        }
    }
}
