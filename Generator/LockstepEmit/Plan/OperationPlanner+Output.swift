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
        let headers = headers(of: response, status: status, in: scope)
        guard !response.contents.isEmpty else {
            return [Outcome(name: names.claim(status), response: response, content: nil, headers: headers)]
        }
        var outcomes: [Outcome] = []
        for (index, content) in response.contents.enumerated() {
            let suffix = MediaTypeKind.caseName(content.mediaType).capitalizedFirst
            let name = names.claim(index == 0 ? status : status + (suffix == "Json" ? "JSON" : suffix))
            let planned = self.content(
                content, of: response, operation, hint: index == 0 ? status : name, index: index, in: scope)
            outcomes.append(Outcome(name: name, response: response, content: planned, headers: headers))
        }
        return outcomes
    }

    private mutating func content(
        _ content: MediaContent, of response: Response, _ operation: Operation, hint: String, index: Int,
        in scope: TypeScope
    ) -> OutcomeContent {
        var result = OutcomeContent(mediaType: content.mediaType, encoding: .raw, entry: nil)
        switch MediaTypeKind(content.mediaType) {
        case .text: result.encoding = .text
        case .binary, .multipart, .form: break
        case .json:
            guard let schema = content.schema else {
                result.encoding = .value(.scalar(.json))
                return result
            }
            let type = types.element(schema, named: hint.capitalizedFirst + "Body", in: scope, view: .response)
            result.encoding = .value(type)
            let suffix = index == 0 ? "" : ".\(MediaTypeKind.caseName(content.mediaType))"
            result.entry = entry(
                for: schema, named: "\(operation.id).\(response.status)\(suffix)", .response, at: content.origin)
        }
        return result
    }

    /// The headers that the handler gives; those with `x-set-by: server` are the runtime's.
    private func headers(of response: Response, status: String, in scope: TypeScope) -> [OutcomeHeader] {
        var labels = NameScope(taken: ["body", "status", "request", "response", "contentType", "self"])
        var headers: [OutcomeHeader] = []
        for header in response.headers where header.extensions["x-set-by"]?.string != "server" {
            let label = labels.claim(
                SwiftName.member(header.name.lowercased()),
                alternatives: [SwiftName.member(header.name.lowercased()) + "Header"])
            let hint = "\(status.capitalizedFirst)-\(header.name)"
            let type = types.type(of: header.schema, named: hint, in: scope, view: .response)
            headers.append(OutcomeHeader(label: label, header: header, type: type))
        }
        return headers
    }
}
