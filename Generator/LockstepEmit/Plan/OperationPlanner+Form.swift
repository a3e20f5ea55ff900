import LockstepDocument
import LockstepSchema

extension OperationPlanner {
    /// A multipart form that has a structure of its own: one of its fields is a file, or the headers of its parts are
    /// described. `nil` for other forms.
    mutating func form(
        _ content: MediaContent, of schema: Schema, named entry: String, in scope: TypeScope, hint: String
    ) -> FormPlan? {
        guard case .object(let object) = types.description.resolved(schema).kind else { return nil }
        let properties = object.properties(in: .request)
        let encodings = properties.map { property in content.encodings.first { $0.property == property.name } }
        let uses = zip(properties, encodings).map { fileUse($0.schema, $1) }
        let hasHeaders = encodings.contains { $0?.partHeaders.isEmpty == false }
        guard hasHeaders || uses.contains(where: { $0 != .none }) else { return nil }
        return form(content, of: schema, object, named: entry, in: scope, hint: hint)
    }

    private mutating func form(
        _ content: MediaContent, of schema: Schema, _ object: ObjectSchema, named entry: String, in scope: TypeScope,
        hint: String
    ) -> FormPlan {
        let (name, path) = scope.claim(hint)
        let inner = scope.inner(path)
        var form = FormPlan(name: name, path: path, origin: schema.origin.description, fields: [], nested: [])
        guard case .structure(let fields, _) = types.structure(object, in: inner, view: .request) else { return form }
        for (field, property) in zip(fields, object.properties(in: .request)) {
            let encoding = content.encodings.first { $0.property == property.name }
            var field = FormField(field: field, file: fileUse(property.schema, encoding))
            if let encoding, !encoding.partHeaders.isEmpty {
                let isList = FormFields(types.description, content, isMultipart: true).isList(property)
                field.part = part(field, encoding, isList: isList, named: entry, in: inner)
            }
            form.fields.append(field)
        }
        form.nested = inner.declarations
        return form
    }

    private func fileUse(_ schema: Schema, _ encoding: PartEncoding?) -> FormField.FileUse {
        if schema.isFile(encoding, in: types.description) { return .one }
        guard case .array(let items) = types.description.resolved(schema).kind else { return .none }
        return items.isFile(encoding, in: types.description) ? .many : .none
    }

    // MARK: Files that are read as they arrive

    /// A form that is taken as a stream and has files: its fields are those before the first file. `nil` for others.
    mutating func arrivingForm(
        _ content: MediaContent, of operation: Operation, isOnly: Bool, named entry: String, in scope: TypeScope
    ) -> FormPlan? {
        guard operation.isStreaming, !operation.isMessage, MediaTypeKind(content.mediaType) == .multipart,
            let schema = content.schema, case .object(let object) = types.description.resolved(schema).kind
        else { return nil }
        let all = object.properties(in: .request)
        let encodings = content.encodings
        func isFile(_ property: ObjectSchema.Property) -> Bool {
            fileUse(property.schema, encodings.first { $0.property == property.name }) != .none
        }
        guard all.contains(where: isFile) else { return nil }
        var fields = object
        fields.properties = all.filter { !isFile($0) }
        addFieldEntry(fields, named: entry, at: content.origin)
        let hint = isOnly ? "Body" : MediaTypeKind.suffix(content.mediaType) + "Body"
        var form = form(content, of: schema, fields, named: entry, in: scope, hint: hint)
        for encoding in encodings where !encoding.partHeaders.isEmpty {
            guard all.contains(where: { $0.name == encoding.property && isFile($0) }) else { continue }
            form.fileHeaderEntries[encoding.property] = addHeaderEntry(
                encoding, named: "\(entry).\(encoding.property).headers")
        }
        var names = NameScope(taken: Set(form.fields.map(\.field.name)))
        form.fields.append(
            FormField(
                field: Field(
                    name: names.claim("files", alternatives: ["arrivingFiles"]), key: "", type: .named("FileSequence"),
                    presence: .required, documentation: "The files, as they arrive behind the fields.", slot: 0),
                file: .arriving))
        return form
    }

    /// The entry of the fields alone.
    private mutating func addFieldEntry(_ fields: ObjectSchema, named name: String, at origin: Origin) {
        let uri = "lockstep:///~form/\(entries.count)"
        var schema = ParameterSchema(
            uri: uri,
            properties: fields.properties.map {
                ParameterSchema.Property(name: $0.name, schema: $0.schema.uri, isRequired: $0.isRequired)
            })
        if case .forbidden = fields.additional { schema.isClosed = true }
        let slots = fields.properties.map {
            ShapeProperty($0.name, shapes.shape(of: $0.schema, .request), isRequired: $0.isRequired)
        }
        add(
            schema,
            EntryPlan(name: name, schema: uri + "#", shape: .object(slots), direction: .request, origin: origin))
    }

    // MARK: Parts with headers

    private mutating func part(
        _ form: FormField, _ encoding: PartEncoding, isList: Bool, named entry: String, in scope: TypeScope
    ) -> PartPlan {
        let key = form.field.key
        let (name, path) = scope.claim((isList ? SwiftName.singular(key) : key) + "-part")
        let inner = scope.inner(path)
        var names = NameScope(taken: ["value", "part"])
        var headers: [Field] = []
        for (slot, header) in encoding.partHeaders.enumerated() {
            let plain = SwiftName.member(header.name)
            let type = types.type(of: header.schema, named: header.name, in: inner, view: .request)
            var presence = types.presence(of: header.schema, type: type, isRequired: header.isRequired, in: inner)
            // A header has no null that differs from leaving it out.
            if presence == .distinguished { presence = .optional }
            let text = header.description ?? DocumentationText.of(header.schema)
            headers.append(
                Field(
                    name: names.claim(plain, alternatives: [plain + "Header"]), key: header.name, type: type,
                    presence: presence,
                    documentation: text.map { "Header `\(header.name)`: \($0)" } ?? "Header `\(header.name)`.",
                    isDeprecated: header.isDeprecated, slot: slot))
        }
        return PartPlan(
            name: name, path: path, value: value(of: form, isList: isList), headers: headers, isList: isList,
            entry: addHeaderEntry(encoding, named: "\(entry).\(key).headers"), nested: inner.declarations)
    }

    /// What is in a part that is there.
    private func value(of form: FormField, isList: Bool) -> Field {
        var field = form.field
        field.name = "value"
        field.isDeprecated = false
        switch field.presence {
        case .required, .optional, .defaulted: field.presence = .required
        case .nullable, .distinguished, .nullableDefaulted: field.presence = .nullable
        }
        if isList { field.documentation = nil }
        if form.file != .none {
            field.type = .named("FilePart")
            field.presence = .required
        } else if isList, case .array(let element) = field.type {
            field.type = element.unwrapped
            field.presence = element == element.unwrapped ? .required : .nullable
        }
        return field
    }

    private mutating func addHeaderEntry(_ encoding: PartEncoding, named name: String) -> String {
        let uri = "lockstep:///~headers/\(entries.count)"
        let headers = encoding.partHeaders
        let properties = headers.map {
            ParameterSchema.Property(name: "header.\($0.name)", schema: $0.schema.uri, isRequired: $0.isRequired)
        }
        let slots = headers.map {
            ShapeProperty("header.\($0.name)", shapes.shape(of: $0.schema, .request), isRequired: $0.isRequired)
        }
        add(
            ParameterSchema(uri: uri, properties: properties),
            EntryPlan(
                name: name, schema: uri + "#", shape: .object(slots), direction: .request,
                origin: headers[0].origin))
        return name
    }
}

extension PartEncoding {
    /// The headers of a part, without what OpenAPI has other places for.
    var partHeaders: [Header] {
        headers.filter { !["content-type", "content-disposition"].contains($0.name.lowercased()) }
    }
}

extension Schema {
    /// Whether a part with this schema is a file: bytes, or of a media type that is no text.
    func isFile(_ encoding: PartEncoding?, in description: APIDescription) -> Bool {
        let target = description.resolved(self)
        if target.constraints.contentMediaType == "application/octet-stream" { return true }
        switch target.kind {
        case .string("binary"): return true
        case .any, .string(nil):
            let types = target.constraints.contentMediaType.map { [$0] } ?? encoding?.contentTypes ?? []
            return !types.isEmpty && types.allSatisfy(MediaTypeKind.isBytes)
        default: return false
        }
    }
}
