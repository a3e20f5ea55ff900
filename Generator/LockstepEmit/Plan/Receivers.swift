import LockstepDocument

extension APIDescription {
    /// The description with its webhooks as operations that are served, for those whom somebody's document tells what they will be sent:
    /// each at `prefix` and its key, in the protocol `WebhooksAPI`.
    func receivingWebhooks(below prefix: String) -> APIDescription {
        var ids = NameScope(taken: Set(operations.map(\.id)))
        let keys = Dictionary(grouping: webhooks, by: \.role)
        let received = webhooks.map { webhook in
            var operation = webhook
            let name = if case .webhook(let name) = webhook.role { name } else { webhook.id }
            let isAlone = keys[webhook.role]?.count == 1
            operation.role = .receiver(webhook: name)
            operation.id = ids.claim(webhook.hasExplicitID || !isAlone ? webhook.id : name, alternatives: [webhook.id])
            operation.path = PathTemplate("\(prefix)/\(Self.segment(name))")
            operation.tags = ["Webhooks"]
            operation.parameters.removeAll { $0.location == .path }
            // What the receiver should call back is for it to do.
            operation.callbacks = []
            return operation
        }
        return APIDescription(
            info: info, version: version, servers: servers, tags: tags, operations: operations + received, webhooks: [],
            schemas: schemas, securitySchemes: securitySchemes, security: security, resources: resources, files: files,
            extensions: extensions)
    }

    /// A key as one segment of a path: what is neither letter, digit, `-`, `_` nor `.` becomes `-`.
    private static func segment(_ key: String) -> String {
        let kept = key.map { ($0.isASCII && ($0.isLetter || $0.isNumber)) || "-_.".contains($0) ? $0 : "-" }
        return kept.allSatisfy { $0 == "." } ? "webhook" : String(kept)
    }
}
