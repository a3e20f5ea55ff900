import LockstepDocument
import LockstepJSON
import LockstepSchema

extension OperationPlanner {
    mutating func planBody(_ operation: Operation, names: inout NameScope, in scope: TypeScope) -> BodyPlan? {
        guard let body = operation.requestBody, !body.contents.isEmpty else { return nil }
        var contents: [BodyContent] = []
        var cases = NameScope()
        for content in body.contents {
            let caseName = cases.claim(MediaTypeKind.caseName(content.mediaType))
            contents.append(
                self.content(content, of: operation, caseName: caseName, isOnly: body.contents.count == 1, in: scope))
        }
        let isUniform = contents.allSatisfy { $0.decoding == contents[0].decoding }
        var enumeration: String?
        if contents.count > 1, !isUniform { enumeration = scope.claim("Body").path }
        return BodyPlan(
            name: names.claim("body"), isRequired: body.isRequired, documentation: body.description, contents: contents,
            enumeration: enumeration)
    }

    private mutating func content(
        _ content: MediaContent, of operation: Operation, caseName: String, isOnly: Bool, in scope: TypeScope
    ) -> BodyContent {
        let suffix = isOnly ? "body" : "body.\(caseName)"
        var result = BodyContent(
            mediaType: content.mediaType, caseName: caseName, decoding: .raw, entry: nil, content: content)
        if !operation.isMessage, !operation.isStreaming, let items = ItemSchema(content, in: types.description) {
            let hint = isOnly ? "" : MediaTypeKind.suffix(content.mediaType)
            result.decoding = .items(
                plan(
                    items, of: content, named: "\(operation.id).\(suffix).items", hint: hint, in: scope, view: .request)
            )
            return result
        }
        if let form = arrivingForm(
            content, of: operation, isOnly: isOnly, named: "\(operation.id).\(suffix)", in: scope)
        {
            result.decoding = .multipart(form)
            result.entry = "\(operation.id).\(suffix)"
            return result
        }
        let kind = operation.isMessage || !operation.isStreaming ? MediaTypeKind(content.mediaType) : .binary
        switch kind {
        case .multipart where operation.isMessage: result.decoding = .bytes
        case .binary: if operation.isMessage { result.decoding = .bytes }
        case .text:
            result.decoding = .text
            if !operation.isMessage, let schema = content.schema, content.isCheckedText(in: types.description) {
                result.entry = self.entry(
                    for: schema, named: "\(operation.id).\(suffix)", operation.inputView, at: content.origin)
            }
        case .json, .form, .multipart:
            guard let schema = content.schema else {
                result.decoding = .value(.scalar(.json))
                result.entry = anyEntry(operation.origin)
                return result
            }
            result.entry = self.entry(
                for: schema, named: "\(operation.id).\(suffix)", operation.inputView, at: content.origin)
            let hint = isOnly ? "Body" : MediaTypeKind.suffix(content.mediaType) + "Body"
            let entry = "\(operation.id).\(suffix)"
            if kind == .multipart, let form = form(content, of: schema, named: entry, in: scope, hint: hint) {
                result.decoding = .multipart(form)
                result.entry = formEntry(for: schema, named: entry, at: content.origin)
            } else {
                result.decoding = .value(types.element(schema, named: hint, in: scope, view: operation.inputView))
            }
        }
        return result
    }

    /// The entry of a content: that of the named schema, or one of its own.
    mutating func entry(for schema: Schema, named name: String, _ view: View, at origin: Origin) -> String {
        if case .reference(let target) = schema.kind, !schema.isNullable {
            return types.path(ofNamed: target, in: view)
        }
        add(
            EntryPlan(
                name: name, schema: schema.uri, shape: shapes.shape(of: schema, view),
                direction: view == .request ? .request : .response, origin: origin))
        return name
    }

    private mutating func formEntry(for schema: Schema, named name: String, at origin: Origin) -> String {
        let target = types.description.resolved(schema)
        add(
            EntryPlan(
                name: name, schema: schema.uri, shape: shapes.shape(of: target, .request), direction: .request,
                origin: origin))
        return name
    }

    /// The entry that accepts everything, for JSON without a schema.
    mutating func anyEntry(_ origin: Origin) -> String {
        let name = "any"
        if !entries.contains(where: { $0.name == name }) {
            add(EntryPlan(name: name, schema: "lockstep:///~any#", shape: .any, direction: .any, origin: origin))
        }
        return name
    }
}

extension MediaContent {
    /// Whether this is text (`text/plain`) of which its schema says more than that it is text. Numbers, lists and objects
    /// have no form as text that documents agree on; of XML and YAML a schema describes what they say, not how.
    func isCheckedText(in description: APIDescription) -> Bool {
        guard MediaTypeKind(mediaType) == .text, !MediaTypeKind.isMarkedUp(mediaType),
            let schema = schema.map(description.resolved)
        else { return false }
        switch schema.kind {
        case .string("binary"): return false
        case .string(let format):
            let limits = schema.constraints
            return format != nil || limits.minLength != nil || limits.maxLength != nil || limits.pattern != nil
        case .enumeration(let enumeration): return enumeration.type == .string && !enumeration.isOpen
        default: return false
        }
    }
}

extension Operation {
    /// Whether the handler reads the body itself: `x-streaming: true` at the body or the operation.
    var isStreaming: Bool { (requestBody?.extensions["x-streaming"] ?? extensions["x-streaming"])?.bool == true }
}
