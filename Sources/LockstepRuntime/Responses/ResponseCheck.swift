import LockstepJSON
import LockstepSchema

/// Holds a response against what its operation declares.
///
/// `application/problem+json` is accepted for every declared error status, because clients get it by asking
/// (`Accept`), whatever the operation produces. The items of a sequence are looked at while they are sent; the content of
/// other streams is not.
struct ResponseCheck {
    let route: Route

    func violations(of response: Response) -> [ResponseViolation] {
        guard let definition = route.response(for: response.status) else {
            return [ResponseViolation(kind: .undocumentedStatus, message: "\(response.status.code) is not declared")]
        }
        return contentViolations(response, definition) + headerViolations(response, definition)
    }

    /// Has the items of a sequence checked while they are sent.
    func observeItems(of response: Response, _ report: @escaping @Sendable ([ResponseViolation]) -> Void) {
        guard case .stream(_, let source) = response.body, let items = source as? any ObservedItems,
            let type = response.headers.bytes(of: "Content-Type").flatMap(ContentType.init)?.mediaType,
            let contents = route.response(for: response.status)?.contents,
            let definition = contents.closest(to: type).flatMap({ contents[$0].items })
        else { return }
        items.observe(ItemObserver(validator: definition.validator, report: report))
    }

    private func contentViolations(_ response: Response, _ definition: ResponseDefinition) -> [ResponseViolation] {
        let hasContent = response.contentLength != 0
        if definition.contents.isEmpty {
            return hasContent ? [violation(.mediaType, "content where none is declared")] : []
        }
        if response.status.forbidsContent { return [] }
        guard let value = response.headers.bytes(of: "Content-Type"), let type = ContentType(value)?.mediaType else {
            return [violation(.mediaType, "no Content-Type")]
        }
        guard let content = definition.contents.closest(to: type).map({ definition.contents[$0] }) else {
            if response.status.code >= 400, type == MediaType("application", "problem+json") { return [] }
            return [violation(.mediaType, "\(type) is not declared")]
        }
        guard let validator = content.validator, type.isJSON, case .bytes(let bytes) = response.body else { return [] }
        guard let document = try? JSONDocument.parse(bytes) else { return [violation(.content, "not JSON")] }
        return validator.validate(document, maximumFailures: 16).failures.map {
            violation(.content, "\($0.pointer.isEmpty ? "/" : $0.pointer) \($0.message) [\($0.keyword)]")
        }
    }

    private func headerViolations(_ response: Response, _ definition: ResponseDefinition) -> [ResponseViolation] {
        guard !definition.headers.isEmpty else { return [] }
        var reader = HeaderReader(definition)
        _ = reader.read(response.headers)
        return reader.violations
    }

    private func violation(_ kind: ResponseViolation.Kind, _ message: String) -> ResponseViolation {
        ResponseViolation(kind: kind, message: message)
    }
}
