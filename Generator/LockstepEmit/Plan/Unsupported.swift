import LockstepDocument

/// Names every construct that the document has and the output does not: an error where an operation could not be
/// called at all, a warning where the rest is usable.
struct Unsupported {
    private let description: APIDescription
    private var diagnostics: [Diagnostic] = []

    static func findings(in description: APIDescription) -> [Diagnostic] {
        var findings = Unsupported(description: description)
        findings.checkOperations()
        findings.checkContents()
        findings.checkMessages()
        return findings.diagnostics + SecurityFindings.find(in: description)
    }

    private init(description: APIDescription) {
        self.description = description
    }

    private mutating func warn(_ message: String, at origin: Origin, hint: String? = nil) {
        diagnostics.append(Diagnostic(.warning, message, at: origin, hint: hint))
    }

    // MARK: Operations

    private mutating func checkOperations() {
        var seen: Set<String> = []
        for operation in description.operations {
            for parameter in operation.parameters where seen.insert(parameter.origin.description).inserted {
                check(parameter)
            }
            for content in operation.requestBody?.contents ?? [] {
                if seen.insert("\(content.origin)").inserted { checkFields(content) }
                for encoding in content.encodings where !areChecked(encoding, of: content, operation) {
                    guard seen.insert("\(content.origin) \(encoding.property)").inserted else { continue }
                    warn("headers of the part '\(encoding.property)' are not checked", at: content.origin)
                }
            }
        }
    }

    /// What a sender cannot do for its caller.
    private mutating func checkMessages() {
        var seen: Set<String> = []
        for message in description.messages {
            for parameter in message.parameters where seen.insert(parameter.origin.description).inserted {
                check(parameter)
                guard parameter.location == .path else { continue }
                warn(
                    "the path parameter '\(parameter.name)' of a message has no place in its URL; it was left out",
                    at: parameter.origin, hint: "the URL is given when the message is sent")
            }
            if !message.security.isNone {
                warn(
                    "the security of '\(message.id)' is not applied: the server sends it", at: message.origin,
                    hint: "add the credentials in 'prepare' of MessageSender")
            }
        }
    }

    private mutating func check(_ parameter: Parameter) {
        if let mediaType = parameter.mediaType, ![.json, .text].contains(MediaTypeKind(mediaType)) {
            warn(
                "the parameter '\(parameter.name)' is handed over as text: \(mediaType) is not read",
                at: parameter.origin)
        } else if parameter.mediaType == nil {
            let kind = TextKind(parameter.schema, in: description)
            guard !kind.isWritable(parameter.style, explode: parameter.explode) else { return }
            warn(
                "the parameter '\(parameter.name)' has lists or objects inside that style '\(parameter.style.rawValue)' "
                    + "cannot write: requests that send them are refused", at: parameter.origin,
                hint: "style 'deepObject' can, or 'content' with application/json")
        }
    }

    private mutating func checkFields(_ content: MediaContent) {
        guard MediaTypeKind(content.mediaType) == .form, let schema = content.schema else { return }
        let fields = FormFields(description, content, isMultipart: false)
        let names = fields.unwritable(schema)
        guard !names.isEmpty else { return }
        warn(
            "the form has fields with lists or objects inside that their style cannot write; requests that send them are "
                + "refused: " + names.joined(separator: ", "), at: content.origin,
            hint: "give them an 'encoding' with style 'deepObject' or contentType application/json")
    }

    /// Whether the headers of a part are read: those of forms are.
    private func areChecked(_ encoding: PartEncoding, of content: MediaContent, _ operation: Operation) -> Bool {
        guard !encoding.partHeaders.isEmpty, MediaTypeKind(content.mediaType) == .multipart else { return true }
        guard let schema = content.schema.map(description.resolved) else { return false }
        guard case .object(let object) = schema.kind else { return false }
        let properties = object.properties(in: .request)
        if operation.isStreaming, !properties.contains(where: { isFile($0, content) }) { return false }
        return properties.contains { $0.name == encoding.property }
    }

    private func isFile(_ property: ObjectSchema.Property, _ content: MediaContent) -> Bool {
        let encoding = content.encodings.first { $0.property == property.name }
        if property.schema.isFile(encoding, in: description) { return true }
        guard case .array(let items) = description.resolved(property.schema).kind else { return false }
        return items.isFile(encoding, in: description)
    }

    // MARK: Contents

    /// One finding a media type, at its first use: such documents use it in each operation.
    private mutating func checkContents() {
        var order: [String] = []
        var uses: [String: (origin: Origin, isSequence: Bool, count: Int)] = [:]
        func add(_ content: MediaContent, isRequest: Bool, isMessage: Bool = false) {
            if !isMessage, let items = ItemSchema(content, in: description) { return check(items, of: content) }
            let isSequence = content.itemSchema != nil
            guard isSequence || isUnchecked(content, isRequest: isRequest) else { return }
            let key = "\(isSequence) \(content.mediaType.lowercased())"
            if uses[key] == nil { order.append(key) }
            uses[key, default: (content.origin, isSequence, -1)].count += 1
        }
        for operation in description.operations {
            for content in operation.requestBody?.contents ?? []
            where operation.isStreaming || !content.isCheckedText(in: description) {
                add(content, isRequest: true)
            }
            for response in operation.responses {
                for content in response.contents { add(content, isRequest: false) }
            }
        }
        for message in description.messages {
            for content in message.requestBody?.contents ?? [] {
                add(content, isRequest: MediaTypeKind(content.mediaType) != .multipart, isMessage: true)
            }
            for response in message.responses {
                for content in response.contents { add(content, isRequest: false, isMessage: true) }
            }
        }
        for key in order {
            guard let use = uses[key] else { continue }
            let mediaType = key.split(separator: " ", maxSplits: 1)[1]
            let others = use.count == 0 ? nil : use.count == 1 ? "and one other" : "and \(use.count) others"
            let message =
                use.isSequence
                ? "the items of \(mediaType) are not typed: handlers read and write text or a stream"
                : "content of \(mediaType) is not checked against its schema: handlers read and write it as it is"
            warn(message, at: use.origin, hint: others)
        }
    }

    /// What is said of all items together is not looked at. An event has four fields, and clients pass over others.
    private mutating func check(_ items: ItemSchema, of content: MediaContent) {
        if let all = content.schema, saysMoreThanItems(description.resolved(all)) {
            warn(
                "what is said of the whole sequence is not checked, each item is", at: all.origin,
                hint: "its items are read and sent one by one")
        }
        let names = items.unsent(in: description)
        guard !names.isEmpty else { return }
        warn(
            "events have no fields but data, event, id and retry; these are not sent: " + names.joined(separator: ", "),
            at: content.itemSchema?.origin ?? content.origin, hint: "put them into the data")
    }

    private func saysMoreThanItems(_ schema: Schema) -> Bool {
        let limits = schema.constraints
        if case .tuple = schema.kind { return true }
        return limits.minItems != nil || limits.maxItems != nil || limits.uniqueItems
    }

    /// Whether the document says something of the content that nobody checks.
    private func isUnchecked(_ content: MediaContent, isRequest: Bool) -> Bool {
        switch MediaTypeKind(content.mediaType) {
        case .json: return false
        case .form, .multipart: if isRequest { return false }
        case .text, .binary: break
        }
        if !isRequest, content.isRangeWithValues(in: description) { return false }
        guard let schema = content.schema.map(description.resolved) else { return false }
        switch schema.kind {
        case .any, .never, .null, .string: return false
        case .boolean, .integer, .number, .enumeration, .array, .tuple, .map, .object, .union, .reference: return true
        }
    }
}
