import LockstepDocument
import LockstepJSON

/// The fields of a form or multipart body as the runtime's route table lists them.
struct FormFields {
    private let description: APIDescription
    private let content: MediaContent
    private let isMultipart: Bool
    private let view: View
    /// The validator entries of the headers of parts, by field.
    private let headerEntries: [String: String]

    init(
        _ description: APIDescription, _ content: MediaContent, isMultipart: Bool, view: View = .request,
        headerEntries: [String: String] = [:]
    ) {
        self.headerEntries = headerEntries
        self.description = description
        self.content = content
        self.isMultipart = isMultipart
        self.view = view
    }

    func write(_ schema: Schema, to json: inout JSONWriter) {
        json.beginArray()
        if case .object(let object) = description.resolved(schema).kind {
            for property in object.properties(in: view) { write(property, to: &json) }
        }
        json.endArray()
    }

    /// The names of the fields whose style has no way to write all their values.
    func unwritable(_ schema: Schema) -> [String] {
        guard case .object(let object) = description.resolved(schema).kind else { return [] }
        return object.properties(in: view).filter { property in
            let encoding = content.encodings.first { $0.property == property.name }
            let kind = kind(property.schema, encoding)
            return !kind.isWritable(encoding?.style ?? .form, explode: encoding?.explode ?? true)
        }.map(\.name)
    }

    private func write(_ property: ObjectSchema.Property, to json: inout JSONWriter) {
        let encoding = content.encodings.first { $0.property == property.name }
        json.beginObject()
        json.member("name", property.name)
        json.member("style", encoding?.style?.rawValue ?? "form")
        json.key("explode")
        json.bool(encoding?.explode ?? true)
        if property.isRequired { json.flag("required") }
        json.key("type")
        kind(property.schema, encoding).write(to: &json)
        if isMultipart, let encoding { write(encoding, to: &json) }
        json.endObject()
    }

    /// What is said of a part beside its content. Headers are checked where the form has an entry for them.
    private func write(_ encoding: PartEncoding, to json: inout JSONWriter) {
        json.list("contentTypes", encoding.contentTypes)
        if let entry = headerEntries[encoding.property] {
            encoding.partHeaders.write(in: description, to: &json)
            json.member("headersEntry", entry)
        }
    }

    /// Whether each element of a field is a part of its own.
    func isList(_ property: ObjectSchema.Property) -> Bool {
        let encoding = content.encodings.first { $0.property == property.name }
        if case .array = kind(property.schema, encoding) { return true }
        return false
    }

    /// Parts of a multipart body are files where the schema says so, and JSON where they are objects.
    private func kind(_ schema: Schema, _ encoding: PartEncoding?) -> TextKind {
        let target = description.resolved(schema)
        if isMultipart {
            if schema.isFile(encoding, in: description) { return .file }
            if case .array(let items) = target.kind {
                if items.isFile(encoding, in: description) { return .array(.file) }
                if isObject(description.resolved(items)) { return .array(.json) }
            }
            if isObject(target) { return .json }
        }
        if encoding?.contentTypes.contains(where: { MediaTypeKind($0) == .json }) == true { return .json }
        return TextKind(schema, in: description)
    }

    private func isObject(_ schema: Schema) -> Bool {
        switch schema.kind {
        case .object, .map: true
        default: false
        }
    }
}
