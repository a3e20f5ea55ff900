import LockstepDocument
import LockstepJSON

extension OperationPlanner {
    mutating func planOutcomes(_ operation: Operation, in scope: TypeScope) -> [Outcome] {
        var names = NameScope()
        var outcomes: [Outcome] = []
        for response in operation.responses {
            addHeaderEntry(operation, response)
            outcomes += self.outcomes(of: response, operation, names: &names, in: scope)
        }
        return outcomes
    }

    /// One case for each media type of a response: the first has the status's name, others say their media type.
    private mutating func outcomes(
        of response: Response, _ operation: Operation, names: inout NameScope, in scope: TypeScope
    ) -> [Outcome] {
        let status = StatusName.name(of: response.status)
        let headers = headers(of: response, operation, status: status, in: scope)
        guard !response.contents.isEmpty else {
            return [Outcome(name: names.claim(status), response: response, content: nil, headers: headers)]
        }
        var outcomes: [Outcome] = []
        for (index, content) in response.contents.enumerated() {
            let name = names.claim(index == 0 ? status : status + MediaTypeKind.suffix(content.mediaType))
            let planned = self.content(
                content, of: response, operation, hint: index == 0 ? status : name, index: index, in: scope)
            var outcome = Outcome(name: name, response: response, content: planned, headers: headers)
            outcome.isGivenByRuntime = !operation.isMessage && isGivenByRuntime(content, of: response)
            outcomes.append(outcome)
        }
        return outcomes
    }

    /// Errors that handlers throw are rendered as problem details where the client prefers them, so a declared
    /// `application/problem+json` beside the document's own form of the error needs no case.
    private func isGivenByRuntime(_ content: MediaContent, of response: Response) -> Bool {
        guard content.mediaType.lowercased() == "application/problem+json", response.contents.count > 1 else {
            return false
        }
        return switch response.status {
        case .code(let code): code >= 400
        case .range(let digit): digit >= 4
        case .default: true
        }
    }

    private mutating func content(
        _ content: MediaContent, of response: Response, _ operation: Operation, hint: String, index: Int,
        in scope: TypeScope
    ) -> OutcomeContent {
        var result = OutcomeContent(mediaType: content.mediaType, encoding: .raw, entry: nil)
        if !operation.isMessage, let items = ItemSchema(content, in: types.description) {
            let name = "\(operation.id).\(response.status).\(MediaTypeKind.caseName(content.mediaType)).items"
            result.encoding = .items(
                plan(
                    items, of: content, named: name, hint: hint == "ok" ? "OK" : hint.capitalizedFirst, in: scope,
                    view: .response))
            return result
        }
        let isWrittenAsJSON = content.isRangeWithValues(in: types.description)
        if isWrittenAsJSON { result.writtenAs = "application/json" }
        switch isWrittenAsJSON ? .json : MediaTypeKind(content.mediaType) {
        case .text: result.encoding = .text
        case .binary, .multipart, .form: if operation.isMessage { result.encoding = .bytes }
        case .json:
            guard let schema = content.schema else {
                result.encoding = .value(.scalar(.json))
                if operation.isMessage { result.entry = anyEntry(operation.origin) }
                return result
            }
            let type = types.element(
                schema, named: (hint == "ok" ? "OK" : hint.capitalizedFirst) + "Body", in: scope,
                view: operation.outputView)
            result.encoding = .value(type)
            let suffix = index == 0 ? "" : ".\(MediaTypeKind.caseName(content.mediaType))"
            result.entry = entry(
                for: schema, named: "\(operation.id).\(response.status)\(suffix)", operation.outputView,
                at: content.origin)
        }
        return result
    }

    /// The headers that the handler gives; those with `x-set-by: server` are the runtime's. Of an answer to a message, all.
    private func headers(
        of response: Response, _ operation: Operation, status: String, in scope: TypeScope
    ) -> [OutcomeHeader] {
        var labels = NameScope(taken: ["body", "status", "request", "response", "contentType", "self"])
        var headers: [OutcomeHeader] = []
        for (slot, header) in response.headers.enumerated()
        where operation.isMessage || header.extensions["x-set-by"]?.string != "server" {
            let plain = header.name == "ETag" ? "etag" : SwiftName.member(header.name)
            let label = labels.claim(plain, alternatives: [plain + "Header"])
            let hint = "\(status.capitalizedFirst)-\(header.name)"
            let type = types.type(of: header.schema, named: hint, in: scope, view: operation.outputView)
            headers.append(OutcomeHeader(label: label, header: header, type: type, slot: slot))
        }
        return headers
    }
}

extension MediaContent {
    /// Whether this is a range that JSON lies in, with a schema that is more than text or bytes: `*/*` of objects, as some
    /// servers describe all their responses.
    func isRangeWithValues(in description: APIDescription) -> Bool {
        guard ["*/*", "application/*"].contains(mediaType), let schema = schema.map(description.resolved) else {
            return false
        }
        switch schema.kind {
        case .any, .never, .null, .string: return false
        case .boolean, .integer, .number, .enumeration, .array, .tuple, .map, .object, .union, .reference: return true
        }
    }
}
