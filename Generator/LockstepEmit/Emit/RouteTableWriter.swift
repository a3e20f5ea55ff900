import LockstepDocument
import LockstepJSON

/// Writes the table of routes that the runtime reads at start: JSON, one line an operation (see `RouteTable`).
struct RouteTableWriter {
    let plan: Plan

    /// The operations that are served.
    func text() -> String { text(plan.operations) }

    /// The messages that are sent; nothing where there are none.
    func messages() -> String { plan.messages.isEmpty ? "" : text(plan.messages) }

    private func text(_ listed: [OperationPlan]) -> String {
        var lines: [String] = ["{\"format\":1,", "\"schemes\":\(schemes()),"]
        let bases = plan.description.servers.basePaths
        if bases != [""] { lines.append("\"bases\":\(JSONValue.array(bases.map(JSONValue.string)).text),") }
        lines.append("\"operations\":[")
        var taken: Set<String> = []
        let operations = listed.map { plan in
            let operation = plan.operation
            let isFirst = taken.insert("\(operation.method) \(operation.path.shape)").inserted
            return line(plan, givesWay: !isFirst && !operation.isMessage)
        }
        for (index, operation) in operations.enumerated() {
            lines.append(operation + (index == operations.count - 1 ? "" : ","))
        }
        lines.append("]}")
        return lines.joined(separator: "\n")
    }

    private func render(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    // MARK: Security schemes

    private func schemes() -> String {
        render { json in
            json.beginObject()
            for scheme in plan.security {
                json.key(scheme.scheme.name)
                write(scheme.scheme.kind, to: &json)
            }
            json.endObject()
        }
    }

    private func write(_ kind: SecurityScheme.Kind, to json: inout JSONWriter) {
        json.beginObject()
        switch kind {
        case .bearer:
            json.member("type", "http")
            json.member("scheme", "bearer")
        case .basic:
            json.member("type", "http")
            json.member("scheme", "basic")
        case .apiKey(let location, let name):
            json.member("type", "apiKey")
            json.member("in", location.rawValue)
            json.member("name", name)
        case .oauth2: json.member("type", "oauth2")
        case .openIDConnect: json.member("type", "openIdConnect")
        case .http(let scheme):
            json.member("type", "http")
            json.member("scheme", scheme)
        case .mutualTLS: json.member("type", "mutualTLS")
        case .unknown: json.member("type", "unknown")
        }
        json.endObject()
    }

    // MARK: Operations

    private func line(_ operation: OperationPlan, givesWay: Bool) -> String {
        render { json in
            json.beginObject()
            json.member("id", operation.operation.id)
            json.member("method", operation.operation.method)
            json.member("path", operation.operation.path.description)
            if givesWay {
                json.key("givesWay")
                json.bool(true)
            }
            let bases = operation.operation.servers.basePaths
            if !operation.operation.servers.isEmpty, bases != plan.description.servers.basePaths {
                json.key("bases")
                json.value(.array(bases.map(JSONValue.string)))
            }
            json.list("tags", operation.operation.tags)
            writeParameters(operation.operation, to: &json)
            writeBody(operation, to: &json)
            writeResponses(operation, to: &json)
            if !operation.operation.isMessage { writeSecurity(operation.operation.security, to: &json) }
            writeExtensions(operation.operation.extensions, to: &json)
            json.endObject()
        }
    }

    private func writeParameters(_ operation: Operation, to json: inout JSONWriter) {
        guard !operation.parameters.isEmpty else { return }
        json.key("parameters")
        json.beginArray()
        for parameter in operation.parameters {
            json.beginObject()
            json.member("name", parameter.name)
            json.member("in", parameter.location.rawValue)
            // OpenAPI 3.2's `cookie` is read as `form`: they differ in how they are written.
            json.member("style", parameter.style == .cookie ? "form" : parameter.style.rawValue)
            json.key("explode")
            json.bool(parameter.explode)
            if parameter.isRequired { json.flag("required") }
            if parameter.allowReserved { json.flag("allowReserved") }
            if parameter.allowEmptyValue, parameter.location == .query, !parameter.isRequired {
                json.flag("allowEmpty")
            }
            json.key("type")
            if let mediaType = parameter.mediaType {
                json.string(MediaTypeKind(mediaType) == .json ? "json" : "string")
            } else {
                TextKind(parameter.schema, in: plan.description).write(to: &json)
            }
            json.endObject()
        }
        json.endArray()
        json.member("parametersEntry", "\(operation.id).parameters")
    }

    private func writeBody(_ operation: OperationPlan, to json: inout JSONWriter) {
        guard let body = operation.body, let source = operation.operation.requestBody else { return }
        json.key("body")
        json.beginObject()
        if body.isRequired { json.flag("required") }
        let extensions = operation.operation.extensions
        // Of messages it says that contents without an entry are left to the sender.
        let isLeft = operation.operation.isMessage && body.contents.contains { $0.entry == nil }
        if isLeft || (source.extensions["x-streaming"] ?? extensions["x-streaming"])?.bool == true {
            json.flag("streaming")
        }
        if let limit = (source.extensions["x-body-limit"] ?? extensions["x-body-limit"])?.int {
            json.key("limit")
            json.int(limit)
        }
        json.key("content")
        json.beginArray()
        for content in body.contents { write(content, operation.operation.inputView, to: &json) }
        json.endArray()
        json.endObject()
    }

    private func write(_ content: BodyContent, _ view: View, to json: inout JSONWriter) {
        json.beginObject()
        json.member("type", content.mediaType)
        if let entry = content.entry { json.member("entry", entry) }
        if case .items(let items) = content.decoding { items.write(to: &json) }
        let kind = MediaTypeKind(content.mediaType)
        if kind == .form || kind == .multipart, content.entry != nil, let schema = content.content.schema {
            json.key("fields")
            FormFields(
                plan.description, content.content, isMultipart: kind == .multipart, view: view,
                headerEntries: headerEntries(of: content)
            ).write(schema, to: &json)
        }
        json.endObject()
    }

    private func headerEntries(of content: BodyContent) -> [String: String] {
        guard case .multipart(let form) = content.decoding else { return [:] }
        let entries = form.fields.compactMap { field in field.part.map { (field.field.key, $0.entry) } }
        return Dictionary(entries, uniquingKeysWith: { first, _ in first })
            .merging(form.fileHeaderEntries) { _, own in own }
    }

    private func writeResponses(_ operation: OperationPlan, to json: inout JSONWriter) {
        json.key("responses")
        json.beginArray()
        for response in operation.operation.responses {
            json.beginObject()
            json.member("status", response.status.description)
            json.key("content")
            json.beginArray()
            for outcome in operation.outcomes where outcome.response.status == response.status {
                guard let content = outcome.content else { continue }
                json.beginObject()
                json.member("type", content.mediaType)
                if let entry = content.entry { json.member("entry", entry) }
                if case .items(let items) = content.encoding { items.write(to: &json) }
                json.endObject()
            }
            json.endArray()
            writeHeaders(response, of: operation.operation, to: &json)
            json.endObject()
        }
        json.endArray()
    }

    private func writeHeaders(_ response: Response, of operation: Operation, to json: inout JSONWriter) {
        guard !response.headers.isEmpty else { return }
        response.headers.write(in: plan.description, to: &json)
        json.member("headersEntry", "\(operation.id).\(response.status).headers")
    }

    private func writeSecurity(_ security: SecurityRequirement, to json: inout JSONWriter) {
        guard !security.alternatives.isEmpty else { return }
        json.key("security")
        json.beginArray()
        for alternative in security.alternatives {
            json.beginArray()
            for use in alternative {
                json.beginObject()
                json.member("scheme", use.scheme)
                if !use.scopes.isEmpty { json.list("needs", use.scopes) }
                json.endObject()
            }
            json.endArray()
        }
        json.endArray()
    }

    private func writeExtensions(_ extensions: [String: JSONValue], to json: inout JSONWriter) {
        guard !extensions.isEmpty else { return }
        json.key("extensions")
        json.beginObject()
        for (name, value) in extensions.sorted(by: { $0.key < $1.key }) {
            json.key(name)
            json.value(value)
        }
        json.endObject()
    }
}

extension [Header] {
    /// The headers of a response or of a part.
    func write(in description: APIDescription, to json: inout JSONWriter) {
        json.key("headers")
        json.beginArray()
        for header in self {
            json.beginObject()
            json.member("name", header.name)
            if header.isRequired { json.flag("required") }
            if header.explode { json.flag("explode") }
            json.key("type")
            if header.mediaType != nil {
                json.string("json")
            } else {
                TextKind(header.schema, in: description).write(to: &json)
            }
            json.endObject()
        }
        json.endArray()
    }
}

extension ItemPlan {
    /// What checks each item of a content, and what the data of an event is.
    fileprivate func write(to json: inout JSONWriter) {
        json.key("items")
        json.beginObject()
        json.member("entry", entry)
        if let data, data != .json { json.member("data", data.rawValue) }
        json.endObject()
    }
}

extension JSONWriter {
    mutating func member(_ name: StaticString, _ text: String) {
        key(name)
        string(text)
    }

    mutating func flag(_ name: StaticString) {
        key(name)
        bool(true)
    }

    mutating func list(_ name: StaticString, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        key(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }
}
