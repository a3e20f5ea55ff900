import LockstepDocument
import LockstepSchema

/// Webhooks and callbacks: what the server sends by itself.
extension APIDescription {
    /// The webhooks, then the callbacks, in document order; one that several operations share comes once.
    var messages: [Operation] { messagesWithParents.map(\.message) }

    /// The messages with the operation that each callback belongs to first.
    var messagesWithParents: [(message: Operation, parent: Operation?)] {
        var found: [(message: Operation, parent: Operation?)] = []
        var seen: Set<String> = []
        func add(_ message: Operation, of parent: Operation?) {
            guard seen.insert(message.id).inserted else { return }
            found.append((message, parent))
            addCallbacks(of: message)
        }
        func addCallbacks(of operation: Operation) {
            for callback in operation.callbacks { for message in callback.operations { add(message, of: operation) } }
        }
        for webhook in webhooks { add(webhook, of: nil) }
        for operation in operations { addCallbacks(of: operation) }
        return found
    }
}

extension Operation {
    /// Whether the server sends it, and others answer.
    var isMessage: Bool {
        switch role {
        case .webhook, .callback: true
        case .endpoint, .receiver: false
        }
    }

    /// How its parameters and content are seen: what a message carries comes from the API's server, as responses do, so that it has what is
    /// `readOnly` and never what is `writeOnly`.
    var inputView: View { role == .endpoint ? .request : .response }

    /// How its responses are seen.
    var outputView: View { role == .endpoint ? .response : .request }
}

/// What sends the messages of one kind.
struct SenderPlan: Sendable {
    /// `Webhooks` or `Callbacks`.
    var name: String
    var documentation: String
    /// Indices of its messages.
    var messages: [Int]
}

/// The names of the messages: after those of schemas, protocols and operations, so that none of those is renamed for them.
struct MessageNames {
    /// A message before it is planned.
    struct Named {
        var operation: Operation
        var typeName: String
        var functionName: String
    }

    private(set) var messages: [Named] = []
    private(set) var senders: [SenderPlan] = []

    init(_ description: APIDescription, module: ModuleNames) {
        let found = description.messagesWithParents
        guard !found.isEmpty else { return }
        let isWebhook = found.map { if case .webhook = $0.message.role { true } else { false } }
        addSender("Webhooks", "Sends the webhooks of the document.", isWebhook, module)
        addSender("Callbacks", "Sends the callbacks of the document.", isWebhook.map { !$0 }, module)
        var ids = NameScope(taken: Set(description.operations.map(\.id)))
        var functions = [NameScope(taken: Self.members), NameScope(taken: Self.members)]
        let methods = Dictionary(grouping: found, by: { Self.item(of: $0.message) })
        for (index, (message, parent)) in found.enumerated() {
            let wish = Self.wish(for: message, isAlone: methods[Self.item(of: message)]?.count == 1)
            let suffix = isWebhook[index] ? "Webhook" : "Callback"
            let name = SwiftName.unreservedType(wish)
            let isReserved = ReservedWords.escapedType(name) != name
            let longer = [parent.map { SwiftName.unreservedType($0.id) + name }, name + suffix].compactMap { $0 }
            var operation = message
            // An operation that is served as well has the name already.
            operation.id = ids.claim(message.id, alternatives: [message.id + suffix])
            // A message has no path of its own that parameters could be in.
            operation.parameters.removeAll { $0.location == .path }
            let type = module.claim(isReserved ? longer[0] : name, alternatives: longer)
            let function = functions[isWebhook[index] ? 0 : 1].claim(
                SwiftName.member(wish), alternatives: longer.map(SwiftName.member))
            messages.append(Named(operation: operation, typeName: type, functionName: function))
        }
    }

    /// What a sender declares itself.
    private static let members: Set<String> = ["sender", "self"]

    private mutating func addSender(
        _ name: String, _ documentation: String, _ isSent: [Bool], _ module: ModuleNames
    ) {
        guard isSent.contains(true) else { return }
        senders.append(
            SenderPlan(
                name: module.claim(name, alternatives: [name + "Sender"]), documentation: documentation,
                messages: isSent.indices.filter { isSent[$0] }))
    }

    /// The `operationId`, or the key under `webhooks` or `callbacks`, with the method before it where there are several.
    private static func wish(for message: Operation, isAlone: Bool) -> String {
        guard !message.hasExplicitID, isAlone else { return message.id }
        switch message.role {
        case .endpoint, .receiver: return message.id
        case .webhook(let name), .callback(let name, _): return name
        }
    }

    /// The Path Item Object, whose operations have one key.
    private static func item(of message: Operation) -> Substring {
        let place = message.origin.description
        return place[..<(place.lastIndex(of: "/") ?? place.endIndex)]
    }
}

extension OperationPlanner {
    /// What the validator records of the headers of a response: nothing where the server writes them, their values where it reads them.
    func headerShape(_ operation: Operation, _ response: Response) -> Shape {
        guard operation.isMessage else { return .any }
        return .object(
            response.headers.map { header in
                ShapeProperty(
                    "header.\(header.name)", shapes.shape(of: header.schema, operation.outputView),
                    isRequired: header.isRequired)
            })
    }
}
